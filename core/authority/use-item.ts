/**
 * The item dictionary (assets/repair/use-items.json): what the fund pays, what it never pays, what has to be explained (165号令
 * art. 3, 18, 25). Words in a job's title point to an item; they are hints for a person, since `更换户内开关` and `更换楼道开关`
 * differ by two characters. The window asks every time and the answer is kept.
 */
import type { ProblemDetails } from '../problem.ts'

export const USE_ANSWERS = ['allowed', 'explain', 'notAllowed'] as const
export type UseAnswer = (typeof USE_ANSWERS)[number]
export const USE_ANSWER_WORD: Readonly<Record<UseAnswer, string>> = { allowed: '可以动用', explain: '须说明依据', notAllowed: '不得动用' }

export type UseItem = {
  readonly code: string
  readonly name: string
  readonly words: readonly string[]
  readonly answer: UseAnswer
  /** Why, as the clerk reads it. */
  readonly reason: string
  readonly source: string
}

/** The item a text points to, the first that matches; null: none known, a person decides. */
export function useItemOf(items: readonly UseItem[], text: string): UseItem | null {
  return items.find(({ words }) => words.some((word) => text.includes(word))) ?? null
}

/** By the title; a title that says nothing is helped by part and facility. */
export function suggestedItem(
  items: readonly UseItem[], job: { readonly title: string; readonly part: string; readonly facility: string },
): UseItem | null {
  return useItemOf(items, job.title) ?? useItemOf(items, `${job.part} ${job.facility}`)
}

export type UseReply = {
  /** Null: none of the dictionary. */
  readonly item: UseItem | null
  readonly explanation: string
}

/**
 * Whether the reply needs an explanation: its item asks for one, no item fits, or the person chose a milder item than the
 * words of the title point to.
 */
export function needsExplanation(suggested: UseItem | null, item: UseItem | null): boolean {
  if (item === null || item.answer === 'explain') return true
  return suggested !== null && suggested.code !== item.code
    && USE_ANSWERS.indexOf(suggested.answer) > USE_ANSWERS.indexOf(item.answer)
}

/**
 * Whether a second person has to agree: the job's words point to what the fund never pays, and the window says it is something
 * else. Words alone may err, so they do not refuse; one clerk with a sentence does not pass them either.
 */
export function needsSecondPerson(suggested: UseItem | null, item: UseItem | null): boolean {
  return suggested !== null && suggested.answer === 'notAllowed' && suggested.code !== item?.code
}

/** Null: the fund may pay, as far as the kind of work goes. */
export function useReplyProblem(suggested: UseItem | null, reply: UseReply): ProblemDetails | null {
  const { item } = reply
  if (item?.answer === 'notAllowed') {
    return { code: 'authority.notAllowed', message: `${item.reason}（${item.source}），不得从维修资金列支：请退件`, field: 'useItem' }
  }
  if (!needsExplanation(suggested, item) || reply.explanation.trim() !== '') return null
  const why = item === null
    ? '项目字典中没有这一项'
    : suggested !== null && item.answer !== 'explain' ? `名称像是“${suggested.name}”（${suggested.reason}）` : item.reason
  return { code: 'authority.explain', message: `${why}：请写明可以动用维修资金的依据`, field: 'explanation' }
}
