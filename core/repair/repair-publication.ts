/**
 * Use publication (使用公示): what a job cost is put up where the owners pass, long enough to object, before it is paid
 * (民法典 art. 281; 165号令 art. 22). Period by the profile, both days counted.
 */
import { addDays, type BusinessDate } from '../calendar.ts'
import type { ProblemDetails } from '../problem.ts'

export type PublicationFacts = { readonly from: BusinessDate; readonly to: BusinessDate; readonly place: string }

/** Last day of a period of `days`, its first day counted. */
export function lastDayUp(from: BusinessDate, days: number): BusinessDate {
  return addDays(from, Math.max(days, 1) - 1)
}

export function publicationProblems(
  facts: PublicationFacts,
  days: number,
  known: { readonly settledOn: BusinessDate; readonly today: BusinessDate },
): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const refuse = (code: string, message: string, field: string) => problems.push({ code: `repair.${code}`, message, field })
  if (facts.from < known.settledOn || facts.from > known.today) {
    refuse('date', `张贴日应在决算日 ${known.settledOn} 至今天之间`, 'from')
  }
  const least = lastDayUp(facts.from, days)
  if (facts.to < least) refuse('publicationDays', `公示不少于 ${days} 天，至少到 ${least}`, 'to')
  if (facts.place.trim() === '') refuse('place', '请写明张贴的地点，如“3幢1单元门厅公告栏”', 'place')
  return problems
}
