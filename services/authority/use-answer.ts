/** The window's question about the use (165号令 art. 18, 25): the dictionary suggests, a person answers, the answer is kept. */
import { z } from 'zod'
import useItems from '#assets/repair/use-items.json' with { type: 'json' }
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { suggestedItem, USE_ANSWERS, useReplyProblem, type UseItem } from '#core/authority/use-item.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

const text = z.string().min(1)
const FILE = z.object({
  note: text,
  items: z.array(z.object({
    code: text, name: text, words: z.array(text).min(1), answer: z.enum(USE_ANSWERS), reason: text, source: text,
  })).min(1),
})

/** First match wins, so the narrower stands first. */
export const USE_ITEMS: readonly UseItem[] = FILE.parse(useItems).items

export type UseReplyFacts = {
  /** Code of the dictionary; null: none fits, and an explanation is asked for. */
  readonly useItem: string | null
  readonly explanation: string
}

type AskedJob = { readonly id: RepairId; readonly title: string; readonly part: string; readonly facility: string }

/** What the form offers: the dictionary and the item the job's words point to. */
export type UseQuestion = { readonly items: readonly UseItem[]; readonly suggested: UseItem | null }

export function useQuestion(job: Omit<AskedJob, 'id'>): UseQuestion {
  return { items: USE_ITEMS, suggested: suggestedItem(USE_ITEMS, job) }
}

/**
 * Keeps the answer inside the window check's transaction. Throws `authority.notAllowed`, `authority.explain`, `authority.useItem`
 * for an unknown code.
 */
export function keepUseAnswer(context: ServiceContext, job: AskedJob, reply: UseReplyFacts): void {
  const { ledger, clock, actor } = context
  const item = reply.useItem === null ? null : USE_ITEMS.find(({ code }) => code === reply.useItem) ?? null
  if (reply.useItem !== null && item === null) {
    throw new Problem({ code: 'authority.useItem', message: '项目字典中没有这一项，请重新选择', field: 'useItem' })
  }
  const explanation = reply.explanation.trim()
  const wrong = useReplyProblem(suggestedItem(USE_ITEMS, job), { item, explanation })
  if (wrong !== null) throw new Problem(wrong)
  const answer = explanation === '' ? 'allowed' : 'explain'
  ledger
    .prepare<unknown[], never>(
      'INSERT INTO repair_use_answer (repair_id, item, answer, explanation, actor_id, at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    .run(job.id, item?.code ?? '', answer, explanation, actor.userId, clock.now())
  logOperation(context, 'repair.useAnswered', { kind: 'repair', id: job.id }, { item: item?.code ?? null, answer, explanation })
}

export type KeptUseAnswer = {
  /** Name of the dictionary's item; '' where none fitted. */
  readonly itemName: string
  readonly answer: 'allowed' | 'explain'
  readonly explanation: string
  readonly actorName: string
  readonly on: BusinessDate
}

/** The latest answer; null before the window check. */
export function useAnswerOf(ledger: Ledger, repairId: RepairId): KeptUseAnswer | null {
  const row = ledger
    .prepare<[number], Omit<KeptUseAnswer, 'itemName'> & { item: string }>(
      `SELECT a.item, a.answer, a.explanation, u.name AS actorName, date(a.at, '+8 hours') AS "on"
       FROM repair_use_answer a JOIN user u ON u.id = a.actor_id WHERE a.repair_id = ? ORDER BY a.id DESC LIMIT 1`,
    )
    .get(repairId)
  if (row === undefined) return null
  const { item, ...answer } = row
  return { ...answer, itemName: USE_ITEMS.find(({ code }) => code === item)?.name ?? '' }
}
