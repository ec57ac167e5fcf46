/** The owners' notice of a vote as PDF, while ballots are taken. */
import { shareText, type VoteRule } from '#core/authority/vote.ts'
import { OBJECTION_WORD, objectionRuleText, silenceText, VOTE_METHOD_WORD } from '#core/authority/vote-objection.ts'
import { dateInChinese } from '#core/calendar.ts'
import { BALLOT_WORD, voteMatterText } from '#core/authority/vote-tally.ts'
import type { VoteId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { voteNotice, type VoteNoticeModel } from '#reports/vote-notice.ts'
import { voteCard, type VoteCard } from '#services/authority/vote-list.ts'
import type { ServiceContext } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

const ANSWERS = ['agree', 'against', 'abstain'] as const

function majorityText({ quorumArea, quorumHeads, agreeing }: VoteRule): string {
  return `参与表决的面积${shareText(quorumArea)}、人数${shareText(quorumHeads)}，并且同意的占参与面积和人数均${shareText(agreeing)}的，通过`
}

function wordsOf({ vote: { rule, returnBy } }: VoteCard): Pick<VoteNoticeModel, 'method' | 'counting' | 'silence' | 'choices'> {
  const method = VOTE_METHOD_WORD[rule.method]
  if (rule.method === 'objection') {
    return {
      method, counting: `${objectionRuleText(rule)}；否则通过`, silence: silenceText(dateInChinese(returnBy)),
      choices: ANSWERS.map((choice) => OBJECTION_WORD[choice]),
    }
  }
  return {
    method, counting: majorityText(rule), choices: ANSWERS.map((choice) => BALLOT_WORD[choice]),
    silence: rule.silenceJoins
      ? '没有交回的，不算参与表决；材料送达后没有表态的，按议事规则计入多数意见'
      : '没有交回或者没有表态的，不算参与表决，也不算同意',
  }
}

/** Throws `vote.missing`, `vote.path` once no ballot is taken any more. */
export function voteNoticeModel(
  reader: Pick<ServiceContext, 'ledger' | 'clock'>, id: VoteId, printedBy: string,
): VoteNoticeModel {
  const card = voteCard(reader, id)
  const { vote, tally: { total } } = card
  if (vote.state !== 'open') {
    throw new Problem({ code: 'vote.path', message: `${vote.number} 已经不再收票，告知书只在收票期间打印` })
  }
  return {
    office: officeName(reader.ledger) ?? '', number: vote.number, complex: vote.complexName, scope: vote.scopeText,
    title: vote.title, matter: voteMatterText(vote.matter, vote.parts), amountFen: vote.amountFen, registerOn: vote.registerOn,
    returnBy: vote.returnBy, total, basis: `“${vote.rule.profile}”：${vote.rule.source}`, ...wordsOf(card),
    printedOn: reader.clock.today(), printedBy,
  }
}

export async function printVoteNoticeJob(context: PrintContext, id: VoteId, steps: JobSteps): Promise<JobResult> {
  const model = voteNotice(voteNoticeModel(context, id, context.actor.name))
  const name = `${model.title} ${model.number}.pdf`
  await steps.breathe({ done: 0, total: 1, label: name })
  const bytes = await context.renderPool.renderPdf({ kind: 'repairSheet', model }, { signal: steps.signal })
  const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { summary: '已生成表决告知书，送达各户后保留签收凭证。', documents: [{ id: token, name }], rows: [], reference: null }
}
