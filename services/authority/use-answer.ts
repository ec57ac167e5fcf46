/** The window's question about the use (165号令 art. 18, 25): the dictionary suggests, a person answers, the answer is kept. */
import { z } from 'zod'
import useItems from '#assets/repair/use-items.json' with { type: 'json' }
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId, UserId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { needsSecondPerson, suggestedItem, USE_ANSWERS, useReplyProblem, type UseItem } from '#core/authority/use-item.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { secondPerson } from '../people/user.ts'

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
  /** Of the section or the head; asked where the job's words point to what the fund never pays. */
  readonly second: { readonly login: string; readonly password: string } | null
}

type AskedJob = { readonly id: RepairId; readonly title: string; readonly part: string; readonly facility: string }

/** What the form offers: the dictionary and the item the job's words point to. */
export type UseQuestion = { readonly items: readonly UseItem[]; readonly suggested: UseItem | null }

export function useQuestion(job: Omit<AskedJob, 'id'>): UseQuestion {
  return { items: USE_ITEMS, suggested: suggestedItem(USE_ITEMS, job) }
}

/** An answer that stands: what is chosen, what the words pointed to, and who agreed where that had to be. */
export type UseReplied = {
  readonly item: UseItem | null
  readonly suggested: UseItem | null
  readonly explanation: string
  readonly confirmedBy: UserId | null
}

/**
 * Before the window check's transaction, since a refused sign-in is logged. Throws `authority.notAllowed`, `authority.explain`,
 * `authority.useItem` for an unknown code, `authority.second`, and what `secondPerson` throws.
 */
export function replyToUse(context: ServiceContext, job: Omit<AskedJob, 'id'>, reply: UseReplyFacts): UseReplied {
  const item = reply.useItem === null ? null : USE_ITEMS.find(({ code }) => code === reply.useItem) ?? null
  if (reply.useItem !== null && item === null) {
    throw new Problem({ code: 'authority.useItem', message: '项目字典中没有这一项，请重新选择', field: 'useItem' })
  }
  const explanation = reply.explanation.trim()
  const suggested = suggestedItem(USE_ITEMS, job)
  const wrong = useReplyProblem(suggested, { item, explanation })
  if (wrong !== null) throw new Problem(wrong)
  if (suggested === null || !needsSecondPerson(suggested, item)) return { item, suggested, explanation, confirmedBy: null }
  if (reply.second === null) {
    const message = `名称像是“${suggested.name}”，不得动用：要按别的项目办理，须由审核或会计主管当面确认，或者退件`
    throw new Problem({ code: 'authority.second', message, field: 'second' })
  }
  return { item, suggested, explanation, confirmedBy: secondPerson(context, reply.second, 'reviewer', 'head').userId }
}

/** Keeps the answer inside the window check's transaction. */
export function keepUseAnswer(context: ServiceContext, repairId: RepairId, reply: UseReplied): void {
  const { ledger, clock, actor } = context
  const { item, suggested, explanation, confirmedBy } = reply
  const answer = explanation === '' ? 'allowed' : 'explain'
  ledger
    .prepare<unknown[], never>(
      `INSERT INTO repair_use_answer (repair_id, item, answer, explanation, suggested, confirmed_by, actor_id, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(repairId, item?.code ?? '', answer, explanation, suggested?.answer ?? '', confirmedBy, actor.userId, clock.now())
  logOperation(context, 'repair.useAnswered', { kind: 'repair', id: repairId },
    { item: item?.code ?? null, answer, explanation, suggested: suggested?.code ?? null, confirmedBy })
}

export type KeptUseAnswer = {
  /** Name of the dictionary's item; '' where none fitted. */
  readonly itemName: string
  readonly answer: 'allowed' | 'explain'
  readonly explanation: string
  readonly actorName: string
  /** Who agreed although the job's words point to what the fund never pays; null where nobody had to. */
  readonly confirmedBy: string | null
  readonly on: BusinessDate
}

/** The latest answer; null before the window check. */
export function useAnswerOf(ledger: Ledger, repairId: RepairId): KeptUseAnswer | null {
  const row = ledger
    .prepare<[number], Omit<KeptUseAnswer, 'itemName'> & { item: string }>(
      `SELECT a.item, a.answer, a.explanation, u.name AS actorName, c.name AS confirmedBy, date(a.at, '+8 hours') AS "on"
       FROM repair_use_answer a JOIN user u ON u.id = a.actor_id LEFT JOIN user c ON c.id = a.confirmed_by
       WHERE a.repair_id = ? ORDER BY a.id DESC LIMIT 1`,
    )
    .get(repairId)
  if (row === undefined) return null
  const { item, ...answer } = row
  return { ...answer, itemName: USE_ITEMS.find(({ code }) => code === item)?.name ?? '' }
}
