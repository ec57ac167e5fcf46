/** The self-check as a job, and the 问题清单 of a period or of an earlier run as PDF and spreadsheet. */
import { checkRule } from '#core/checks/rules.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, FindingRunId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { findingListDocument, type FindingListModel } from '#reports/finding-list.ts'
import { tableWorkbook } from '#reports/table-workbook.ts'
import { SPREADSHEET_MEDIA_TYPE, writeWorkbook } from '#reports/workbook.ts'
import { complexOf } from '#services/register/complex.ts'
import { businessDateOf } from '#services/clock.ts'
import { findingById, vouchersBehind, type StoredFinding } from '#services/finding/finding.ts'
import { listFindings } from '#services/finding/finding-list.ts'
import { recordSelfCheck, runReport } from '#services/finding/finding-run.ts'
import type { CheckScope, SkippedRule } from '#services/finding/finding-scope.ts'
import { findAll, type SelfCheck } from '#services/finding/self-check.ts'
import { officeName } from '#services/office.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

export type SelfCheckRequest = {
  /** Null: from the beginning. */
  readonly from: BusinessDate | null
  readonly to: BusinessDate
  readonly complexId: ComplexId | null
}

type Unchecked = { readonly title: string; readonly why: string }

/** One line a rule: what it waits for, and in which profiles. */
function uncheckedRules(skipped: readonly SkippedRule[]): readonly Unchecked[] {
  return [...Map.groupBy(skipped, ({ rule }) => rule)].map(([rule, gaps]) => {
    const labels = [...new Set(gaps.map(({ label }) => `“${label}”`))].join('、')
    const profiles = [...new Set(gaps.map(({ profile }) => profile))].join('、')
    return { title: checkRule(rule).title, why: `${labels}待填写（${profiles}）` }
  })
}

/** `“活期余额闲置”没有检查：“活期备付金额”待填写（…）。` */
export function skippedSentences(skipped: readonly SkippedRule[]): readonly string[] {
  return uncheckedRules(skipped).map(({ title, why }) => `“${title}”没有检查：${why}。`)
}

type ListFacts = SelfCheckRequest & { readonly findings: readonly StoredFinding[]; readonly notes: readonly string[] }

function saidBy(text: string, person: string | null, on: BusinessDate | null): string {
  return person === null ? '' : `${text}（${person}，${on ?? ''}）`
}

export function findingListModel(
  ledger: Ledger, today: BusinessDate, printedBy: string, { findings, complexId, from, to, notes }: ListFacts,
): FindingListModel {
  return {
    office: officeName(ledger) ?? '',
    complex: complexId === null ? null : complexOf(ledger, complexId).name,
    from,
    to,
    printedOn: today,
    printedBy,
    lines: findings.map((finding) => ({
      level: finding.level,
      title: finding.title,
      complex: finding.complexName ?? '',
      message: finding.message,
      amountFen: finding.amountFen,
      basis: finding.basis,
      vouchers: vouchersBehind(ledger, finding),
      foundOn: finding.foundOn,
      answer: saidBy(finding.answer, finding.answeredBy, finding.answeredOn),
      closing: saidBy(finding.closing, finding.closedBy, finding.closedOn),
      state: finding.state,
    })),
    notes,
  }
}

async function listFiles(context: PrintContext, facts: ListFacts, signal: AbortSignal): Promise<JobResult['documents']> {
  const { ledger, clock, actor, renderPool, staging } = context
  const document = findingListDocument(findingListModel(ledger, clock.today(), actor.name, facts))
  const name = `问题清单 ${facts.from === null ? '' : `${facts.from}至`}${facts.to}`
  const pdf = await renderPool.renderPdf({ kind: 'table', model: document }, { signal })
  const book = await writeWorkbook(tableWorkbook(name, clock.today(), [document]))
  const files = [
    { name: `${name}.pdf`, mediaType: 'application/pdf', bytes: pdf },
    { name: `${name}.xlsx`, mediaType: SPREADSHEET_MEDIA_TYPE, bytes: book },
  ]
  const documents: JobResult['documents'][number][] = []
  for (const file of files) {
    const { token } = await staging.putDocument(actor.userId, file)
    documents.push({ id: token, name: file.name })
  }
  return documents
}

/** Complex by complex, letting others in between; written at the end in one transaction, so cancelling leaves nothing. */
async function checkInSteps(ledger: Ledger, today: BusinessDate, scope: CheckScope, steps: JobSteps): Promise<SelfCheck> {
  const checking = findAll(ledger, today, scope)
  for (let step = checking.next(); ; step = checking.next()) {
    if (step.done === true) return step.value
    await steps.breathe(step.value)
  }
}

export async function selfCheckJob(context: PrintContext, request: SelfCheckRequest, steps: JobSteps): Promise<JobResult> {
  const { ledger, clock } = context
  const scope: CheckScope = { ...request, bookId: null }
  const check = await checkInSteps(ledger, clock.today(), scope, steps)
  const { ids, found, fresh, cleared } = recordSelfCheck(context, scope, check)
  const notes = skippedSentences(check.skipped)
  const findings = ids.map((id) => findingById(ledger, id))
  const documents = await listFiles(context, { ...request, findings, notes }, steps.signal)
  const gone = cleared === 0 ? '' : `，${cleared} 条已消除`
  return {
    summary: found === 0 ? `自查没有发现疑点${gone}。` : `查出疑点 ${found} 条，其中新增 ${fresh} 条${gone}。`,
    documents,
    rows: uncheckedRules(check.skipped).map(({ title, why }) => ({ label: title, state: 'missing', note: `没有检查：${why}` })),
    reference: null,
  }
}

/** More on paper would be a book; the office prints it period by period. */
const PRINTED = 2000

/** Everything that stood in the period, closed out and cleared included, as it stands today. Throws `finding.tooMany`. */
export function periodFindings(ledger: Ledger, request: SelfCheckRequest): ListFacts {
  const findings = listFindings(ledger, { ...request, state: 'all', limit: PRINTED + 1 })
  if (findings.length > PRINTED) {
    throw new Problem({ code: 'finding.tooMany', message: `这段时间的疑点超过 ${PRINTED} 条，请按小区或分段打印`, field: 'from' })
  }
  return { ...request, findings: findings.toReversed(), notes: ['列示期间内查出或尚未销号的疑点；说明、销号和状态以打印日为准。'] }
}

export async function printFindingsJob(
  context: PrintContext, request: SelfCheckRequest, { signal }: JobSteps,
): Promise<JobResult> {
  const facts = periodFindings(context.ledger, request)
  const documents = await listFiles(context, facts, signal)
  return { summary: `问题清单已生成，共 ${facts.findings.length} 条。`, documents, rows: [], reference: null }
}

/** What an earlier run found, as it stood then. Throws `finding.noRun`. */
export function runFindings(ledger: Ledger, id: FindingRunId): ListFacts {
  const { from, to, complexId, actor, at, findings, skipped } = runReport(ledger, id)
  const kept = `补打：${businessDateOf(at)} 由${actor}自查，说明、销号和状态以自查当时为准。`
  return { from, to, complexId, findings, notes: [kept, ...skippedSentences(skipped)] }
}

export async function printRunJob(context: PrintContext, id: FindingRunId, { signal }: JobSteps): Promise<JobResult> {
  const facts = runFindings(context.ledger, id)
  const documents = await listFiles(context, facts, signal)
  return { summary: `问题清单已补打，共 ${facts.findings.length} 条。`, documents, rows: [], reference: null }
}
