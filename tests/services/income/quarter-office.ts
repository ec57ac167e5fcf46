/** What public income adds to the small office: parties, decisions, contracts, and actions carried through to posting. */
import { parseDate, parseQuarter, type Quarter } from '#core/calendar.ts'
import { scheduleOf, type PaymentRhythm } from '#core/income/contract-schedule.ts'
import type { Finding } from '#core/disclosure/checks.ts'
import type { ContractId, CounterpartyId, DecisionId, DraftId } from '#core/id.ts'
import { parseYuan, type Fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { addCounterparty } from '#services/register/complex.ts'
import { recordContract } from '#services/income/contract.ts'
import { recordDecision } from '#services/decision.ts'
import { postTransfer } from '#services/voucher/fund-transfer.ts'
import { postDrafts, type PostedVoucher } from '#services/voucher/posting.ts'
import { bookCost, bookUse, receiveIncome, topUp } from '#services/income/public-income.ts'
import { quarterView, type QuarterView } from '#services/income/quarter.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { makeOffice, type Office } from '../office.ts'

export const Q = (text: string): Quarter => parseQuarter(text)
export const yuan = (text: string): Fen => parseYuan(text)

export type IncomeOffice = Office & {
  readonly company: CounterpartyId
  /** Decided by the owners' assembly on 5 January of the year the books were opened. */
  readonly decision: DecisionId
  contract(facts: Readonly<{ number: string; each: string; code?: string; rhythm?: PaymentRhythm; share?: string }>): ContractId
  posted(id: DraftId): PostedVoucher
  income(
    source: ContractId | string,
    amount: string,
    date: string,
    more?: { party?: CounterpartyId; reason?: string },
  ): PostedVoucher
  cost(code: string, amount: string, date: string, document?: string): PostedVoucher
  use(code: string, amount: string, date: string, summary?: string): PostedVoucher
  moveToFund(amount: string, date: string, quarter: string): void
  view(quarter: string): QuarterView
}

export function incomeOffice(options: Parameters<typeof makeOffice>[0] = {}): IncomeOffice {
  const office = makeOffice(options)
  const { ledger, preparer, complexId, paper } = office
  // What a power cut does is not these tests' subject; waiting for the disk a hundred times would be.
  ledger.sqlite.pragma('synchronous = OFF')
  const company = addCounterparty(preparer, { kind: 'company', name: '示例传媒有限公司' })
  const year = (options.openedOn ?? '2025').slice(0, 4)
  const decision = recordDecision(preparer, {
    complexId, kind: 'assembly', number: `业大决〔${year}〕1号`, title: '公共收益使用计划',
    decidedOn: parseDate(`${year}-01-05`), sha256: paper,
  })
  const posted: IncomeOffice['posted'] = (id) => {
    reviewDraft(office.reviewer, id)
    const [voucher] = postDrafts(office.bookkeeper, [id])
    if (voucher === undefined) throw new Error('nothing was posted')
    return voucher
  }
  const money = (amount: string, date: string) => ({
    complexId, date: parseDate(date), bankAccountId: office.publicIncomeBank, amountFen: yuan(amount), attachments: [paper],
  })
  return {
    ...office,
    company,
    decision,
    posted,
    contract({ number, each, code = '4001.02', rhythm = 'quarterly', share = '100' }) {
      const term = { startsOn: parseDate('2025-01-01'), endsOn: parseDate('2025-12-31') }
      const [id] = recordContract(preparer, {
        ...term, number, accountCode: code, counterpartyId: company, ownersShare: parsePercent(share), sha256: paper,
        installments: scheduleOf({ ...term, rhythm, price: { kind: 'each', amount: yuan(each) }, paid: 'before' }),
        complexes: [{ complexId, place: '1至6幢电梯轿厢', weight: 1 }],
      })
      if (id === undefined) throw new Error('nothing was recorded')
      return id
    },
    income: (source, amount, date, more = {}) =>
      posted(receiveIncome(preparer, {
        ...money(amount, date), summary: '收款', counterpartyId: more.party ?? null,
        ...(more.reason !== undefined && { reason: more.reason }),
        source: typeof source === 'string' ? { accountCode: source } : { contractId: source },
      })),
    cost: (code, amount, date, document = '发票 03812277') =>
      posted(bookCost(preparer, { ...money(amount, date), summary: '本季费用', accountCode: code, document })),
    use: (code, amount, date, summary = '更换车道照明') =>
      posted(bookUse(preparer, { ...money(amount, date), summary, accountCode: code, decisionId: decision })),
    moveToFund(amount, date, quarter) {
      const pair = topUp(preparer, {
        complexId, quarter: Q(quarter), amountFen: yuan(amount), date: parseDate(date), decisionId: decision,
        fromBankAccountId: office.publicIncomeBank, toBankAccountId: office.maintenanceBank,
      })
      for (const id of [pair.out, pair.into]) reviewDraft(office.reviewer, id)
      postTransfer(office.bookkeeper, pair.transferId)
    },
    view: (quarter) => quarterView(ledger, office.clock, complexId, Q(quarter)),
  }
}

/** `silent-rows block contract:1` */
export function found(findings: readonly Finding[]): readonly string[] {
  return findings.map((finding) => [finding.check, finding.level, finding.rowId ?? ''].join(' ').trim())
}
