import { describe, expect, it } from 'vitest'
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'
import { findingOf, type Finding } from '#core/checks/finding.ts'
import { fen, parseYuan } from '#core/money.ts'
import type { ServiceContext } from '#services/context.ts'
import { answerFinding, closeFinding, findingHistory, reopenFinding, type StoredFinding } from '#services/finding/finding.ts'
import { listFindings } from '#services/finding/finding-list.ts'
import { clearFindings, recordFindings, stateOfFindings, type CheckView } from '#services/finding/finding-register.ts'
import { recordSelfCheck } from '#services/finding/finding-run.ts'
import { findNow } from '#services/finding/self-check.ts'
import { makeOffice, type Office } from '../office.ts'
import { codeOf, presetPolicy } from './finding-office.ts'

const TODAY = parseDate('2025-10-09')

function idle(amount: string, since = '2025-01-01', more: Partial<Finding> = {}): Finding {
  const found = findingOf({
    rule: 'deposit.idle', level: 'warn', complexId: null, message: `闲置 ${amount} 元`, amountFen: parseYuan(amount),
    links: [{ kind: 'bankAccount', id: 1, label: '专户' }], occasion: since,
  })
  return { ...found, ...more }
}

function record(office: Office, finding: Finding, view: CheckView = 'now') {
  const [recorded] = office.ledger.write(() => recordFindings(office.head, [finding], view))
  if (recorded === undefined) throw new Error('nothing was recorded')
  return recorded
}

function closeOut(office: Office, id: StoredFinding['id']): void {
  answerFinding(office.preparer, id, '近期安排存放')
  closeFinding(office.reviewer, id, '已核对存放计划')
}

/** An office whose idle 2,000.00 was closed out. */
function closedOffice() {
  const office = makeOffice()
  const { id } = record(office, idle('2000.00'))
  closeOut(office, id)
  return { office, id }
}

function all(office: Office): readonly StoredFinding[] {
  return listFindings(office.ledger, { complexId: null, state: 'all', limit: 50 })
}

describe('a finding that was closed out', () => {
  it('stays closed for the same fact, and for less money', () => {
    const { office, id } = closedOffice()
    expect(record(office, idle('2000.00'))).toMatchObject({ id, state: 'closed', isNew: false })
    expect(record(office, idle('1999.99'))).toMatchObject({ id, state: 'closed', isNew: false })
    expect(all(office)).toHaveLength(1)
  })

  it('comes back as a new one that follows it when more money is at stake, and keeps the history of the old', () => {
    const { office, id } = closedOffice()
    expect(stateOfFindings(office.ledger, [idle('9002000.00')], 'now')).toEqual(['open'])
    const again = record(office, idle('9002000.00'))
    expect(again).toMatchObject({ state: 'open', isNew: true })
    expect(all(office)).toMatchObject([
      { id: again.id, followsId: id, state: 'open', amountFen: 900_200_000, answer: '', closedBy: null },
      { id, followsId: null, state: 'closed', amountFen: 200_000, closedBy: '李审核', closing: '已核对存放计划' },
    ])
    expect(findingHistory(office.ledger, id).map(({ kind }) => kind)).toEqual(['found', 'answered', 'closed'])
    expect(record(office, idle('9002000.00'))).toMatchObject({ id: again.id, isNew: false })
    closeOut(office, again.id)
    expect(record(office, idle('2000.00'))).toMatchObject({ id: again.id, state: 'closed' })
  })

  it('was closed out at the amount its register showed then, however little was answered for', () => {
    const office = makeOffice()
    const { id } = record(office, idle('2000.00'))
    answerFinding(office.preparer, id, '近期安排存放')
    record(office, idle('9002000.00'))
    closeFinding(office.reviewer, id, '已核对存放计划')
    expect(record(office, idle('9002000.00'))).toMatchObject({ id, state: 'closed' })
    expect(record(office, idle('9002000.01'))).toMatchObject({ isNew: true })
  })

  it('comes back when the same amount stands there on another occasion', () => {
    const { office, id } = closedOffice()
    expect(record(office, idle('2000.00', '2025-06-01'))).toMatchObject({ state: 'open', isNew: true })
    expect(all(office)[0]).toMatchObject({ followsId: id })
  })

  it('comes back when a check found it gone in between', () => {
    const { office, id } = closedOffice()
    const cleared = office.ledger.write(() => clearFindings(office.head, ['deposit.idle'], null, []))
    expect([cleared, all(office)[0]?.state]).toEqual([0, 'closed'])
    office.ledger.write(() => clearFindings(office.head, ['deposit.idle'], null, []))
    expect(findingHistory(office.ledger, id).map(({ kind }) => kind)).toEqual(['found', 'answered', 'closed', 'cleared'])
    expect(record(office, idle('2000.00'))).toMatchObject({ state: 'open', isNew: true })
  })

  it('is not opened anew by a check of an earlier time that comes upon the fact closed out before', () => {
    const { office, id } = closedOffice()
    const later = record(office, idle('2000.00', '2025-06-01'))
    closeOut(office, later.id)
    expect(record(office, idle('2000.00', '2025-01-01'), 'earlier')).toMatchObject({ id, state: 'closed', isNew: false })
    expect(all(office)).toHaveLength(2)
  })

  it('comes back whenever it blocks: no words settle what must not be', () => {
    const office = makeOffice()
    const mixed = idle('1.00', '', { level: 'block' })
    closeOut(office, record(office, mixed).id)
    expect(record(office, mixed)).toMatchObject({ state: 'open', isNew: true })
  })

  it('stays closed where the amount grows by itself with the days', () => {
    const office = makeOffice()
    const asleep = idle('10.00', '', { growsDaily: true })
    const { id } = record(office, asleep)
    closeOut(office, id)
    expect(record(office, { ...asleep, amountFen: fen(1_100) })).toMatchObject({ id, state: 'closed' })
  })

  it('is opened again by hand only while nothing follows it', () => {
    const { office, id } = closedOffice()
    const again = record(office, idle('3000.00'))
    expect(codeOf(() => { reopenFinding(office.head, id, '资料与实际不符') })).toBe('finding.followed')
    closeOut(office, again.id)
    reopenFinding(office.head, again.id, '资料与实际不符')
    expect(all(office)[0]).toMatchObject({ id: again.id, state: 'open' })
  })

  it('cannot be followed past the program while it waits', () => {
    const office = makeOffice()
    const { id } = record(office, idle('2000.00'))
    const insert = (followsId: number | null, episode: number) => codeOf(() => office.ledger.write(() => office.ledger.sqlite
      .prepare(`INSERT INTO finding (fingerprint, rule, level, links, episode, follows_id)
                SELECT fingerprint, rule, level, links, ?, ? FROM finding WHERE id = ?`).run(episode, followsId, id)))
    expect([insert(id, 2), insert(null, 1), insert(id, 3)]).toEqual(['finding.path', 'record.duplicate', 'finding.path'])
    closeOut(office, id)
    expect(insert(id, 2)).toBe('done')
  })
})

describe('a finding that was answered', () => {
  it('is told of more money while it waits for its close-out, and asked again on another occasion', () => {
    const office = makeOffice()
    const { id } = record(office, idle('2000.00'))
    answerFinding(office.preparer, id, '近期安排存放')
    expect(record(office, idle('9002000.00'))).toMatchObject({ id, state: 'answered' })
    expect(all(office)).toMatchObject([{ amountFen: 900_200_000, state: 'answered' }])
    expect(record(office, idle('1500.00', '2025-06-01'), 'earlier')).toMatchObject({ id, state: 'answered' })
    expect(record(office, idle('1500.00', '2025-06-01'))).toMatchObject({ id, state: 'open', isNew: false })
    expect(findingHistory(office.ledger, id).map(({ kind }) => kind)).toEqual(['found', 'answered', 'seen', 'seen', 'seen'])
  })

  it('is asked again before a payment when more is at stake than was answered for', () => {
    const office = makeOffice()
    const { id } = record(office, idle('2000.00'))
    answerFinding(office.preparer, id, '近期安排存放')
    expect(record(office, idle('1500.00'), 'payment')).toMatchObject({ id, state: 'answered' })
    expect(record(office, idle('2000.00'), 'payment')).toMatchObject({ id, state: 'answered' })
    expect(record(office, idle('2000.01'), 'payment')).toMatchObject({ id, state: 'open', isNew: false })
    answerFinding(office.preparer, id, '已报存放计划')
    expect(record(office, idle('2000.01'), 'payment')).toMatchObject({ id, state: 'answered' })
  })
})

describe('the rules name what makes theirs another fact', () => {
  const whole = (to: BusinessDate) => ({ from: null, to, complexId: null, bookId: null })
  const check = (context: ServiceContext, to = TODAY) =>
    recordSelfCheck(context, whole(to), findNow(context.ledger, to, whole(to)))
  const waiting = (office: Office, rule: string) =>
    listFindings(office.ledger, { complexId: null, limit: 50 }).filter((one) => one.rule === rule)

  it('money idle since another day, above what was closed out', () => {
    const office = makeOffice({ today: '2025-10-09' })
    presetPolicy(office, 'deposit.idleReserve', '1000.00')
    presetPolicy(office, 'check.idleDays', 30)
    office.receive(office.maintenance, '4001', '3000.00', '2025-02-01')
    check(office.head)
    const [first] = waiting(office, 'deposit.idle')
    if (first === undefined) throw new Error('nothing idle')
    closeOut(office, first.id)
    check(office.head)
    expect(waiting(office, 'deposit.idle')).toEqual([])
    office.receive(office.maintenance, '4001', '9000000.00', '2025-03-01')
    expect(check(office.head)).toMatchObject({ fresh: 1 })
    expect(waiting(office, 'deposit.idle')).toMatchObject([{ followsId: first.id, amountFen: 900_200_000 }])
  })

  it('an account in another private name', () => {
    const office = makeOffice()
    const holder = (name: string) => {
      office.ledger.sqlite.prepare('UPDATE bank_account SET holder_name = ? WHERE id = ?').run(name, office.maintenanceBank)
      check(office.head)
      return waiting(office, 'account.holder')
    }
    const [first] = holder('王某')
    if (first === undefined) throw new Error('the holder was not found')
    closeOut(office, first.id)
    expect(holder('王某')).toEqual([])
    const [second] = holder('李某')
    expect(second).toMatchObject({ followsId: first.id, message: expect.stringContaining('李某') as string })
    if (second === undefined) throw new Error('the second holder was not found')
    closeOut(office, second.id)
    // Back in the first name: that close-out was for another time.
    expect(holder('王某')).toMatchObject([{ followsId: second.id }])
  })
})

it('another day alone makes nothing new', () => {
  const { office, id } = closedOffice()
  const tomorrow = { ...idle('2000.00'), message: `闲置 2000.00 元已 ${addDays(TODAY, 1)}` }
  expect(record(office, tomorrow)).toMatchObject({ id, state: 'closed' })
})
