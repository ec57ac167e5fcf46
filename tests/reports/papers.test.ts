import { describe, expect, it } from 'vitest'
import { refuseMissingGlyphs, missingCharacters } from '#reports/font.ts'
import { qrSvg } from '#reports/qr.ts'
import { renderPaper } from '#reports/render.ts'
import { trialBalancePaper } from '#reports/trial-balance.ts'
import { voucherPaper } from '#reports/voucher.ts'
import { trialBalanceModel, voucherModel } from './papers.ts'
import { readPdf, textOf } from './pdf-text.ts'

describe('the trial balance', () => {
  it('prints debit beside credit and says whether they are equal', async () => {
    const { pages } = await readPdf(await renderPaper(trialBalancePaper(trialBalanceModel())))
    const text = pages.map(textOf).join('')
    expect(pages).toHaveLength(1)
    expect(text).toContain('住宅专项维修资金科目余额表')
    expect(text).toContain('1,790,538.63')
    expect(text).toContain('借贷合计相等。')
  })

  it('says so when debit and credit differ', async () => {
    const model = trialBalanceModel()
    const broken = { ...model, totals: { ...model.totals, closingDebit: model.totals.periodDebit } }
    const { pages } = await readPdf(await renderPaper(trialBalancePaper(broken)))
    expect(pages.map(textOf).join('')).toContain('借贷合计不相等')
  })

  it('repeats both head rows on every page', async () => {
    const { pages } = await readPdf(await renderPaper(trialBalancePaper(trialBalanceModel(90))))
    expect(pages.length).toBeGreaterThan(2)
    for (const page of pages) expect(textOf(page)).toMatch(/科目编码.*期末余额.*借方.*贷方/)
  })
})

describe('the printed voucher', () => {
  it('has the fields of the rule: number, date, attachments, capitals and every signature', async () => {
    const { pages } = await readPdf(await renderPaper(voucherPaper(voucherModel())))
    expect(pages).toHaveLength(1)
    const text = textOf(pages[0] ?? [])
    for (const part of ['记账凭证', '凭证号收-12', '2025年9月28日', '附件2张', '人民币叁仟元整', '会计主管：林主管', '记账：周记账', '审核：吴审核', '出纳：黄出纳', '制单：陈会计']) {
      expect(text).toContain(part)
    }
  })

  it('goes on to further sheets with fraction numbers and totals on the last only', async () => {
    const { pages } = await readPdf(await renderPaper(voucherPaper(voucherModel(7))))
    expect(pages).toHaveLength(3)
    expect(pages.map((page) => textOf(page).includes('转下页'))).toEqual([true, true, false])
    expect(textOf(pages[2] ?? [])).toContain('（3/3）')
    expect(textOf(pages[2] ?? [])).toContain('人民币贰万壹仟元整')
  })

  it('marks what is not posted and leaves the cashier out of transfers', async () => {
    const model = voucherModel(1, { state: 'draft', needsCashier: false })
    const text = textOf((await readPdf(await renderPaper(voucherPaper(model)))).pages[0] ?? [])
    expect(text).toContain('未审核')
    expect(text).not.toContain('出纳')
  })

  it('stays on one sheet with the longest summaries of a full form', async () => {
    const model = voucherModel(3)
    const lines = model.lines.map((line) => ({ ...line, summary: '收滨海国际花园城三期电梯轿厢广告第3季度租金' }))
    expect((await readPdf(await renderPaper(voucherPaper({ ...model, lines })))).pages).toHaveLength(1)
  })
})

describe('glyphs', () => {
  it('of everything the papers print themselves exist', () => {
    expect(missingCharacters('＋－＝（）〔〕：；、。，！？“”‘’《》·—…￥¥√■□●0123456789年月日')).toEqual([])
  })

  it('are named once each', () => {
    expect(missingCharacters('☑甲☑乙☐')).toEqual(['☑', '☐'])
    expect(() =>
      refuseMissingGlyphs([
        { field: '备注', text: '好' },
        { field: '摘要', row: 3, text: '✔' },
      ]),
    ).toThrow(/“摘要”第 3 行中的“✔”（U\+2714）/)
  })
})

describe('QR codes', () => {
  it('are one black path with four white modules around', () => {
    const svg = qrSvg('MZ-XM-003-2025Q3-V1-FY1V-2SBZ-Y7Y5', 56)
    const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
    const starts = [...svg.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, width]) => ({
      x: Number(x),
      y: Number(y),
      end: Number(x) + Number(width),
    }))
    expect(Math.min(...starts.map((run) => Math.min(run.x, run.y)))).toBe(4)
    expect(Math.max(...starts.map((run) => run.end))).toBe(side - 4)
    expect(svg).not.toMatch(/href|url\(/)
  })
})
