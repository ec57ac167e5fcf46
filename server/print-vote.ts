/** The certificate of a vote as PDF, from what was counted and certified. */
import { reachesShare, shareText, type VoteRule, type VoteShare } from '#core/authority/vote.ts'
import {
  GRANTED_WORD, OBJECTION_WORD, objectionRuleText, silenceText, VOTE_METHOD_WORD, type ObjectionRule, type ObjectionTally,
} from '#core/authority/vote-objection.ts'
import { BALLOT_CHOICES, BALLOT_WORD, cutPercent, voteMatterText, type VoteTally } from '#core/authority/vote-tally.ts'
import type { VoteId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import {
  voteCertificate, type VoteCertificateLine, type VoteCertificateModel, type VoteCertificateTest,
} from '#reports/vote.ts'
import { officeName } from '#services/office.ts'
import type { ServiceContext } from '#services/context.ts'
import { voteCard, type VoteCard } from '#services/authority/vote-list.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

function outcome(part: number, whole: number, share: VoteShare, [reached, missed]: readonly [string, string]): string {
  return `${cutPercent(part, whole)}，${reachesShare(part, whole, share) ? reached : missed}`
}

function ballotTests({ total, participating, agreeing }: VoteTally, rule: VoteRule): readonly VoteCertificateTest[] {
  const words = ['达到', '未达到'] as const
  return [
    {
      label: '参与表决占全体', needed: shareText(rule.quorumArea),
      area: outcome(participating.areaDm2, total.areaDm2, rule.quorumArea, words),
      heads: outcome(participating.heads, total.heads, rule.quorumHeads, words),
    },
    {
      label: '同意占参与表决', needed: shareText(rule.agreeing),
      area: outcome(agreeing.areaDm2, participating.areaDm2, rule.agreeing, words),
      heads: outcome(agreeing.heads, participating.heads, rule.agreeing, words),
    },
  ]
}

/** The share is a limit here, not a goal. */
function objectionTests({ total, objecting }: ObjectionTally, { share }: ObjectionRule): readonly VoteCertificateTest[] {
  const words = share.strict ? ['超过', '未超过'] as const : ['达到', '未达到'] as const
  return [{
    label: '异议（含未送达）占全体', needed: `${share.strict ? '不超过' : '不到'} ${share.numerator}/${share.denominator}`,
    area: outcome(objecting.areaDm2, total.areaDm2, share, words), heads: outcome(objecting.heads, total.heads, share, words),
  }]
}

const SILENT_WORD = { agree: '计入同意', against: '计入反对', abstain: '计入弃权', none: '没有领先的多数意见可计入，只计参与' } as const

/** What belongs to one way of voting only. */
type MethodPart = Pick<VoteCertificateModel, 'method' | 'lines' | 'tests' | 'because'> & { readonly notes: readonly string[] }

function methodPart({ tally, vote: { rule, returnBy } }: VoteCard): MethodPart {
  const basis = `按“${rule.profile}”：${rule.source}。`
  const words = tally.method === 'objection' ? OBJECTION_WORD : BALLOT_WORD
  const lines: readonly VoteCertificateLine[] = [
    { label: '全体', ...tally.total }, ...BALLOT_CHOICES.map((choice) => ({ label: words[choice], ...tally.byChoice[choice] })),
  ]
  if (tally.method === 'objection') {
    const { share, falls } = tally.rule
    const limit = share.strict ? '超过' : '达到'
    const [over, under] = falls === 'both'
      ? [`异议的面积和人数都${limit}规定比例`, `异议的面积和人数没有都${limit}规定比例`]
      : [`异议的面积或人数${limit}规定比例`, `异议的面积和人数都没有${limit}规定比例`]
    return {
      lines: [...lines, { label: '异议合计', ...tally.objecting }],
      tests: objectionTests(tally, tally.rule),
      method: `${VOTE_METHOD_WORD.objection}。${silenceText(` ${returnBy} `)}。`,
      because: `：${tally.result.passed ? under : over}`,
      notes: [
        `异议表决${basis}${objectionRuleText(tally.rule)}。`,
        '同一业主有多个专有部分的，任何一个提出异议或没有送达，人数即按一人计入异议；面积按各专有部分计。',
      ],
    }
  }
  const { silentAs, mixedHeads, byChoice } = tally
  return {
    lines, tests: ballotTests(tally, tally.rule), method: `${VOTE_METHOD_WORD.ballot}，由业主明确表示意见。`, because: '',
    notes: [
      `表决比例${basis}`,
      ...(mixedHeads === 0 ? [] : [`${mixedHeads} 人对名下各户意见不一，面积分别计入，人数只计参与、不计同意。`]),
      ...(silentAs === null || byChoice.silent.heads === 0 ? [] : [`送达未表态的票按议事规则${SILENT_WORD[silentAs]}。`]),
    ],
  }
}

const HEADS_NOTE = '面积按清册日的专有部分面积计；一个专有部分按一人计，建设单位尚未出售或交付的部分和同一买受人的多个专有部分，各按一人计'
  + '（建筑物区分所有权司法解释第 8、9 条）。'

/** Throws `vote.missing`, `vote.path` before the ballots were counted. */
export function voteModel(reader: Pick<ServiceContext, 'ledger' | 'clock'>, id: VoteId, printedBy: string): VoteCertificateModel {
  const card = voteCard(reader, id)
  const { vote, tally, acts } = card
  const counted = acts.findLast(({ kind }) => kind === 'counted')
  const certified = acts.findLast(({ kind }) => kind === 'certified')
  if (counted === undefined || (vote.state !== 'counted' && vote.state !== 'certified')) {
    throw new Problem({ code: 'vote.path', message: `${vote.number} 还没有计票，计票后才能打印认定书` })
  }
  const part = methodPart(card)
  return {
    office: officeName(reader.ledger) ?? '', number: vote.number, complex: vote.complexName, title: vote.title,
    matter: voteMatterText(vote.matter, vote.parts), scope: vote.scopeText, registerOn: vote.registerOn, returnBy: vote.returnBy,
    amountFen: vote.amountFen, granted: GRANTED_WORD[tally.method], repairNumber: vote.repairNumber, passed: tally.result.passed,
    ...part, notes: [HEADS_NOTE, ...part.notes],
    countedBy: counted.actorName, countedOn: counted.on,
    certified: certified === undefined ? null : { by: certified.actorName, on: certified.on },
    printedOn: reader.clock.today(), printedBy,
  }
}

export async function printVoteJob(context: PrintContext, id: VoteId, steps: JobSteps): Promise<JobResult> {
  const model = voteCertificate(voteModel(context, id, context.actor.name))
  const name = `${model.title} ${model.number}.pdf`
  await steps.breathe({ done: 0, total: 1, label: name })
  const bytes = await context.renderPool.renderPdf({ kind: 'repairSheet', model }, { signal: steps.signal })
  const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { summary: '已生成表决结果认定书。', documents: [{ id: token, name }], rows: [], reference: null }
}
