/** The part of the tour that looks at due work, losses, the ladder and an import of the sample office. */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { dueCertificates, dueDays, dueSummary, dueWork } from '#services/deposit/deposit-due.ts'
import { previewDepositImport } from '#services/deposit/deposit-import-preview.ts'
import { depositLadder } from '#services/deposit/deposit-ladder.ts'
import { idleBehind, LOSS_GROUPS, lossMeter, overdueBehind } from '#services/deposit/deposit-loss.ts'
import { reminderDays } from '#services/deposit/deposit-reminder.ts'
import type { Desk } from '#services/sample/desk.ts'

type Scene = Desk & { readonly today: BusinessDate }

export function lookAtDueWork({ ledger, preparer, today, books, complexes: [first] }: Scene): void {
  const reminders = reminderDays(ledger, today)
  const until = addDays(today, 30)
  for (const complexId of [null, ...(first === undefined ? [] : [first.id])]) {
    dueWork(ledger, today, reminders, until, complexId)
    dueSummary(ledger, today, reminders, until, complexId)
    dueCertificates(ledger, { from: today, until, complexId, limit: 20 })
    dueDays(ledger, today, until, complexId)
    depositLadder(ledger, today, complexId)
    const scope = { from: addDays(today, -200), today, complexId }
    for (const group of LOSS_GROUPS) {
      for (const { key } of lossMeter(ledger, group, scope).rows) {
        overdueBehind(ledger, { ...scope, group, key, limit: 20 })
        idleBehind(ledger, scope, group, key)
      }
    }
  }
  const sheet = ['存单号,小区,本金（元）,年利率,起息日,存期', `T-1,${first?.data.name ?? ''},100000,1.5%,2024-01-31,1年`].join('\n')
  previewDepositImport(ledger, {
    bookId: books.maintenance, mode: 'held', date: today, demandRateMicro: null, personInCharge: preparer.actor.userId,
    file: { name: '台账.csv', bytes: new TextEncoder().encode(sheet) }, answers: { rateUnit: null, moneyUnit: null },
  })
}
