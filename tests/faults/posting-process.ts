/**
 * Run as its own process by kill.test.ts: prepares, reviews and posts vouchers through the services, each in one
 * transaction, and prints a voucher's number only after its commit. Arguments: path, how many, SHA-256 of the stored paper.
 */
import { writeSync } from 'node:fs'
import { parseDate } from '#core/calendar.ts'
import { idOf, type UserId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import type { Role } from '#core/role.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { openLedger } from '#db/ledger.ts'
import { fixedClock } from '#services/clock.ts'
import type { ServiceContext } from '#services/context.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft, saveDraft } from '#services/voucher/voucher-draft.ts'
import { ACCOUNT, BANK, MAINTENANCE, NOW, PEOPLE } from '#tests/db/sample-people.ts'

const [path = '', wanted = '0', paper = ''] = process.argv.slice(2)
const ledger = openLedger(path)
const clock = fixedClock(NOW)

function contextOf(login: keyof typeof PEOPLE, role: Role): ServiceContext {
  const userId: UserId = idOf<'user'>(PEOPLE[login])
  return { ledger, clock, actor: { userId, login, name: login, roles: new Set([role]) } }
}

const preparer = contextOf('preparer', 'preparer')
const reviewer = contextOf('reviewer', 'reviewer')
const bookkeeper = contextOf('bookkeeper', 'bookkeeper')
const complexId = idOf<'complex'>(1)

for (let count = 0; count < Number(wanted); count += 1) {
  const amount = fen(100 + count)
  const line = { summary: '结息', complexId }
  const [posted] = ledger.write(() => {
    const draft = saveDraft(preparer, {
      bookId: idOf<'book'>(MAINTENANCE), kind: 'general', date: parseDate('2025-01-15'), attachments: [paper],
      lines: [
        { ...line, accountId: idOf<'account'>(ACCOUNT.demand), ...debit(amount),
          bankAccountId: idOf<'bankAccount'>(BANK.maintenanceOfFirst) },
        { ...line, accountId: idOf<'account'>(ACCOUNT.interest), ...credit(amount) },
      ],
    })
    reviewDraft(reviewer, draft)
    return postDrafts(bookkeeper, [draft])
  })
  writeSync(1, `${posted?.id ?? 0}\n`)
}
ledger.close()
