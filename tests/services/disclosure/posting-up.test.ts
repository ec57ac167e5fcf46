import { describe, expect, it } from 'vitest'
import { parseQuarter } from '#core/calendar.ts'
import { storeAttachment } from '#services/attachment.ts'
import { addComplex, complexOf } from '#services/register/complex.ts'
import {
  DEDICATED_ACCOUNTS, LATEST_NOTICES, noticeOverview, noticeRates, noticesDue, POSTING_SPANS, WAITING_REQUESTS,
} from '#services/disclosure/disclosure-overview.ts'
import { REQUEST_OF_QUARTER, REQUESTS_OF_QUARTER } from '#services/disclosure/disclosure-request.ts'
import { VERSIONS_OF_QUARTER } from '#services/disclosure/disclosure-version.ts'
import { NOTICE_BY_FILE } from '#services/disclosure/notice-check.ts'
import { openPeriodsThrough } from '#services/voucher/period.ts'
import { listPostings, POSTINGS_OF_NOTICE, recordPostingUp, recordTakingDown } from '#services/disclosure/posting-up.ts'
import { expectNoTableScan } from '../../db/query-plan.ts'
import { day, earnQuarter, noticeOffice, type NoticeOffice } from './notice-office.ts'
import { Q } from '../income/quarter-office.ts'

function cell(office: NoticeOffice, quarter = '2025Q3') {
  const [line] = noticeOverview(office.ledger, office.clock, Q(quarter), 1).lines
  const [only] = line?.cells ?? []
  if (only === undefined) throw new Error('no cell')
  return only
}

const on = (office: NoticeOffice, date: string): void => office.clock.set(`${date}T02:00:00.000Z`)

describe('the heat table', () => {
  it('follows a notice from 未编 to 已满', () => {
    const office = noticeOffice({ today: '2025-09-30' })
    expect(cell(office).stage).toBe('running')
    expect(cell(office, '2024Q4').stage).toBe('before')
    earnQuarter(office)
    on(office, '2025-10-09')
    expect(cell(office)).toMatchObject({ stage: 'notPrepared', posting: { kind: 'notPosted', due: null } })
    office.request('2025Q3')
    expect(cell(office).stage).toBe('requested')
    const disclosureId = office.publish('2025Q3')
    expect(cell(office)).toMatchObject({ stage: 'published', version: 1, disclosureId, posting: { kind: 'notPosted' } })
    recordPostingUp(office.preparer, { disclosureId, places: ['小区公告栏', '电梯'], postedOn: day('2025-10-09'), sha256: null })
    on(office, '2025-10-20')
    expect(cell(office).posting).toEqual({ kind: 'posted', day: 11, of: 30, until: '2025-11-08', late: false })
    on(office, '2025-11-08')
    expect(cell(office).posting).toMatchObject({ kind: 'posted', day: 30 })
    on(office, '2025-11-09')
    expect(cell(office).posting).toMatchObject({ kind: 'complete', days: 31 })
  })

  it('counts from the last of several places and to the first that came down', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const disclosureId = office.publish('2025Q3')
    recordPostingUp(office.preparer, { disclosureId, places: ['小区公告栏'], postedOn: day('2025-10-09'), sha256: null })
    on(office, '2025-12-01')
    recordPostingUp(office.preparer, { disclosureId, places: ['电梯'], postedOn: day('2025-10-12'), sha256: null })
    const [board, lift] = listPostings(office.ledger, disclosureId)
    if (board === undefined || lift === undefined) throw new Error('no postings')
    recordTakingDown(office.preparer, { postingUpIds: [lift.id], takenDownOn: day('2025-11-20'), sha256: null })
    recordTakingDown(office.preparer, { postingUpIds: [board.id], takenDownOn: day('2025-11-11'), sha256: null })
    expect(cell(office).posting).toEqual({ kind: 'removedEarly', days: 30, of: 30, late: false })
    // Put up again at the board: that place counts with its latest row.
    recordPostingUp(office.preparer, { disclosureId, places: ['小区公告栏'], postedOn: day('2025-11-12'), sha256: null })
    expect(cell(office).posting).toMatchObject({ kind: 'removedEarly', days: 8 })
  })

  it('a notice that hangs until the next is full when the next hangs', () => {
    const office = noticeOffice({ today: '2026-07-10', openedOn: '2026-01-01', profile: 'SH-2026' })
    office.income('4001.01', '8000.00', '2026-05-10')
    const first = office.publish('2026Q2')
    expect(cell(office, '2026Q2')).toMatchObject({ due: '2026-07-15' })
    recordPostingUp(office.preparer, { disclosureId: first, places: ['小区公告栏'], postedOn: day('2026-07-10'), sha256: null })
    on(office, '2026-10-12')
    openPeriodsThrough(office.head, office.publicIncome, day('2026-10-12'))
    expect(cell(office, '2026Q2').posting).toMatchObject({ kind: 'posted', of: null })
    office.income('4001.01', '9000.00', '2026-08-10')
    const second = office.publish('2026Q3')
    recordPostingUp(office.preparer, { disclosureId: second, places: ['小区公告栏'], postedOn: day('2026-10-12'), sha256: null })
    expect(cell(office, '2026Q2').posting?.kind).toBe('complete')
    expect(cell(office, '2026Q3').posting).toMatchObject({ kind: 'posted', late: false })
  })

  it('a correction is not late when the first version hung in time', () => {
    const office = noticeOffice({ today: '2026-07-10', openedOn: '2026-01-01', profile: 'SH-2026' })
    office.income('4001.01', '8000.00', '2026-05-10')
    const first = office.publish('2026Q2')
    recordPostingUp(office.preparer, { disclosureId: first, places: ['小区公告栏'], postedOn: day('2026-07-10'), sha256: null })
    on(office, '2026-08-01')
    office.income('4001.01', '10.00', '2026-06-30')
    const second = office.publish('2026Q2', { correctionReason: '漏记 10.00 元' })
    expect(cell(office, '2026Q2')).toMatchObject({ version: 2, posting: { kind: 'notPosted' } })
    recordPostingUp(office.preparer, { disclosureId: second, places: ['小区公告栏'], postedOn: day('2026-08-01'), sha256: null })
    expect(cell(office, '2026Q2').posting).toMatchObject({ kind: 'posted', late: false })
  })
})

describe('the register', () => {
  it('takes only what has happened, with a photo that exists, each place once a day', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const disclosureId = office.publish('2025Q3')
    const up = (more: object) => () =>
      recordPostingUp(office.preparer, { disclosureId, places: ['电梯'], postedOn: day('2025-10-09'), sha256: null, ...more })
    expect(up({ postedOn: day('2025-10-10') })).toThrow(/日期不能晚于今天/)
    expect(up({ postedOn: day('2025-10-08') })).toThrow(/2025年10月9日才公示/)
    expect(up({ places: [' '] })).toThrow(/请填写张贴地点/)
    expect(up({ sha256: 'f'.repeat(64) })).toThrow(/请先上传张贴照片/)
    const photo = storeAttachment(office.preparer, { name: '电梯.jpg', bytes: Buffer.from([0xff, 0xd8, 0xff]) }).sha256
    const [id] = up({ sha256: photo })()
    expect(up({})).toThrow(/已有相同编号或名称的记录/)
    expect(up({ places: ['公告栏', '电梯'] })).toThrow()
    const row = { place: '电梯', photo, recordedBy: '张制单', takenDownOn: null }
    expect(listPostings(office.ledger, disclosureId)).toMatchObject([row])
    if (id === undefined) throw new Error('nothing was recorded')
    const down = (date: string) => () =>
      recordTakingDown(office.preparer, { postingUpIds: [id], takenDownOn: day(date), sha256: null })
    expect(down('2025-10-08')).toThrow(/2025年10月9日才张贴/)
    expect(down('2025-10-10')).toThrow(/不能晚于今天/)
    down('2025-10-09')()
    expect(down('2025-10-09')).toThrow(/已有相同编号或名称的记录/)
  })
})

describe('what is due, and the rates', () => {
  it('counts days to the due day, and says late when it is late', () => {
    const office = noticeOffice({ today: '2026-07-02', openedOn: '2026-04-01', profile: 'SH-2026' })
    const due = () => noticesDue(office.ledger, office.clock).map((each) => each.reminder)
    expect(due()).toEqual([{ kind: 'notDue', due: '2026-07-15', days: 13 }])
    on(office, '2026-07-05')
    expect(due()).toEqual([{ kind: 'dueSoon', due: '2026-07-15', days: 10 }])
    on(office, '2026-07-16')
    expect(due()).toEqual([{ kind: 'overdue', due: '2026-07-15', days: 1 }])
    expect(cell(office, '2026Q2')).toMatchObject({ stage: 'notPrepared', posting: { kind: 'overdue', daysLate: 1 } })
  })

  it('are over all complexes: one that hangs of two is half, one dedicated account of two is half', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const { id: _id, state: _state, ...facts } = complexOf(office.ledger, office.complexId)
    addComplex(office.head, { ...facts, code: 'A02', name: '示例二村', profileCode: 'AH-TONGLING', hasAssembly: true })
    const disclosureId = office.publish('2025Q3')
    const rates = () => noticeRates(office.ledger, office.clock, Q('2025Q3'))
    expect(rates().disclosure).toEqual({ reached: 0, of: 2, hundredths: 0 })
    recordPostingUp(office.preparer, { disclosureId, places: ['电梯'], postedOn: day('2025-10-09'), sha256: null })
    expect(rates()).toEqual({
      quarter: '2025Q3', disclosure: { reached: 1, of: 2, hundredths: 5000 }, dedicated: { reached: 1, of: 2, hundredths: 5000 },
    })
    expect(noticeRates(office.ledger, office.clock, Q('2025Q4')).disclosure).toEqual({ reached: 0, of: 0, hundredths: null })
    const waiting = noticesDue(office.ledger, office.clock).filter((each) => each.quarter === '2025Q3')
    expect(waiting.map((each) => [each.name, each.reminder.kind])).toEqual([['示例二村', 'unknown']])
  })

  it('read no whole table but the small masters', () => {
    const office = noticeOffice()
    const range = { from: parseQuarter('2024Q1'), to: parseQuarter('2026Q1') }
    for (const sql of [LATEST_NOTICES, WAITING_REQUESTS, POSTING_SPANS]) expectNoTableScan(office.ledger, sql, range)
    for (const sql of [VERSIONS_OF_QUARTER, REQUEST_OF_QUARTER]) expectNoTableScan(office.ledger, sql, ['2025Q3', 1])
    expectNoTableScan(office.ledger, REQUESTS_OF_QUARTER, ['2025Q3'])
    expectNoTableScan(office.ledger, POSTINGS_OF_NOTICE, [1])
    expectNoTableScan(office.ledger, NOTICE_BY_FILE, ['0'.repeat(64)])
    expectNoTableScan(office.ledger, DEDICATED_ACCOUNTS, [], ['bank_account', 'book'])
  })
})
