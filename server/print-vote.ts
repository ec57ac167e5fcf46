/** The certificate of a vote as PDF, from what was counted and certified. */
import { reachesShare, type VoteShare } from '#core/authority/vote.ts'
import { BALLOT_CHOICES, BALLOT_WORD, cutPercent, VOTE_MATTER_WORD, type VoteTally } from '#core/authority/vote-tally.ts'
import type { VoteId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { voteCertificate, type VoteCertificateModel, type VoteCertificateTest } from '#reports/vote.ts'
import { officeName } from '#services/office.ts'
import type { ServiceContext } from '#services/context.ts'
import { voteCard, type VoteCard } from '#services/authority/vote-list.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

function neededText({ numerator, denominator, strict }: VoteShare): string {
  return `${strict ? '超过' : '不少于'} ${numerator}/${denominator}`
}

function testsOf({ total, participating, agreeing }: VoteTally, { rule }: VoteCard['vote']): readonly VoteCertificateTest[] {
  const outcome = (part: number, whole: number, share: VoteShare) =>
    ({ share: cutPercent(part, whole), holds: reachesShare(part, whole, share) })
  return [
    {
      label: '参与表决占全体', needed: neededText(rule.quorumArea),
      area: outcome(participating.areaDm2, total.areaDm2, rule.quorumArea),
      heads: outcome(participating.heads, total.heads, rule.quorumHeads),
    },
    {
      label: '同意占参与表决', needed: neededText(rule.agreeing),
      area: outcome(agreeing.areaDm2, participating.areaDm2, rule.agreeing),
      heads: outcome(agreeing.heads, participating.heads, rule.agreeing),
    },
  ]
}

const SILENT_WORD = { agree: '计入同意', against: '计入反对', abstain: '计入弃权', none: '没有领先的多数意见可计入，只计参与' } as const

function notesOf({ tally, vote }: VoteCard): readonly string[] {
  const { silentAs, mixedHeads } = tally
  return [
    '面积按清册日的专有部分面积计；一个专有部分按一人计，建设单位尚未出售或交付的部分和同一买受人的多个专有部分，各按一人计'
      + '（建筑物区分所有权司法解释第 8、9 条）。',
    `表决比例按“${vote.rule.profile}”：${vote.rule.source}。`,
    ...(mixedHeads === 0 ? [] : [`${mixedHeads} 人对名下各户意见不一，面积分别计入，人数只计参与、不计同意。`]),
    ...(silentAs === null || tally.byChoice.silent.heads === 0 ? [] : [`送达未表态的票按议事规则${SILENT_WORD[silentAs]}。`]),
  ]
}

/** Throws `vote.missing`, `vote.path` before the ballots were counted. */
export function voteModel(reader: Pick<ServiceContext, 'ledger' | 'clock'>, id: VoteId, printedBy: string): VoteCertificateModel {
  const card = voteCard(reader, id)
  const { vote, tally, acts } = card
  const counted = acts.findLast(({ kind }) => kind === 'counted')
  const certified = acts.findLast(({ kind }) => kind === 'certified')
  if (counted === undefined || (vote.state !== 'counted' && vote.state !== 'certified')) {
    throw new Problem({ code: 'vote.path', message: `${vote.number} 还没有计票，计票后才能打印认定书` })
  }
  return {
    office: officeName(reader.ledger) ?? '', number: vote.number, complex: vote.complexName, title: vote.title,
    matter: VOTE_MATTER_WORD[vote.matter], scope: vote.scopeText, registerOn: vote.registerOn, returnBy: vote.returnBy,
    amountFen: vote.amountFen, repairNumber: vote.repairNumber,
    lines: [
      { label: '全体', ...tally.total },
      ...BALLOT_CHOICES.map((choice) => ({ label: BALLOT_WORD[choice], ...tally.byChoice[choice] })),
    ],
    tests: testsOf(tally, vote), passed: tally.result.passed, notes: notesOf(card),
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
