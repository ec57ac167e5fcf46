import { describe, expect, it } from 'vitest'
import { parseShortCode } from '#core/disclosure/digest.ts'
import { noticePaper } from '#reports/notice.ts'
import { renderPaper } from '#reports/render.ts'
import { draftDisclosure, laterNotices, prepareDisclosureModel, publishDisclosure } from '#services/disclosure/disclosure.ts'
import { openRequest, openRequests, returnDisclosure } from '#services/disclosure/disclosure-request.ts'
import {
  compareVersions, frozenNotice, latestNotice, noticePaperFile, noticeVersion, noticeVersions,
} from '#services/disclosure/disclosure-version.ts'
import { receiveIncome } from '#services/income/public-income.ts'
import { setReason } from '#services/income/quarter.ts'
import { verifyLedger } from '#services/verify.ts'
import { day, earnQuarter, noticeOffice } from './notice-office.ts'
import { makeOffice } from '../office.ts'
import { Q, yuan } from '../income/quarter-office.ts'

function codeOf(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
  return 'accepted'
}

describe('publishing a quarter', () => {
  it('freezes figures, digest and paper as version 1, and the paper drawn again is the same byte for byte', async () => {
    const office = noticeOffice()
    earnQuarter(office)
    const id = await office.publishDrawn('2025Q3')
    const notice = noticeVersion(office.ledger, id)
    expect(notice).toMatchObject({
      version: 1, closingFen: yuan('7500.00'), preparedByName: '张制单', publishedByName: '李审核', publishedOn: '2025-10-09',
    })
    expect(parseShortCode(notice.code)).toMatchObject({ complexCode: 'A01', quarter: '2025Q3', version: 1 })
    const model = frozenNotice(office.ledger, id)
    expect(model.posting).toMatchObject({ from: '2025-10-09', to: '2025-11-08', untilNext: false })
    expect(model.posting.places).toContain('小区公告栏')
    expect(model.objection).toEqual({
      until: '2025-10-24',
      phones: [{ office: '示例街道办事处', number: '0592-1234567' }, { office: '本小区', number: '0562-1234567' }],
    })
    const again = await renderPaper(noticePaper(model))
    expect(Buffer.compare(Buffer.from(again), Buffer.from(noticePaperFile(office.ledger, id).bytes))).toBe(0)
    const steps = verifyLedger(office.ledger)
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done !== true) continue
      expect(step.value).toMatchObject({ damages: [], counted: { notices: 1 } })
      break
    }
  })

  it('takes two persons, whatever roles one of them holds', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const id = office.request('2025Q3')
    const both = { ...office.preparer, actor: { ...office.preparer.actor, roles: new Set(['preparer', 'reviewer'] as const) } }
    expect(codeOf(() => prepareDisclosureModel(both, id))).toBe('disclosure.samePerson')
    expect(codeOf(() => prepareDisclosureModel(office.bookkeeper, id))).toBe('role.missing')
    expect(codeOf(() => prepareDisclosureModel(office.head, id))).toBe('accepted')
  })

  it('is refused with everything that stands in the way at once', () => {
    const office = noticeOffice()
    earnQuarter(office)
    office.contract({ number: 'HT-01', each: '3000.00' })
    const draft = draftDisclosure(office.ledger, office.clock, office.complexId, Q('2025Q3'))
    expect(draft.obstacles).toEqual([expect.stringMatching(/“电梯广告·示例传媒有限公司”本期应收 3,000.00 元.*请写明原因/)])
    expect(() => office.request('2025Q3')).toThrow(/还有 1 项要先处理才能公示：1\. .*请写明原因$/)
    const row = draft.preview.sheet.income.rows.find((each) => each.contractNo === 'HT-01')
    setReason(office.preparer, {
      complexId: office.complexId, quarter: Q('2025Q3'), rowKey: row?.id ?? '', reason: '对方 10 月 15 日补缴',
    })
    expect(codeOf(() => office.request('2025Q3'))).toBe('accepted')
  })

  it('waits for the end of the quarter and for unposted vouchers', () => {
    const office = noticeOffice({ today: '2025-09-20' })
    earnQuarter(office)
    expect(() => office.request('2025Q3')).toThrow(/2025年第3季度还没有结束/)
    office.clock.set('2025-10-09T02:00:00.000Z')
    receiveIncome(office.preparer, {
      complexId: office.complexId, date: day('2025-09-30'), bankAccountId: office.publicIncomeBank, amountFen: yuan('10.00'),
      attachments: [office.paper], summary: '收款', counterpartyId: null, source: { accountCode: '4001.01' },
    })
    expect(() => office.request('2025Q3')).toThrow(/还有 1 张凭证没有记账/)
  })

  it('names the profile values nobody has filled in', () => {
    const office = makeOffice({ profile: 'XM-2024' })
    const { obstacles } = draftDisclosure(office.ledger, office.clock, office.complexId, Q('2025Q3'))
    expect(obstacles.join()).toMatch(/“异议期”待填写.*“监督电话”待填写/)
  })

  it('refuses a posting shorter than the profile asks for, and personal data in the places', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const plan = { from: day('2025-10-09'), to: day('2025-10-20') }
    expect(() => office.request('2025Q3', { plan })).toThrow(/计划张贴 11 天，规定不少于 30 天/)
    expect(() => office.request('2025Q3', { plan: { places: ['门卫 13812345678'] } })).toThrow(/“公示地点”.*手机号/)
  })
})

describe('between the request and the publishing', () => {
  it('a voucher posted into the quarter makes the request void', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const id = office.request('2025Q3')
    const ready = prepareDisclosureModel(office.reviewer, id)
    office.income('4001.01', '0.01', '2025-09-30')
    expect(codeOf(() => publishDisclosure(office.reviewer, ready, Buffer.from('%PDF-1.4')))).toBe('disclosure.changed')
    expect(latestNotice(office.ledger, office.complexId, Q('2025Q3'))).toBeNull()
    const again = prepareDisclosureModel(office.reviewer, office.request('2025Q3'))
    expect(codeOf(() => publishDisclosure(office.reviewer, ready, Buffer.from('%PDF-1.4')))).toBe('disclosure.noRequest')
    expect(codeOf(() => publishDisclosure(office.reviewer, again, Buffer.from('%PDF-1.4')))).toBe('accepted')
  })

  it('a text changed while the paper was drawn is refused too', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const ready = prepareDisclosureModel(office.reviewer, office.request('2025Q3'))
    setReason(office.preparer, { complexId: office.complexId, quarter: Q('2025Q3'), rowKey: 'notes', reason: '另有说明' })
    expect(codeOf(() => publishDisclosure(office.reviewer, ready, Buffer.from('%PDF-1.4')))).toBe('disclosure.changed')
  })

  it('the second person may send it back with a reason, the preparer may withdraw it', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const first = office.request('2025Q3')
    expect(openRequests(office.ledger, Q('2025Q3')).map((request) => request.id)).toEqual([first])
    expect(codeOf(() => returnDisclosure(office.bookkeeper, first, '漏项'))).toBe('role.missing')
    expect(codeOf(() => returnDisclosure(office.reviewer, first, ' '))).toBe('disclosure.returnReason')
    returnDisclosure(office.reviewer, first, '漏记停车费')
    expect(openRequest(office.ledger, office.complexId, Q('2025Q3'))).toBeNull()
    expect(codeOf(() => prepareDisclosureModel(office.reviewer, first))).toBe('disclosure.noRequest')
    const second = office.request('2025Q3')
    expect(codeOf(() => returnDisclosure(office.preparer, second, '再核一遍'))).toBe('accepted')
    expect(openRequests(office.ledger, Q('2025Q3'))).toEqual([])
  })
})

describe('correcting a published notice', () => {
  it('is a new version with a reason that names the one it replaces; the old one stays as it was', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const first = office.publish('2025Q3')
    expect(codeOf(() => office.request('2025Q3', { correctionReason: '更正' }))).toBe('disclosure.unchanged')
    office.income('4001.01', '500.00', '2025-09-30')
    expect(codeOf(() => office.request('2025Q3'))).toBe('disclosure.reason')
    const second = office.publish('2025Q3', { correctionReason: '漏记 9 月 30 日停车费 500.00 元' })
    const correction = { replaces: 1, reason: '漏记 9 月 30 日停车费 500.00 元' }
    expect(frozenNotice(office.ledger, second).version).toMatchObject({ no: 2, correction })
    expect(frozenNotice(office.ledger, first).sheet.closing.amount).toBe(yuan('7500.00'))
    const versions = noticeVersions(office.ledger, office.complexId, Q('2025Q3'))
    expect(versions.map((notice) => [notice.version, notice.closingFen])).toEqual([
      [2, yuan('8000.00')], [1, yuan('7500.00')],
    ])
    const income = compareVersions(office.ledger, first, second).find((each) => each.part === '本期收入' && each.row === '合计')
    expect(income).toEqual({ part: '本期收入', row: '合计', before: yuan('8000.00'), after: yuan('8500.00') })
  })

  it('knows the later quarters that were published on the old closing', () => {
    const office = noticeOffice({ today: '2026-01-12' })
    earnQuarter(office)
    office.publish('2025Q3')
    office.income('4001.01', '100.00', '2025-12-01')
    office.publish('2025Q4')
    expect(laterNotices(office.ledger, office.complexId, Q('2025Q3'))).toEqual(['2025Q4'])
    expect(laterNotices(office.ledger, office.complexId, Q('2025Q4'))).toEqual([])
  })
})

describe('around the services', () => {
  it('plain SQL cannot publish what nobody asked for, nor change or remove what was published', () => {
    const office = noticeOffice()
    earnQuarter(office)
    const id = office.publish('2025Q3')
    const { sqlite } = office.ledger
    const copy = `INSERT INTO disclosure SELECT NULL, complex_id, '2025Q2', 1, request_id + ?, correction_reason, model,
      model_sha256, figures_sha256, code || 'X', closing_fen, pdf_sha256, prepared_by, published_by, published_on, at
      FROM disclosure WHERE id = ?`
    expect(() => sqlite.prepare(copy).run(1, id)).toThrow(/disclosure.request/)
    expect(() => sqlite.prepare(copy).run(0, id)).toThrow()
    expect(() => sqlite.prepare("UPDATE disclosure SET model = '{}' WHERE id = ?").run(id)).toThrow('append.only')
    const sendBack = sqlite.prepare("INSERT INTO disclosure_return VALUES (1, '退回', 1, '2025-10-10')")
    expect(() => sendBack.run()).toThrow('disclosure.request')
  })
})
