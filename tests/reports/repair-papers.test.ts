import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import {
  acceptanceRecord, paymentOrder, settlementSheet, summaryTable, useDisclosure, type PaymentOrder,
} from '#reports/repair-papers-money.ts'
import { drawRecord, opinionSheet, visaSheet, type RepairPaperHead } from '#reports/repair-papers.ts'
import { reviewRecord } from '#reports/repair-review.ts'
import { repairSheetPaper, type RepairSheet } from '#reports/repair-sheet.ts'
import { renderPaper } from '#reports/render.ts'
import { parsePercent } from '#core/rate.ts'
import { readPdf } from './pdf-text.ts'

const HEAD: RepairPaperHead = {
  office: '示例市维修资金中心', number: 'WX2026-00012', complex: '望江花园', place: '3幢 1单元 屋面', title: '屋面渗漏修补',
  reportedOn: parseDate('2026-07-01'), quotedFen: parseYuan('12800.00'), contractor: '示例修缮工程有限公司',
  supervisor: '示例监理有限公司', printedOn: parseDate('2026-09-26'), printedBy: '张制单',
}
const NOBODY = { section: [], supervisor: [], contractor: [] }

/** All its text in reading order, spaces aside. */
async function textOf(sheet: RepairSheet): Promise<string> {
  const { pages } = await readPdf(await renderPaper(repairSheetPaper(sheet)))
  return pages.flat().map(({ text }) => text).join('').replaceAll(/\s/g, '')
}

function order(more: Partial<PaymentOrder> = {}): PaymentOrder {
  return {
    payee: '示例修缮工程有限公司', payeeBank: '示例银行 6220001', amountFen: parseYuan('11680.05'), settledFen: parseYuan('12800.00'),
    paidBeforeFen: parseYuan('0.00'), instalment: '第 1 次付款', payerAccount: '示例银行 600000000011', charged: '按面积，48 户分摊',
    preparedBy: '张制单', on: parseDate('2026-08-01'), answered: [], ...more,
  }
}

describe('a payment instruction', () => {
  it('says the amount in figures and in capitals, the payee with account, and the account it leaves from', async () => {
    const text = await textOf(paymentOrder(HEAD, order()))
    for (const part of ['人民币壹万壹仟陆佰捌拾元零伍分', '¥11,680.05', '示例银行6220001', '示例银行600000000011', '一式三份']) {
      expect(text).toContain(part)
    }
  })

  it('names who answered a suspicion and who paid on that answer', async () => {
    const line = { matter: '疑似拆分项目：两项合计', answer: '两处各是一个项目', answeredBy: '李审核', second: '张制单' }
    const text = await textOf(paymentOrder(HEAD, order({ answered: [line] })))
    for (const part of ['疑点说明', ...Object.values(line)]) expect(text).toContain(part)
    expect(await textOf(paymentOrder(HEAD, order()))).not.toContain('疑点说明')
  })

  it('prints the same bytes every time', async () => {
    const draw = () => renderPaper(repairSheetPaper(paymentOrder(HEAD, order())))
    expect(Buffer.from(await draw()).equals(Buffer.from(await draw()))).toBe(true)
  })

  it('refuses a name the font cannot draw, naming the field', async () => {
    await expect(textOf(paymentOrder(HEAD, order({ payee: '☑工程公司' })))).rejects.toThrow(/收款单位/)
  })
})

describe('the other papers of a job', () => {
  it('the draw shows seed, rate, rank and who was drawn, so that anybody can draw again', async () => {
    const text = await textOf(drawRecord({
      office: HEAD.office, drawId: 3, at: '2026-09-10 10:20', person: '李审核', seed: 'a3f1c0d2', printedOn: HEAD.printedOn,
      printedBy: '李审核',
      strata: [{ contractor: '示例修缮工程有限公司', percent: parsePercent('30'), repairs: [
        { number: 'WX2026-00010', title: '楼道灯更换', rank: '0a3f11b2', isDrawn: true },
        { number: 'WX2026-00011', title: '闭门器', rank: '7a3f11b2', isDrawn: false },
      ] }],
    }))
    for (const part of ['a3f1c0d2', '抽查比例30.00%', '0a3f11b2√', '抽中1项']) expect(text).toContain(part)
  })

  it('the summary ties its lines to the total and leaves room for three seals', async () => {
    const text = await textOf(summaryTable(HEAD, {
      lines: [
        { item: '合同内', quantity: '一项', amountFen: parseYuan('12800.00') },
        { item: '决算核减', quantity: '', amountFen: parseYuan('-123.45') },
      ],
      totalFen: parseYuan('12676.55'), works: { agreed: null, actual: null },
      signers: { section: ['科室甲', '科室乙'], supervisor: ['监理甲'], contractor: [] },
    }))
    for (const part of ['-123.45', '合计12,676.55', '科室甲、科室乙', '人民币壹万贰仟陆佰柒拾陆元伍角伍分']) expect(text).toContain(part)
    expect(text.match(/（盖章）/g)).toHaveLength(3)
  })

  it('acceptance, summary and settlement name both periods of the works and the days the works were late', async () => {
    const agreed = { from: parseDate('2026-07-02'), to: parseDate('2026-07-16') }
    const late = { from: parseDate('2026-07-03'), to: parseDate('2026-07-18') }
    const record = { on: null, finding: '', sectionStaff: [], followUp: '', warrantyUntil: null, signers: NOBODY, photos: [] }
    const accepted = await textOf(acceptanceRecord(HEAD, { ...record, works: { agreed, actual: late } }))
    for (const part of ['合同工期2026年7月2日至2026年7月16日，15天', '实际工期2026年7月3日至2026年7月18日，16天，逾期2天']) {
      expect(accepted).toContain(part)
    }
    expect(await textOf(acceptanceRecord(HEAD, { ...record, works: { agreed, actual: agreed } }))).toContain('15天，按期完工')
    const summary = { lines: [], totalFen: parseYuan('0.00'), signers: NOBODY }
    expect(await textOf(summaryTable(HEAD, { ...summary, works: { agreed: null, actual: late } }))).toContain('合同工期未约定')
    const settled = await textOf(settlementSheet(HEAD, {
      approvedFen: null, contractFen: null, addedFen: null, settledFen: parseYuan('1.00'), lines: [],
      works: { agreed, actual: late }, audit: '', retentionFen: null, retentionDue: null,
    }))
    expect(settled).toContain('逾期2天')
  })

  it('the publication is set for a notice board and names no household', async () => {
    const sheet = useDisclosure(HEAD, {
      settledFen: parseYuan('12800.00'), paidFen: parseYuan('0.00'), acceptedOn: parseDate('2026-07-20'), warrantyUntil: null,
      authority: '业主表决 BJ2026-00001', charged: '按面积，48 户分摊', from: parseDate('2026-07-22'), to: parseDate('2026-07-28'),
      place: '3幢门厅', phones: ['12345'], lines: [{ item: '合同内', quantity: '一项', amountFen: parseYuan('12800.00') }],
    })
    expect(repairSheetPaper(sheet).definition.defaultStyle?.fontSize).toBeGreaterThanOrEqual(11)
    const text = await textOf(sheet)
    for (const part of ['2026年7月22日至2026年7月28日', '3幢门厅', '监督电话：12345', '未约定']) expect(text).toContain(part)
  })

  it('a visa and a review can be printed blank, to be filled in on site', async () => {
    const visa = await textOf(visaSheet(HEAD, {
      seq: null, on: null, content: '', items: [], addedFen: null, ...NOBODY, photos: [],
    }))
    expect(visa).toContain('科室（不少于二人）')
    const unseen = { person: '', at: '', place: '', finding: '', photos: [] }
    const visits = [{ party: '科室', ...unseen }, { party: '监理', ...unseen }]
    const review = { on: null, approvedFen: null, section: [], supervisor: [], visits }
    expect(await textOf(reviewRecord(HEAD, { kind: 'spotCheck', ...review }))).toContain('小额维修抽查记录')
    const site = await textOf(reviewRecord(HEAD, { kind: 'siteReview', ...review }))
    for (const part of ['科室到场人', '监理到场人', '各自留存时间、地点、照片和结论']) expect(site).toContain(part)
  })

  it('a long path goes over the page without losing a step', async () => {
    const opinions = Array.from({ length: 60 }, (_, index) =>
      ({ step: '退回', text: `第${index + 1}步的意见。`, person: '李审核', on: HEAD.reportedOn }))
    const answered = [{ matter: '疑似拆分项目：两项合计', answer: '两处各是一个项目', answeredBy: '李审核', second: '张制单' }]
    const text = await textOf(opinionSheet(HEAD, { opinions, standing: '验收', amountFen: parseYuan('12800.00'), answered }))
    for (const part of Object.values(answered[0] ?? {})) expect(text).toContain(part)
    for (const { text: said } of opinions) expect(text).toContain(said)
    expect(text).toMatch(/共[23]页/)
  })
})
