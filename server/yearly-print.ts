/** 收支结余表, the yearly table per complex and the yearly publication (165号令 art. 30), as PDF and spreadsheet. */
import type { Month } from '#core/calendar.ts'
import type { BookId, ComplexId } from '#core/id.ts'
import { annualPublication, annualTable, type AnnualModel } from '#reports/annual-report.ts'
import { movementDocument } from '#reports/movement.ts'
import { annualReport } from '#services/disclosure/annual-report.ts'
import { bookOf } from '#services/voucher/book.ts'
import { complexOf } from '#services/register/complex.ts'
import { movementStatement } from '#services/voucher/movement.ts'
import { officeName } from '#services/office.ts'
import { requireTieOuts } from '#services/voucher/statutory.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'
import { stageDocuments } from './statutory.ts'

export type AnnualRequest = {
  readonly bookId: BookId
  readonly complexId: ComplexId | null
  readonly year: number
  readonly unit: 'yuan' | 'tenThousand'
}

/** The table per complex and the publication. Errors: `statements.tieOut`, `statements.fund`, `annual.future`. */
export async function printAnnualJob(context: PrintContext, request: AnnualRequest, steps: JobSteps): Promise<JobResult> {
  const { ledger, clock, actor } = context
  const { bookId, complexId, year, unit } = request
  const scope = { bookId, year, ...(complexId !== null && { complexId }) }
  const report = annualReport(ledger, scope, clock.today())
  requireTieOuts(report)
  const fundName = bookOf(ledger, bookId).name
  const complex = complexId === null ? null : complexOf(ledger, complexId).name
  const model: AnnualModel = {
    issuer: officeName(ledger) ?? '',
    fundName, complex, year,
    unit: unit === 'yuan' ? '元' : '万元',
    rows: report.rows,
    totals: report.totals,
    projects: report.projects.map(({ complexName, ...project }) => ({ complex: complexName, ...project })),
    households: report.households,
    distributedFen: report.distributedFen,
    printedOn: clock.today(),
    printedBy: actor.name,
    watermark: report.state === 'open' ? '未结账数据' : null,
  }
  const documents = await stageDocuments(
    context,
    { name: `${complex ?? fundName} ${year}年度`, documents: [annualTable(model), annualPublication(model)] },
    steps,
  )
  const note = report.state === 'open' ? '本年尚未全部结账，打印件上印有“未结账数据”。' : ''
  return { summary: `已生成 ${report.rows.length} 个小区的年度表和年度公示。${note}`, documents, rows: [], reference: null }
}

export type MovementRequest = {
  readonly bookId: BookId
  readonly complexId: ComplexId | null
  readonly from: Month
  readonly to: Month
}

/** Errors: `statements.tieOut`, `movement.span`. */
export async function printMovementJob(context: PrintContext, request: MovementRequest, steps: JobSteps): Promise<JobResult> {
  const { ledger, clock, actor } = context
  const { complexId, ...scope } = request
  const statement = movementStatement(ledger, { ...scope, ...(complexId !== null && { complexId }) })
  requireTieOuts(statement)
  const complex = complexId === null ? null : complexOf(ledger, complexId).name
  const { book, from, to, rows } = statement
  const document = movementDocument({
    issuer: officeName(ledger) ?? '', book: book.name, complex, from, to, rows, printedOn: clock.today(), printedBy: actor.name,
  })
  const name = `${book.name} ${complex ?? '全部小区'} ${request.from}至${request.to}`
  const documents = await stageDocuments(context, { name, documents: [document] }, steps)
  return { summary: '收支结余表已生成。', documents, rows: [], reference: null }
}
