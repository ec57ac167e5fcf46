/** Day one of the reference office: people, two books, complexes with their accounts, registers, and balances taken over. */
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BankAccountId, BookId, ComplexId } from '#core/id.ts'
import { parseYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import type { Role } from '#core/role.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { sha256Of, storeAttachment } from '../attachment.ts'
import type { ServiceContext } from '../context.ts'
import { recordDecision } from '../decision.ts'
import { openHouseholdLedger } from '../household/household-opening.ts'
import { foundOffice } from '../office.ts'
import { actorOf, addUser } from '../people/user.ts'
import { setPolicyValue } from '../policy/policy.ts'
import { addComplex, addCounterparty, listBuildings } from '../register/complex.ts'
import { finished, importRegister, previewRegister } from '../register/household-import.ts'
import { nextHouseholdId } from '../register/household-record.ts'
import { setUpVault } from '../register/identity-vault.ts'
import type { TurnableClock } from '../sample/desk.ts'
import { freezeSampleDay } from '../sample/sample-day.ts'
import { accountByCode, addBankAccount, openBook } from '../voucher/book.ts'
import { openPeriodsThrough } from '../voucher/period.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'
import { COMPANY_BANK, post, turnTo, type ReferenceDesk, type SeatedComplex } from './desk.ts'
import { readingOf, roomsOf } from './rooms.ts'
import { firstDayOf, REFERENCE_DAY, REFERENCE_PROFILE, type PlannedComplex, type ReferenceScale } from './scale.ts'

export const REFERENCE_PASSWORD = 'mingzhang-reference-2026'
export const REFERENCE_LOGINS = ['zhao', 'zhang', 'li'] as const
export const OWNERS_PASSPHRASE = '参照办公室的业主信息口令 2026'
const INCOME_TAKEN_OVER = parseYuan('60000.00')

/** Founds the office; no complex is registered and nothing posted yet. */
export function foundReferenceOffice(ledger: Ledger, clock: TurnableClock, scale: ReferenceScale): ReferenceDesk {
  const openedOn = firstDayOf(scale)
  turnTo({ clock }, openedOn)
  const headId = foundOffice(ledger, clock, {
    officeName: '参照市住宅专项维修资金管理中心',
    administrator: {
      login: 'zhao', name: '赵主管', password: REFERENCE_PASSWORD,
      roles: ['head', 'reviewer', 'bookkeeper', 'archivist', 'preparer'],
    },
  })
  const head: ServiceContext = { ledger, clock, actor: actorOf(ledger, headId) }
  const person = (login: string, name: string, roles: readonly Role[]): ServiceContext =>
    ({ ledger, clock, actor: actorOf(ledger, addUser(head, { login, name, password: REFERENCE_PASSWORD, roles })) })
  const preparer = person('zhang', '张制单', ['preparer'])
  const reviewer = person('li', '李审核', ['reviewer', 'reconciler'])
  freezeSampleDay(head, REFERENCE_DAY)
  setUpVault(head, OWNERS_PASSPHRASE)
  // What the bank really paid goes to the households by balance-days: the practice that needs no published rate.
  setPolicyValue(head, {
    profileCode: REFERENCE_PROFILE, key: 'gain.regime', value: 'F', validFrom: openedOn, source: '参照市住宅专项维修资金管理办法（虚构）',
    reason: '参照办公室',
  }, { login: reviewer.actor.login, password: REFERENCE_PASSWORD })
  const open = (code: string, name: string, fundKind: 'maintenance' | 'publicIncome'): BookId => {
    const bookId = openBook(head, { code, name, fundKind, openedOn })
    openPeriodsThrough(head, bookId, openedOn)
    return bookId
  }
  const maintenance = open('W', '住宅专项维修资金', 'maintenance')
  const publicIncome = open('G', '公共收益', 'publicIncome')
  const paper = storeAttachment(head, { name: '业主大会决定.txt', bytes: Buffer.from('业主大会决定（参照办公室，虚构）\n') }).sha256
  const company = (name: string) =>
    addCounterparty(head, { kind: 'company', name, ...COMPANY_BANK })
  return {
    ledger, clock, scale, head, preparer, reviewer, maintenance, publicIncome, decisionPaper: paper, jobsOfYear: new Map(),
    contractorId: company('参照建筑修缮有限公司'), supervisorId: company('参照工程监理有限公司'),
  }
}

/** The complex and its accounts. */
function registerComplex(desk: ReferenceDesk, planned: PlannedComplex, firstDepositFen: Fen) {
  const openedOn = firstDayOf(desk.scale)
  const { code, name, index } = planned
  const id = addComplex(desk.head, {
    code, name, pinyin: `czhy${index + 1}`, address: `参照路 ${index + 1} 号`, managerName: '参照物业服务有限公司',
    holderName: `${name}业主大会`, hotline: '0000-1234567', profileCode: REFERENCE_PROFILE, hasAssembly: true, firstDepositFen,
  })
  const bank = (bookId: BookId, kind: string): BankAccountId =>
    addBankAccount(desk.head, {
      bookId, complexId: id, bankName: ['参照银行', '示例银行', '样本银行'][index % 3] ?? '参照银行', branch: '城中支行',
      number: `6200${kind}${String(index + 1).padStart(8, '0')}`, holderName: `${name}业主大会`, isDedicated: true, openedOn,
    })
  const decisionId = recordDecision(desk.head, {
    complexId: id, kind: 'assembly', number: `${code}-1`, title: '公共收益使用及补充维修资金的决定', decidedOn: openedOn,
    sha256: desk.decisionPaper,
  })
  return { id, decisionId, incomeBank: bank(desk.publicIncome, '2'), fundBank: bank(desk.maintenance, '1') }
}

/**
 * One complex: registered with its households, the balances of both books taken over, the sub-ledger opened and tied out.
 * `firstRoom`: rooms of the complexes before it.
 */
export function takeOver(desk: ReferenceDesk, planned: PlannedComplex, firstRoom: number): SeatedComplex {
  const { ledger, scale, maintenance, publicIncome } = desk
  const date = firstDayOf(scale)
  const rows = roomsOf(scale, planned, firstRoom)
  const reading = readingOf(rows)
  const registered = registerComplex(desk, planned, reading.sums.dueFen)
  const { id: complexId, fundBank, incomeBank } = registered
  const file = { name: `${planned.name}楼盘表`, hash: sha256Of(Buffer.from(JSON.stringify(rows))), reading }
  const firstHousehold = nextHouseholdId(ledger)
  const preview = finished(previewRegister(ledger, complexId, file))
  finished(importRegister(desk.preparer, preview, { effectiveOn: date, reason: '由原系统移交的楼盘表' }))
  const [fundFen, incomeFen] = [reading.sums.balanceFen, INCOME_TAKEN_OVER]
  const fund = planned.nature === 'soldPublic' ? ACCOUNT.soldPublicFund : ACCOUNT.commodityFund
  post(desk, [
    openingDraft(desk, complexId, { bookId: maintenance, bank: fundBank, amountFen: fundFen, code: fund }),
    openingDraft(desk, complexId, { bookId: publicIncome, bank: incomeBank, amountFen: incomeFen, code: '3001' }),
  ])
  const paper = storeAttachment(desk.preparer, {
    name: `${planned.code} 分户余额清单.txt`, bytes: Buffer.from(`${planned.name} 分户余额清单 ${fundFen}\n（参照办公室，虚构）\n`),
  })
  const draft = openHouseholdLedger(desk.preparer, { bookId: maintenance, complexId, date, attachments: [paper.sha256] })
  if (draft !== null) post(desk, [draft])
  const buildingIds = listBuildings(ledger, complexId).map(({ id }) => id)
  return { ...planned, ...registered, buildingIds, firstHousehold, incomeFen, fundFen, netFen: ZERO_FEN, certificates: [] }
}

type Opening = { readonly bookId: BookId; readonly bank: BankAccountId; readonly amountFen: Fen; readonly code: string }

function openingDraft(desk: ReferenceDesk, complexId: ComplexId, { bookId, bank, amountFen, code }: Opening) {
  const line = { summary: '上年结转', complexId }
  const account = (each: string) => accountByCode(desk.ledger, bookId, each).id
  return saveDraft(desk.preparer, {
    bookId, kind: 'general', date: firstDayOf(desk.scale), purpose: 'opening',
    lines: [
      { ...line, accountId: account(ACCOUNT.demandDeposit), bankAccountId: bank, ...debit(amountFen) },
      { ...line, accountId: account(code), ...credit(amountFen) },
    ],
  })
}
