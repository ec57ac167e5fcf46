/**
 * A new office of one complex, before its register: a maintenance book with the fund an old system left, a bank account, the day
 * standing still. Made through the services, because founding is another story.
 */
import path from 'node:path'

import sample from '#assets/sample/office.json' with { type: 'json' }
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { openLedger } from '#db/ledger.ts'
import { storeAttachment } from '#services/attachment.ts'
import { fixedClock } from '#services/clock.ts'
import type { ServiceContext } from '#services/context.ts'
import { foundOffice } from '#services/office.ts'
import { actorOf, addUser } from '#services/people/user.ts'
import { setPolicyValue } from '#services/policy/policy-change.ts'
import { addComplex } from '#services/register/complex.ts'
import { setUpVault } from '#services/register/identity-vault.ts'
import { freezeSampleDay } from '#services/sample/sample-day.ts'
import { accountByCode, addBankAccount, openBook } from '#services/voucher/book.ts'
import { openPeriodsThrough } from '#services/voucher/period.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft, saveDraft } from '#services/voucher/voucher-draft.ts'

export const COMPLEX = '望江花园'
export const BANK = '5510000000000001'

/** What the households of the register hold together, and gains nobody was credited with yet. */
export type YearFacts = { readonly fund: string; readonly gains: string }

export function makeYearOffice(folder: string, { fund, gains }: YearFacts): string {
  const file = path.join(folder, 'office.mzdb')
  const clock = fixedClock('2025-10-09T02:00:00.000Z')
  const ledger = openLedger(file, { create: true, now: clock.now() })
  const { password } = sample
  const contextOf = (id: Parameters<typeof actorOf>[1]): ServiceContext => ({ ledger, clock, actor: actorOf(ledger, id) })
  const head = contextOf(foundOffice(ledger, clock, {
    officeName: '示例市维修资金中心', administrator: { login: 'zhao', name: '赵主管', password, roles: ['head', 'bookkeeper'] },
  }))
  const preparer = contextOf(addUser(head, { login: 'zhang', name: '张会计', password, roles: ['preparer'] }))
  const reviewer = contextOf(addUser(head, { login: 'li', name: '李审核', password, roles: ['reviewer'] }))
  const openedOn = parseDate('2025-09-01')
  const complexId = addComplex(head, {
    code: 'A01', name: COMPLEX, pinyin: 'wjhy', address: '示例路 1 号', managerName: '示例物业有限公司', holderName: '示例市维修资金中心',
    hotline: '0562-5550101', profileCode: 'AH-TONGLING', hasAssembly: false, firstDepositFen: null,
  })
  const bookId = openBook(head, { code: 'W', name: '住宅专项维修资金', fundKind: 'maintenance', openedOn })
  openPeriodsThrough(head, bookId, clock.today())
  // The home screen asks for the quarter's notices as well.
  openPeriodsThrough(head, openBook(head, { code: 'G', name: '公共收益', fundKind: 'publicIncome', openedOn }), clock.today())
  const bankAccountId = addBankAccount(head, {
    bookId, complexId, bankName: '招商银行', branch: '城中支行', number: BANK, holderName: '示例市维修资金中心', isDedicated: true, openedOn,
  })
  const [fundFen, gainsFen] = [parseYuan(fund), parseYuan(gains)]
  const line = { summary: '由原系统转入', complexId }
  const at = (code: string) => accountByCode(ledger, bookId, code).id
  const opening = saveDraft(preparer, {
    bookId, kind: 'general', date: openedOn, purpose: 'opening',
    attachments: [storeAttachment(preparer, { name: '移交清单.pdf', bytes: Buffer.from('%PDF-1.4 x') }).sha256],
    lines: [
      { ...line, accountId: at(ACCOUNT.demandDeposit), bankAccountId, ...debit(parseYuan(String((fundFen + gainsFen) / 100))) },
      { ...line, accountId: at(ACCOUNT.commodityFund), ...credit(fundFen) },
      { ...line, accountId: at(ACCOUNT.undistributedGains), ...credit(gainsFen) },
    ],
  })
  reviewDraft(reviewer, opening)
  postDrafts(head, [opening])
  setPolicyValue(head, {
    profileCode: 'AH-TONGLING', key: 'gain.regime', value: 'F', validFrom: '2025-01-01', source: '业主大会决议', reason: '按实得收益分配',
  }, { login: 'li', password })
  setUpVault(head, sample.ownersPassphrase)
  freezeSampleDay(head, clock.today())
  ledger.close()
  return file
}
