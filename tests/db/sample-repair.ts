/** What an event of a repair says about money, its folder, and a payment as its instruction prepares it (0018). */
import type { Ledger } from '#db/ledger.ts'
import {
  ACCOUNT, addPaper, BANK, insert, insertHead, insertLines, nextVoucherId, NOW, PEOPLE, sha256, type Row,
} from './sample-ledger.ts'

/** Bank and account of the sample's contractor. */
export const PAYEE_BANK = '样例银行 622001'

/** The least that a contract or a settlement over `amount` must say. */
export function moneyOf(kind: string, amount: number): object {
  if (kind === 'contracted') return { contract: { amountFen: amount, signedOn: '2025-01-06', payeeId: 1, payeeBank: PAYEE_BANK } }
  if (kind === 'settled') return { on: '2025-01-10', settledFen: amount, overrunPercent: 10_000_000, payeeBank: PAYEE_BANK }
  return {}
}

const KINDS = [
  'repeatRecord', 'quotation', 'workOrder', 'siteReview', 'spotCheck', 'photo', 'acceptanceSheet', 'settlement', 'auditReport',
  'noticePhoto', 'invoice',
] as const

/** A file of each kind in the job's current round, but for `except`; what lies there already stays. */
export function filePapers(ledger: Ledger, repair: number, except: readonly string[] = []): void {
  const round = Number(ledger.sqlite.prepare('SELECT round FROM repair_round WHERE repair_id = ?').pluck().get(repair) ?? 0)
  if (round === 0) return
  for (const kind of KINDS) {
    if (except.includes(kind)) continue
    const name = `${kind}.pdf`
    if (ledger.sqlite.prepare('SELECT 1 FROM attachment WHERE sha256 = ?').get(sha256(name)) === undefined) addPaper(ledger, name)
    const there = ledger.sqlite
      .prepare('SELECT 1 FROM repair_paper WHERE repair_id = ? AND kind = ? AND round = ? AND sha256 = ?')
      .get(repair, kind, round, sha256(name))
    if (there !== undefined) continue
    insert(ledger, 'repair_paper', { repair_id: repair, kind, round, sha256: sha256(name), added_by: PEOPLE.preparer, at: NOW })
  }
}

export type SamplePayment = {
  readonly line?: Row
  readonly head?: Row
  readonly date?: string
  /** Kinds of paper that are not attached. */
  readonly without?: readonly string[]
}

/** Dr 5001 / Cr bank with the whole folder, correct in everything the test does not override. Gives the voucher's id. */
export function payRepair(ledger: Ledger, repair: number, amount: number, more: SamplePayment = {}): number {
  const without = more.without ?? []
  const voucher = {
    ...(more.date !== undefined && { date: more.date }),
    lines: [
      { account: ACCOUNT.fund, debit: amount, more: { repair_id: repair, counterparty_id: 1, ...more.line } },
      { account: ACCOUNT.demand, credit: amount, more: { bank_account_id: BANK.maintenanceOfFirst } },
    ],
    head: { rule: JSON.stringify({ by: 'repair.payment', repair: 'R' }), ...more.head },
  }
  return ledger.write(() => {
    const id = nextVoucherId(ledger)
    insertLines(ledger, id, voucher)
    const papers = ledger
      .prepare<[number, string], { sha256: string }>(
        'SELECT DISTINCT sha256 FROM repair_paper WHERE repair_id = ? AND kind NOT IN (SELECT value FROM json_each(?))')
      .all(repair, JSON.stringify(without))
    for (const { sha256: file } of papers) insert(ledger, 'voucher_attachment', { voucher_id: id, sha256: file })
    return insertHead(ledger, id, voucher)
  })
}
