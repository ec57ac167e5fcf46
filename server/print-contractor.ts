/** Finished models of the papers about contractors, and the jobs that draw them. */
import { quarterInChinese, type Quarter } from '#core/calendar.ts'
import type { TenderId } from '#core/id.ts'
import { averageHundredths } from '#core/contractor/contractor-score.ts'
import { quarterPaper, registerPaper, tenderPaper, type Printed } from '#reports/contractor.ts'
import type { TableDocument } from '#reports/table-document.ts'
import type { ServiceContext } from '#services/context.ts'
import { officeName } from '#services/office.ts'
import { listContractors } from '#services/contractor/contractor.ts'
import { publishedQuarters, quarterDraft } from '#services/contractor/contractor-quarter.ts'
import { tenderOf, type StoredQuote } from '#services/contractor/tender-record.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

type Reader = Pick<ServiceContext, 'ledger' | 'clock'>

function printed({ ledger, clock }: Reader, printedBy: string): Printed {
  return { office: officeName(ledger) ?? '', printedOn: clock.today(), printedBy }
}

/** The latest published version; the draft where none is. */
export function quarterDocument(reader: Reader, quarter: Quarter, printedBy: string): TableDocument {
  const [latest] = publishedQuarters(reader.ledger, quarter)
  const common = { ...printed(reader, printedBy), quarter: quarterInChinese(quarter) }
  if (latest === undefined) {
    return quarterPaper({ ...common, published: null, reason: '', lines: quarterDraft(reader.ledger, quarter) })
  }
  const { version, publishedOn, publishedBy, confirmedBy, reason, lines } = latest
  return quarterPaper({
    ...common, reason, lines, published: { version, on: publishedOn, by: publishedBy, confirmedBy },
  })
}

export function registerDocument(reader: Reader, printedBy: string): TableDocument {
  return registerPaper({
    ...printed(reader, printedBy),
    lines: listContractors(reader.ledger, reader.clock.today()).map(({ isInForce, scored, scoreSum, ...line }) => ({
      ...line, isInForce: isInForce === 1,
      averageHundredths: averageHundredths(scoreSum, scored),
    })),
  })
}

function outcomeOf({ award }: StoredQuote): string {
  if (award === null) return ''
  const end = award.endedOn === null ? '' : `；${award.endedOn} 终止：${award.endReason ?? ''}`
  const reason = award.reason === '' ? '' : `；理由：${award.reason}`
  return `中选，服务期 ${award.validFrom} 至 ${award.validTo}，${award.awardedOn} ${award.awardedBy}定标${reason}${end}`
}

export function tenderDocument(reader: Reader, id: TenderId, printedBy: string): TableDocument {
  const { quotes, revokedReason, complexName, repairNumber, ...tender } = tenderOf(reader.ledger, id)
  return tenderPaper({
    ...printed(reader, printedBy), ...tender, revoked: revokedReason, scope: repairNumber ?? complexName ?? '全部小区',
    quotes: quotes.map((quote) => ({ ...quote, outcome: outcomeOf(quote) })),
  })
}

export type ContractorPaper =
  | { readonly kind: 'quarter'; readonly quarter: Quarter }
  | { readonly kind: 'register' }
  | { readonly kind: 'tender'; readonly id: TenderId }

export function contractorDocument(reader: Reader, paper: ContractorPaper, printedBy: string): TableDocument {
  switch (paper.kind) {
    case 'quarter':
      return quarterDocument(reader, paper.quarter, printedBy)
    case 'register':
      return registerDocument(reader, printedBy)
    case 'tender':
      return tenderDocument(reader, paper.id, printedBy)
  }
}

export async function printContractorJob(context: PrintContext, paper: ContractorPaper, steps: JobSteps): Promise<JobResult> {
  const model = contractorDocument(context, paper, context.actor.name)
  await steps.breathe({ done: 0, total: 1, label: model.title })
  const bytes = await context.renderPool.renderPdf({ kind: 'table', model }, { signal: steps.signal })
  const name = `${model.title} ${model.periodText}.pdf`
  const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { summary: `${model.title}已生成。`, documents: [{ id: token, name }], rows: [], reference: null }
}
