import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseDate, parseMonth } from '#core/calendar.ts'
import { CHECK_RULE_IDS, checkRule } from '#core/checks/rules.ts'
import type { RepairId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { CHECK_STEPS, rulesOfStep, type CheckStep } from '#services/finding/check-step.ts'
import { answerFinding, closeFinding, findingHistory, type StoredFinding } from '#services/finding/finding.ts'
import { answeredAbout, listFindings } from '#services/finding/finding-list.ts'
import { recordSelfCheck } from '#services/finding/finding-run.ts'
import { findNow } from '#services/finding/self-check.ts'
import { drawPool } from '#services/repair/repair-draw.ts'
import { recordReview } from '#services/repair/repair-review.ts'
import { endRepair } from '#services/repair/repair.ts'
import { prepareContribution } from '#services/household/contribution.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { closePeriod } from '#services/voucher/period.ts'
import { inProject } from '../../../scripts/paths.ts'
import { addRoom, moneyOffice } from '../household/household-money-office.ts'
import { makeOffice, type Office } from '../office.ts'
import { makeRepairOffice, visitsTo } from '../repair/repair-office.ts'
import { codeOf, postWithoutPaper } from './finding-office.ts'

const TODAY = parseDate('2025-10-09')
const STEPS = Object.keys(CHECK_STEPS).filter((step): step is CheckStep => step in CHECK_STEPS)

function servicesText(): string {
  const folder = inProject('services')
  return fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('check-step.ts') && !name.startsWith('sample'))
    .map((name) => fs.readFileSync(`${folder}/${name}`, 'utf8')).join('\n')
}

describe('the moments of the rules', () => {
  it.each(CHECK_RULE_IDS)('%s runs at a step of every moment it names', (rule) => {
    const reached = new Set(STEPS.filter((step) => rulesOfStep(step).includes(rule)).map((step) => CHECK_STEPS[step].moment))
    expect(checkRule(rule).moments.filter((moment) => !reached.has(moment))).toEqual([])
  })

  it('every step is taken by a service', () => {
    const text = servicesText()
    expect(STEPS.filter((step) => !text.includes(`'${step}'`))).toEqual([])
  })
})

function waiting(office: Office): readonly StoredFinding[] {
  return listFindings(office.ledger, { complexId: null, limit: 100 })
}

function only(office: Office, rule: string): StoredFinding {
  const [found] = waiting(office).filter((one) => one.rule === rule)
  if (found === undefined) throw new Error(`${rule} was not found`)
  return found
}

describe('at entry', () => {
  it('a bank account in a private name is noted when it is added', () => {
    const office = makeOffice()
    const facts = {
      bookId: office.publicIncome, complexId: office.complexId, bankName: '示例银行', branch: '', isDedicated: false, openedOn: TODAY,
    }
    addBankAccount(office.head, { ...facts, number: '622200000002', holderName: '示例花园业主委员会' })
    expect(waiting(office)).toEqual([])
    addBankAccount(office.head, { ...facts, number: '622200000001', holderName: '王小明' })
    expect(only(office, 'account.holder')).toMatchObject({ state: 'open', message: expect.stringContaining('王小明') as string })
  })
})

describe('the contribution of a household', () => {
  it('is looked at when the household is registered, and again when it pays; what was answered is not asked twice', () => {
    const office = moneyOffice(1)
    addRoom(office, '901', { areaDm2: 10_000, rateFen: fen(5_000), firstDueFen: fen(500_000) })
    expect(waiting(office)).toEqual([])
    const id = addRoom(office, '902', { areaDm2: 10_000, rateFen: fen(5_000), firstDueFen: fen(400_000) })
    const found = only(office, 'contribution.standard')
    expect(found).toMatchObject({ amountFen: 100_000, links: [{ kind: 'household', id }] })
    answerFinding(office.reviewer, found.id, '已调取交存票据核对')
    closeFinding(office.head, found.id, '登记有误，已更正票据')
    prepareContribution(office.preparer, {
      complexId: office.complexId, date: TODAY, bankAccountId: office.maintenanceBank, attachments: [office.paper],
      rows: [{ householdId: id, part: 'principal', amountFen: fen(400_000), receipt: null }],
    })
    expect(waiting(office)).toEqual([])
  })
})

/** A small job at its payment instruction, held up by another of the same contractor and building: 疑似拆分. */
function splitOffice() {
  const office = makeRepairOffice()
  const { reviewer } = office
  office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
  const neighbour = office.report('1200.00', { part: '外墙', facility: '', title: '外墙修补' })
  const id = office.report('1600.00', { part: '屋面', title: '屋面修补' })
  office.check(id, '1600.00')
  drawPool(reviewer)
  office.file(id, 'spotCheck', 'photo', 'photo')
  recordReview(reviewer, id, 'spotChecked', visitsTo(office, id))
  office.file(id, 'acceptanceSheet', 'acceptanceRecord', 'settlement', 'workOrder', 'invoice')
  office.signAcceptance(id)
  office.accept(id)
  office.settle(id, '1600.00')
  expect(codeOf(() => office.pay(id, '1600.00'))).toBe('finding.unanswered')
  return { office, id, neighbour, finding: only(office, 'repair.splitting') }
}

describe('before a repair is paid', () => {
  it('an answer of the person who pays lets nothing pass, nor does a full stop; another’s does', () => {
    const { office, finding, id } = splitOffice()
    expect(codeOf(() => { answerFinding(office.reviewer, finding.id, '。') })).toBe('finding.reason')
    answerFinding(office.preparer, finding.id, '两处各是一个项目')
    expect(codeOf(() => office.pay(id, '1600.00'))).toBe('finding.ownAnswer')
    answerFinding(office.reviewer, finding.id, '两处各是一个项目，已到现场')
    expect(codeOf(() => office.pay(id, '1600.00'))).toBe('done')
  })

  it('an answer of the person who pays does once another has closed it out', () => {
    const { office, finding, id } = splitOffice()
    answerFinding(office.preparer, finding.id, '两处各是一个项目')
    closeFinding(office.head, finding.id, '已到现场核对')
    expect(codeOf(() => office.pay(id, '1600.00'))).toBe('done')
    expect(answeredAbout(office.ledger, id, TODAY)).toMatchObject([
      { rule: 'repair.splitting', answer: '两处各是一个项目', answeredBy: '张制单', closedBy: '赵主管', closing: '已到现场核对' },
    ])
    expect(answeredAbout(office.ledger, id, parseDate('2025-10-08'))).toEqual([])
  })

  it('the ledger file itself refuses the instruction while something waits or the payer answered it', () => {
    const { office, finding, id } = splitOffice()
    const append = () => codeOf(() => office.ledger.write(() => office.ledger.sqlite
      .prepare(`INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at)
                SELECT repair_id, max(seq) + 1, 'paymentInstructed', 'voucher', amount_fen,
                  json_object('amountFen', amount_fen, 'instructedFen', amount_fen), ?, at FROM repair_event
                WHERE repair_id = ?`)
      .run(office.preparer.actor.userId, id)))
    expect(append()).toBe('finding.unanswered')
    answerFinding(office.preparer, finding.id, '两处各是一个项目')
    expect(append()).toBe('finding.ownAnswer')
    office.ledger.sqlite
      .prepare(`INSERT INTO finding (fingerprint, rule, level, links) VALUES ('x', 'repair.papersMissing', 'block', ?)`)
      .run(JSON.stringify([{ kind: 'repair', id, label: 'WX' }]))
    office.ledger.sqlite
      .prepare(`INSERT INTO finding_event (finding_id, seq, kind, state, message, actor_id, at)
                SELECT max(id), 1, 'found', 'open', '缺决算书', ?, '2025-10-09T00:00:00.000Z' FROM finding`)
      .run(office.preparer.actor.userId)
    expect(append()).toBe('finding.block')
  })

  it('what stands open about the job holds it up though the payment’s own rules do not look for it', () => {
    const office = makeRepairOffice()
    office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
    const id = office.report('2600.00', { part: '屋面', title: '屋面修补' })
    expect(rulesOfStep('repairPaid')).not.toContain('repair.contractorNotChosen')
    const stands = office.ledger.write(() => standingWarning(office, id))
    // Its local value is 待填写: the rule cannot tell that the matter is gone.
    expect(codeOf(() => office.walk(id, '2600.00'))).toBe('finding.unanswered')
    answerFinding(office.reviewer, stands, '选取记录在档案室')
    expect(codeOf(() => office.pay(id, '2600.00'))).toBe('done')
  })

  it('what the rules no longer find about the job is cleared and holds nothing up', () => {
    const { office, id, neighbour, finding } = splitOffice()
    endRepair(office.reviewer, neighbour, 'refused', '与前一项重复报修')
    expect(codeOf(() => office.pay(id, '1600.00'))).toBe('done')
    expect(findingHistory(office.ledger, finding.id).map(({ kind }) => kind)).toEqual(['found', 'cleared'])
  })

  it('an account that another fund has moved blocks every payment of its complex', () => {
    const office = makeRepairOffice()
    office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
    const id = office.report('2600.00', { part: '屋面', title: '屋面修补' })
    // As a file brought in may have it: this ledger's own triggers let no such voucher in.
    office.ledger.sqlite.exec('DROP TRIGGER bank_account_book; PRAGMA foreign_keys = OFF')
    const keepIn = (book: number) =>
      office.ledger.sqlite.prepare('UPDATE bank_account SET book_id = ? WHERE id = ?').run(book, office.maintenanceBank)
    keepIn(office.publicIncome)
    expect(codeOf(() => office.walk(id, '2600.00'))).toBe('finding.block')
    keepIn(office.maintenance)
    expect(codeOf(() => office.pay(id, '2600.00'))).toBe('done')
  })
})

function standingWarning(office: Office, id: RepairId): StoredFinding['id'] {
  const { ledger, head } = office
  ledger.sqlite
    .prepare(`INSERT INTO finding (fingerprint, rule, level, complex_id, links)
              VALUES ('repair.contractorNotChosen:repair ' || ?, 'repair.contractorNotChosen', 'warn', ?, ?)`)
    .run(id, office.complexId, JSON.stringify([{ kind: 'repair', id, label: 'WX' }]))
  ledger.sqlite
    .prepare(`INSERT INTO finding_event (finding_id, seq, kind, state, message, actor_id, at)
              SELECT max(id), 1, 'found', 'open', '没有选取记录', ?, '2025-10-09T00:00:00.000Z' FROM finding`)
    .run(head.actor.userId)
  const [found] = listFindings(ledger, { complexId: null, subject: { kind: 'repair', id }, limit: 1 })
  if (found === undefined) throw new Error('the finding is not in the register')
  return found.id
}

describe('before a month is closed', () => {
  it('the head who answered a warning does not close on that answer', () => {
    const office = makeOffice()
    closePeriod(office.head, office.publicIncome, parseMonth('2025-01'))
    postWithoutPaper(office, office.publicIncome, '2025-02-10')
    const close = () => codeOf(() => { closePeriod(office.head, office.publicIncome, parseMonth('2025-02')) })
    expect(close()).toBe('finding.unanswered')
    answerFinding(office.head, only(office, 'voucher.noPaper').id, '收据遗失，已补证明')
    expect(close()).toBe('finding.ownAnswer')
    answerFinding(office.bookkeeper, only(office, 'voucher.noPaper').id, '收据遗失，已由付款人出具证明')
    expect(close()).toBe('done')
  })
})

it('a whole check and the steps before it tell of one matter once', () => {
  const { office, finding } = splitOffice()
  const scope = { from: null, to: TODAY, complexId: null, bookId: null }
  recordSelfCheck(office.head, scope, findNow(office.ledger, TODAY, scope))
  expect(waiting(office).filter(({ rule }) => rule === 'repair.splitting').map(({ id }) => id)).toEqual([finding.id])
})
