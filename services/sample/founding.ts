/** Day one of the sample office: people, books, complexes, bank accounts, contracts, opening balances. */
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { scheduleOf } from '#core/income/contract-schedule.ts'
import type { BankAccountId, BookId, CounterpartyId } from '#core/id.ts'
import { fen, parseYuan, type Fen } from '#core/money.ts'
import { parsePercent, percentOf } from '#core/rate.ts'
import type { Role } from '#core/role.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { addBankAccount, openBook } from '../voucher/book.ts'
import { addBuilding, addComplex, addCounterparty } from '../register/complex.ts'
import type { ServiceContext } from '../context.ts'
import { recordContract } from '../income/contract.ts'
import { recordDecision } from '../decision.ts'
import { foundOffice } from '../office.ts'
import { freezeSampleDay } from './sample-day.ts'
import { setPolicyValues } from '../policy/policy.ts'
import { actorOf, addUser } from '../people/user.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'
import type { SampleComplex, SampleData } from './data.ts'
import { accountId, onDay, openMonths, paper, post, type Desk, type SeatedComplex, type TurnableClock } from './desk.ts'

/** Founds the office and seats everyone; nothing is posted yet. */
export function foundSampleOffice(ledger: Ledger, clock: TurnableClock, data: SampleData): Desk {
  const openedOn = parseDate(data.openedOn)
  onDay({ clock }, openedOn)
  const [first, ...others] = data.people
  if (first === undefined) throw new Error('the sample has no people')
  const person = ({ login, name, roles }: SampleData['people'][number]) => ({ login, name, roles, password: data.password })
  const headId = foundOffice(ledger, clock, { officeName: data.name, administrator: person(first) })
  const head: ServiceContext = { ledger, clock, actor: actorOf(ledger, headId) }
  const seated = others.map((each): ServiceContext => ({ ledger, clock, actor: actorOf(ledger, addUser(head, person(each))) }))
  const withRoles = (...roles: readonly Role[]): ServiceContext => {
    const found = seated.find(({ actor }) => roles.every((role) => actor.roles.has(role)))
    if (found === undefined) throw new Error(`the sample has nobody with ${roles.join(', ')}`)
    return found
  }
  freezeSampleDay(head, parseDate(data.today))
  const book = (fundKind: string): BookId => {
    const found = data.books.find((each) => each.fundKind === fundKind)
    if (found === undefined) throw new Error(`the sample has no book of ${fundKind}`)
    return openBook(head, { ...found, openedOn })
  }
  const books = {
    maintenance: book('maintenance'),
    publicIncome: book('publicIncome'),
    dailyMaintenance: book('dailyMaintenance'),
  }
  const parties = new Map<string, CounterpartyId>()
  const desk: Desk = {
    ledger, clock, data, head, books,
    preparer: withRoles('preparer'),
    reviewer: withRoles('reviewer'),
    cashier: withRoles('cashier'),
    complexes: [],
    party: (name) => {
      const known = parties.get(name)
      if (known !== undefined) return known
      const kind = name.startsWith('业主') ? 'individual' : 'company'
      const bank = data.contractors.find((contractor) => contractor.name === name)
      const id = addCounterparty(head, { kind, name, ...bank })
      parties.set(name, id)
      return id
    },
  }
  return { ...desk, complexes: data.complexes.map((complex) => seatComplex(desk, complex, openedOn)) }
}

function seatComplex(desk: Desk, data: SampleComplex, openedOn: BusinessDate): SeatedComplex {
  const id = addComplex(desk.head, {
    code: data.code, name: data.name, pinyin: data.pinyin, address: data.address, managerName: data.manager,
    holderName: data.hasAssembly ? `${data.name}业主委员会` : data.manager, hotline: data.hotline, profileCode: data.profile,
    hasAssembly: data.hasAssembly, firstDepositFen: parseYuan(data.firstDeposit),
  })
  for (let number = 1; number <= data.buildings; number += 1) {
    addBuilding(desk.head, id, { code: String(number), name: `${number}幢` })
  }
  const bank = (bookId: BookId, number: string, holder: string): BankAccountId =>
    addBankAccount(desk.head, {
      bookId,
      complexId: id,
      bankName: data.bankName,
      branch: data.branch,
      number,
      holderName: holder,
      isDedicated: true,
      openedOn,
    })
  const incomeBank = bank(desk.books.publicIncome, data.bank, data.holder ?? `${data.name}业主大会（公共收益专户）`)
  const fundBank = bank(desk.books.maintenance, data.fundBank, `${data.name}住宅专项维修资金专户`)
  const dailyBank = data.daily ? bank(desk.books.dailyMaintenance, `${data.fundBank}8`, `${data.name}日常专项维修资金专户`) : null
  const decisionId = recordDecision(desk.head, {
    complexId: id, kind: 'assembly', number: `${data.code}-2024-01`, title: '公共收益年度使用计划及补充维修资金的决定',
    decidedOn: openedOn, sha256: paper(desk, `${data.name}业主大会决定`, `${data.code}-2024-01`),
  })
  return { data, id, incomeBank, fundBank, dailyBank, decisionId }
}

/** What the profiles leave open, filled in by the office with a source, a reason and a second person. */
export function fillProfiles(desk: Desk): void {
  const changes = desk.data.policy.map(({ profile, ...change }) => ({ ...change, profileCode: profile }))
  setPolicyValues(desk.head, changes, { login: desk.reviewer.actor.login, password: desk.data.password })
}

/** Two contract years for every source of income, so that each quarter has something due. */
export function recordContracts(desk: Desk): void {
  for (const complex of desk.complexes) {
    for (const [index, contract] of complex.data.contracts.entries()) {
      for (const [year, startsOn] of ['2024-10-01', '2025-10-01', '2026-10-01'].entries()) {
        const from = parseDate(startsOn)
        const endsOn = addDays(parseDate(`${2025 + year}-10-01`), -1)
        onDay(desk, parseDate(desk.data.openedOn))
        const number = `${complex.data.code}-HT-${2024 + year}-${String(index + 1).padStart(2, '0')}`
        recordContract(desk.head, {
          number,
          accountCode: contract.category,
          counterpartyId: desk.party(contract.party),
          startsOn: from,
          endsOn,
          ownersShare: parsePercent(contract.share),
          sha256: paper(desk, `合同 ${number}`, `${contract.party} · ${contract.place} · ${contract.amount}`),
          installments: scheduleOf({
            startsOn: from, endsOn, rhythm: contract.rhythm, paid: 'before',
            price: { kind: 'each', amount: parseYuan(contract.amount) },
          }),
          complexes: [{ complexId: complex.id, place: contract.place, weight: 1 }],
        })
      }
    }
  }
}

/** Balances taken over from the old books (新旧衔接), one opening voucher per complex and book. */
export function postOpenings(desk: Desk): void {
  const date = parseDate(desk.data.openedOn)
  onDay(desk, date)
  openMonths(desk, date)
  for (const complex of desk.complexes) {
    const drafts = [
      openingDraft(desk, complex, desk.books.publicIncome, complex.incomeBank, parseYuan(complex.data.opening), '3001'),
      openingDraft(desk, complex, desk.books.maintenance, complex.fundBank, parseYuan(complex.data.fundOpening), '3001'),
    ]
    if (complex.dailyBank !== null) {
      const share = percentOf(parseYuan(complex.data.opening), parsePercent('25'))
      drafts.push(openingDraft(desk, complex, desk.books.dailyMaintenance, complex.dailyBank, share, '3001'))
    }
    post(desk, drafts)
  }
}

/** An overdrawn complex opens with a credit balance at its bank: the company had advanced the money. */
function openingDraft(
  desk: Desk,
  complex: SeatedComplex,
  bookId: BookId,
  bankAccountId: BankAccountId,
  amount: Fen,
  netAssets: string,
) {
  const line = { summary: '上年结转', complexId: complex.id }
  const size = fen(Math.abs(amount))
  const bankLine = { ...line, accountId: accountId(desk, bookId, ACCOUNT.demandDeposit), bankAccountId }
  const netLine = { ...line, accountId: accountId(desk, bookId, netAssets) }
  return saveDraft(desk.preparer, {
    bookId, kind: 'general', date: parseDate(desk.data.openedOn), purpose: 'opening',
    lines: amount < 0
      ? [{ ...netLine, ...debit(size) }, { ...bankLine, ...credit(size) }]
      : [{ ...bankLine, ...debit(size) }, { ...netLine, ...credit(size) }],
  })
}
