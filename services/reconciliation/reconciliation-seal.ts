/** Sealing a month's table (封存): the reconciler seals, a second person checks; re-opening needs a reason. */
import type { Month } from '#core/calendar.ts'
import { idOf, type BankAccountId, type ReconciliationId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { monthTable, type MonthTable } from './reconciliation.ts'
import { standingSeal, type SealedItem } from './reconciliation-sealed.ts'

/** Open items as the paper shows them: the bank's first, each side in order of date. */
export function itemsOf(table: Pick<MonthTable, 'bank' | 'book'>): readonly SealedItem[] {
  return [
    ...table.bank.map(({ date, amountFen, party, memo, serial, age, reason }): SealedItem => ({
      side: 'bank', date, amountFen, reference: serial, age,
      text: [memo, party, reason === '' ? '' : `（${reason}）`].filter((part) => part !== '').join(' '),
    })),
    ...table.book.map(({ date, amountFen, summary, word, age }): SealedItem => ({
      side: 'book', date, amountFen, text: summary, reference: word, age,
    })),
  ]
}

/** Throws `reconciliation.differs`, `reconciliation.notCovered`, `reconciliation.sealed`, `role.missing`. */
export function sealMonth(context: ServiceContext, bankAccountId: BankAccountId, month: Month): ReconciliationId {
  requireRole(context, 'reconciler', 'head')
  const { ledger, clock, actor } = context
  return ledger.write(() => {
    const table = monthTable(ledger, bankAccountId, month)
    if (table.seal !== null) throw new Problem({ code: 'reconciliation.sealed', message: `${month} 的余额调节表已经封存` })
    const [obstacle] = table.obstacles
    if (obstacle !== undefined) {
      const code = table.differenceFen === 0 ? 'reconciliation.notCovered' : 'reconciliation.differs'
      throw new Problem({ code, message: obstacle })
    }
    const version = (ledger
      .prepare<[number, string], { last: number | null }>(
        'SELECT max(version) AS last FROM reconciliation WHERE bank_account_id = ? AND month = ?',
      )
      .get(bankAccountId, month)?.last ?? 0) + 1
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO reconciliation (bank_account_id, month, version, journal_fen, statement_fen, bank_in_fen, bank_out_fen,
           book_in_fen, book_out_fen, items, reconciler_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(bankAccountId, month, version, table.journalFen, table.statementFen, table.bankInFen, table.bankOutFen,
        table.bookInFen, table.bookOutFen, JSON.stringify(itemsOf(table)), actor.userId, clock.now())
    const id = idOf<'reconciliation'>(lastInsertRowid)
    logOperation(context, 'reconciliation.seal', { kind: 'reconciliation', id },
      { account: bankAccountId, month, version, adjustedFen: table.adjustedJournalFen, bank: table.bank.length,
        book: table.book.length })
    return id
  })
}

/** The second person's check. Throws `reconciliation.open`, `reconciliation.samePerson`, `reconciliation.changed`. */
export function checkMonth(context: ServiceContext, bankAccountId: BankAccountId, month: Month): void {
  requireRole(context, 'reviewer', 'reconciler', 'head')
  const { ledger, clock, actor } = context
  ledger.write(() => {
    const { seal, hasChanged } = monthTable(ledger, bankAccountId, month)
    if (seal === null) throw new Problem({ code: 'reconciliation.open', message: `${month} 的余额调节表还没有封存，封存后才能复核` })
    if (seal.checker !== null) throw new Problem({ code: 'reconciliation.checked', message: `${seal.checker}已经复核过这张余额调节表` })
    if (hasChanged) {
      throw new Problem({
        code: 'reconciliation.changed', message: '封存以后又有记账，余额调节表与账面不符：请重新打开，核对后再封存',
      })
    }
    ledger.prepare<unknown[], never>('INSERT INTO reconciliation_check VALUES (?, ?, ?)').run(seal.id, actor.userId, clock.now())
    logOperation(context, 'reconciliation.check', { kind: 'reconciliation', id: seal.id }, { month })
  })
}

/** Throws `reconciliation.reason`, `reconciliation.open`. */
export function reopenMonth(context: ServiceContext, bankAccountId: BankAccountId, month: Month, reason: string): void {
  requireRole(context, 'reconciler', 'head')
  const { ledger, clock, actor } = context
  const text = reason.trim()
  if (text === '') throw new Problem({ code: 'reconciliation.reason', message: '请写明重新打开的原因', field: 'reason' })
  ledger.write(() => {
    const seal = standingSeal(ledger, bankAccountId, month)
    if (seal === null) throw new Problem({ code: 'reconciliation.open', message: `${month} 的余额调节表没有封存，不需要重新打开` })
    ledger
      .prepare<unknown[], never>('INSERT INTO reconciliation_reopening VALUES (?, ?, ?, ?)')
      .run(seal.id, text, actor.userId, clock.now())
    logOperation(context, 'reconciliation.reopen', { kind: 'reconciliation', id: seal.id }, { month, reason: text })
  })
}
