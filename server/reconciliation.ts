/** Finished models of the balance reconciliation and the certificate inventory, and the jobs that match and draw. */
import { lastDayOfMonth, parseDate, type BusinessDate, type Month } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { formatYuan, ZERO_FEN } from '#core/money.ts'
import type { ReconciliationTable } from '#core/reconciliation/table.ts'
import type { Ledger } from '#db/ledger.ts'
import { reconciliationWorkbook, type ReconciliationModel } from '#reports/bank-reconciliation.ts'
import type { InventoryModel } from '#reports/certificate-inventory.ts'
import type { RenderJob } from '#reports/job.ts'
import { SPREADSHEET_MEDIA_TYPE, writeWorkbook } from '#reports/workbook.ts'
import { bankAccountOf, bookOf } from '#services/voucher/book.ts'
import { inventoryOf } from '#services/deposit/certificate-inventory.ts'
import { businessDateOf } from '#services/clock.ts'
import { officeName } from '#services/office.ts'
import { runMatching } from '#services/reconciliation/reconciliation-run.ts'
import { itemsOf } from '#services/reconciliation/reconciliation-seal.ts'
import { sealedItems, type Seal, type SealedItem } from '#services/reconciliation/reconciliation-sealed.ts'
import { monthTable, type MonthTable } from '#services/reconciliation/reconciliation.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

/** As sealed where it is sealed: paper signed once is printed the same ever after. */
export function reconciliationModel(
  ledger: Ledger,
  bankAccountId: BankAccountId,
  month: Month,
  today: BusinessDate,
): ReconciliationModel {
  const table = monthTable(ledger, bankAccountId, month)
  const account = bankAccountOf(ledger, bankAccountId)
  const { seal } = table
  return {
    office: officeName(ledger) ?? '',
    book: bookOf(ledger, account.bookId).name,
    bank: `${account.bankName}${account.branch}`,
    account: account.number,
    holder: account.holderName,
    asOf: table.asOf,
    printedOn: today,
    table: seal === null ? table : sealedTable(seal),
    items: (seal === null ? itemsOf(table) : sealedItems(ledger, seal.id)).map(itemOnPaper),
    seal: seal === null
      ? null
      : { reconciler: seal.reconciler, sealedOn: businessDateOf(seal.at), checker: seal.checker },
    remarks: remarksOf(table),
  }
}

function itemOnPaper({ date, ...item }: SealedItem): ReconciliationModel['items'][number] {
  return { ...item, date: parseDate(date) }
}

function sealedTable(seal: Seal): ReconciliationTable {
  return { ...seal, adjustedJournalFen: seal.adjustedFen, adjustedStatementFen: seal.adjustedFen, differenceFen: ZERO_FEN }
}

function remarksOf(table: MonthTable): readonly string[] {
  const { startDifferenceFen, hasChanged, span, seal } = table
  return [
    ...(startDifferenceFen === 0
      ? []
      : [`差额中有 ${formatYuan(startDifferenceFen)} 元在对账单起始日 ${span.startsOn} 之前就已存在，请导入更早的对账单核对。`]),
    ...(hasChanged ? ['封存以后账面又有变动，请重新打开核对。'] : []),
    ...(seal === null ? table.obstacles : []),
  ]
}

type OfDay = { readonly bankAccountId: BankAccountId; readonly asOf: BusinessDate }

export function inventoryModel(
  { ledger, clock }: Pick<PrintContext, 'ledger' | 'clock'>,
  { bankAccountId, asOf }: OfDay,
): InventoryModel {
  const inventory = inventoryOf(ledger, clock, bankAccountId, asOf)
  const account = bankAccountOf(ledger, bankAccountId)
  const { confirmation } = inventory
  return {
    office: officeName(ledger) ?? '',
    book: bookOf(ledger, account.bookId).name,
    bank: `${account.bankName}${account.branch}`,
    account: account.number,
    asOf,
    printedOn: clock.today(),
    rows: [...inventory.certificates, ...inventory.bonds].map((certificate) => ({
      certificateNo: certificate.certificateNo, complex: certificate.complexName, product: certificate.product,
      valueDate: certificate.valueDate, dueDate: certificate.dueDate, rate: certificate.rateMicro,
      principalFen: certificate.principalFen,
    })),
    certificatesFen: inventory.certificatesFen,
    ledgerFen: inventory.ledgerFen,
    bonds: inventory.bondsFen === 0 && inventory.bondLedgerFen === 0
      ? null
      : { countedFen: inventory.bondsFen, ledgerFen: inventory.bondLedgerFen },
    confirmation: confirmation === null
      ? null
      : { amountFen: confirmation.amountFen, asOf: confirmation.asOf, paper: confirmation.paperName },
  }
}

async function drawn(context: PrintContext, name: string, job: RenderJob, { signal }: JobSteps) {
  const bytes = await context.renderPool.renderPdf(job, { signal })
  const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { id: token, name }
}

/** The paper and the spreadsheet of one account and month. */
export async function printReconciliationJob(
  context: PrintContext,
  { bankAccountId, month }: { readonly bankAccountId: BankAccountId; readonly month: Month },
  steps: JobSteps,
): Promise<JobResult> {
  const model = reconciliationModel(context.ledger, bankAccountId, month, context.clock.today())
  await steps.breathe({ done: 0, total: 2, label: '银行存款余额调节表' })
  const name = `余额调节表 ${model.account} ${month}`
  const paper = await drawn(context, `${name}.pdf`, { kind: 'bankReconciliation', model }, steps)
  await steps.breathe({ done: 1, total: 2, label: '电子表格' })
  const sheet = `${name}.xlsx`
  const { token } = await context.staging.putDocument(context.actor.userId, {
    name: sheet, mediaType: SPREADSHEET_MEDIA_TYPE, bytes: await writeWorkbook(reconciliationWorkbook(model)),
  })
  const documents = [paper, { id: token, name: sheet }]
  return { summary: '余额调节表已生成。', documents, rows: [], reference: null }
}

export async function printInventoryJob(
  context: PrintContext,
  ofDay: OfDay,
  steps: JobSteps,
): Promise<JobResult> {
  const model = inventoryModel(context, ofDay)
  await steps.breathe({ done: 0, total: 1, label: '定期存款盘点表' })
  const name = `定期存款盘点表 ${model.account} ${model.asOf}.pdf`
  const document = await drawn(context, name, { kind: 'certificateInventory', model }, steps)
  return { summary: '定期存款盘点表已生成。', documents: [document], rows: [], reference: null }
}

/** Stopped between transactions, what is matched stays matched. */
export async function matchJob(
  context: PrintContext,
  { bankAccountId, month }: { readonly bankAccountId: BankAccountId; readonly month: Month },
  { breathe }: JobSteps,
): Promise<JobResult> {
  await breathe({ done: 0, total: 1, label: '比较银行流水与账面' })
  const result = await runMatching(context, bankAccountId, lastDayOfMonth(month), (done, total) =>
    breathe({ done, total, label: `写入 ${total} 组勾对` }))
  const rest = result.proposed === 0 ? '' : `，另有 ${result.proposed} 组建议请逐一确认`
  const summary = result.matched === 0 ? `没有可以自动勾对的${rest}。` : `自动勾对 ${result.matched} 组、${result.lineCount} 笔流水${rest}。`
  return { summary, documents: [], rows: [], reference: null }
}
