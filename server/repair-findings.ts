/** What was suspected of a job and answered, as its papers say it: who answered, and the second person who let it pass. */
import type { BusinessDate } from '#core/calendar.ts'
import { checkRule } from '#core/checks/rules.ts'
import type { AnsweredLine } from '#reports/repair-papers.ts'
import { answeredAbout } from '#services/finding/finding-list.ts'
import type { RepairJob } from '#services/repair/repair-record.ts'
import type { Reader } from './repair-job-facts.ts'

/** By the end of `day`; `instructedBy` took the payment's step on these answers, null while nobody has. */
export function answeredLines(
  { ledger }: Reader, { repair }: RepairJob, day: BusinessDate, instructedBy: string | null,
): readonly AnsweredLine[] {
  return answeredAbout(ledger, repair.id, day).map(({ rule, message, answer, answeredBy, closing, closedBy }) => ({
    matter: `${checkRule(rule).title}：${message}`,
    answer: closedBy === null ? answer : `${answer}；核实：${closing}`,
    answeredBy,
    second: closedBy ?? (instructedBy === null || instructedBy === answeredBy ? '' : instructedBy),
  }))
}
