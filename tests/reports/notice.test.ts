import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { parseShortCode } from '#core/disclosure/digest.ts'
import { buildQuarterSheet } from '#core/disclosure/sheet.ts'
import { formatYuan } from '#core/money.ts'
import { noticeFigures } from '#reports/notice-figures.ts'
import type { NoticeModel } from '#reports/notice-model.ts'
import { noticePaper } from '#reports/notice.ts'
import { renderPaper } from '#reports/render.ts'
import { income, plainInput } from '#tests/core/disclosure/sheets.ts'
import { correctedNotice, emptyNotice, longNotice, negativeNotice, noticeOf, previewNotice, shortNotice } from './notices.ts'
import { readPdf, textOf } from './pdf-text.ts'

const draw = (model: NoticeModel): Promise<Uint8Array> => renderPaper(noticePaper(model))
const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

describe('printing again', () => {
  it('gives the same bytes in this process and in two others', async () => {
    const script = fileURLToPath(new URL('./draw-in-process.ts', import.meta.url))
    // Another time zone must not reach the file.
    const run = (TZ: string): string =>
      execFileSync(process.execPath, [script], { env: { ...process.env, TZ }, encoding: 'utf8' }).trim()
    const here = sha(await draw(longNotice()))
    expect(sha(await draw(longNotice()))).toBe(here)
    expect(run('Asia/Shanghai')).toBe(here)
    expect(run('America/New_York')).toBe(here)
  })

  it('gives other bytes for another figure', async () => {
    const other = noticeOf(buildQuarterSheet(plainInput({ reconciling: [] })))
    expect(sha(await draw(other))).not.toBe(sha(await draw(shortNotice())))
  })
})

describe('the printed notice', () => {
  it('is A4 portrait in two pages for a plain quarter, every part and figure on it', async () => {
    const { pages, info } = await readPdf(await draw(shortNotice()))
    expect(pages).toHaveLength(2)
    const text = pages.map(textOf).join('')
    for (const part of ['一、上期结余', '二、本期收入', '三、扣减', '四、本期净收益', '五、本期支出', '六、转入住宅专项维修资金', '七、期末结余', '八、银行余额核对']) {
      expect(text).toContain(part)
    }
    const { sheet } = shortNotice()
    for (const figure of [
      sheet.opening.total,
      sheet.income.received,
      sheet.costs.total,
      sheet.net,
      sheet.uses.total,
      sheet.closing,
    ]) {
      expect(text).toContain(formatYuan(figure.amount))
    }
    expect(text).toContain('人民币壹万叁仟伍佰元整')
    expect(info['Title']).toBe('湖畔新村公共收益收支公示表 2025年第3季度')
    expect(info['CreationDate']).toBe('D:20251012000000Z')
  })

  it('carries its short code on every page and as the file\'s keywords', async () => {
    const model = shortNotice()
    const { pages, info } = await readPdf(await draw(model))
    for (const page of pages) expect(textOf(page)).toContain(`校验码${model.version.code ?? '无'}`)
    expect(parseShortCode(String(info['Keywords']))).toMatchObject({ complexCode: 'XM-003', quarter: '2025Q3', version: 1 })
  })

  it('counts its pages and repeats title, part and column heads on each', async () => {
    const { pages } = await readPdf(await draw(longNotice()))
    expect(pages.length).toBeGreaterThanOrEqual(3)
    pages.forEach((page, index) => {
      expect(textOf(page)).toContain(`第${index + 1}页共${pages.length}页`)
      if (index > 0) expect(textOf(page)).toContain('2025年第3季度（续）')
    })
    const income = pages.filter((page) => textOf(page).includes('二、本期收入'))
    expect(income.length).toBeGreaterThan(2)
    for (const page of income) expect(textOf(page)).toContain('本期应收')
  })

  it('has no body text below 11 pt and a title of 18 pt', async () => {
    const { pages } = await readPdf(await draw(longNotice()))
    const body = pages.flat().filter((item) => item.y > 82 && item.y < 842 - 40)
    expect(Math.min(...body.map((item) => item.size))).toBeGreaterThanOrEqual(10.99)
    expect(Math.max(...body.map((item) => item.size))).toBeCloseTo(18, 1)
  })

  it('aligns the amounts of every last column on one right edge', async () => {
    const { pages } = await readPdf(await draw(shortNotice()))
    const amounts = (pages[1] ?? []).filter((item) => /^-?[\d,]+\.\d\d$/.test(item.text) && item.x > 480)
    expect(amounts.length).toBeGreaterThan(6)
    for (const item of amounts) expect(item.x + item.width).toBeCloseTo(595.28 - 42 - 4.5, 0)
  })

  it.each(Array.from({ length: 14 }, (_, index) => index + 5))(
    'never leaves a total alone at the head of a page (%i rows)',
    async (rows) => {
      const { pages } = await readPdf(await draw(longNotice(rows)))
      for (const page of pages.slice(1)) {
        const body = page.filter((item) => item.y < 842 - 40 && item.y > 82).sort((a, b) => b.y - a.y || a.x - b.x)
        const total = body.find((item) => item.x < 68 && /^(收入合计|支出合计|扣减合计|合计)/.test(item.text))
        if (total === undefined) continue
        // A numbered row stands above every total that a page shows.
        expect(body.some((item) => item.y > total.y + 1 && item.x < 68 && /^\d+$/.test(item.text))).toBe(true)
      }
    },
  )

  it('keeps seals, names and posting lines together on one page', async () => {
    for (const rows of [6, 9, 12, 15]) {
      const { pages } = await readPdf(await draw(longNotice(rows)))
      const last = textOf(pages.at(-1) ?? [])
      for (const text of ['编制单位（盖章）', '物业服务企业（盖章）', '业主委员会（盖章）', '项目负责人（签字）', '公示时间：', '监督电话：']) {
        expect(last).toContain(text)
      }
    }
  })

  it('prints blank as blank, zero as 0.00, and the reason for it', async () => {
    const text = (await readPdf(await draw(emptyNotice()))).pages.map(textOf).join('')
    expect(text).toContain('说明：道路改造')
    expect(text).toContain('本期没有支出。')
    expect(text).toContain('＝期末结余')
    expect(text).toContain('零元整')
  })

  it('prints a negative opening with its minus and an individual as 个人', async () => {
    const text = (await readPdf(await draw(negativeNotice()))).pages.map(textOf).join('')
    expect(text).toContain('-1,332.00')
    expect(text).toContain('9,476.00')
    expect(text).toContain('服务费：个人')
  })

  it('says which version it replaces and why', async () => {
    const text = (await readPdf(await draw(correctedNotice()))).pages.map(textOf).join('')
    expect(text).toContain('（第2版）')
    expect(text).toContain('更正公示：本表代替第1版。更正原因：第1版把9月30日停车费')
  })

  it('as a preview carries a watermark, no code and no keywords', async () => {
    const { pages, info } = await readPdf(await draw(previewNotice()))
    for (const page of pages) {
      expect(page.some((item) => item.text === '预览' && item.size > 60) || textOf(page).includes('预览稿，未公示')).toBe(true)
      expect(textOf(page)).not.toContain('校验码')
    }
    expect(pages.flat().some((item) => item.text === '预览')).toBe(true)
    expect(info['Keywords']).toBeUndefined()
  })
})

describe('characters the font does not have', () => {
  const withCompany = (name: string): NoticeModel =>
    noticeOf(
      buildQuarterSheet(
        plainInput({ income: [income('a', '租金', '甲公司', '1.00'), income('b', '租金', name, '1.00')] }),
      ),
    )

  it.each([
    ['𠮷田商行', '𠮷', 'U+20BB7'],
    ['☑已验收公司', '☑', 'U+2611'],
  ])('are refused by name and field: %s', async (name, character, codePoint) => {
    const refused = await draw(withCompany(name)).catch((error: unknown) => error)
    expect(refused).toMatchObject({ name: 'Problem', code: 'print.glyph', field: '收入·对方', row: 2 })
    expect(String(refused)).toContain(character)
    expect(String(refused)).toContain(codePoint)
  })

  it('are refused in the fields of the version too', async () => {
    const notice = correctedNotice()
    const version = { ...notice.version, correction: { replaces: 1, reason: '✔ 已更正' } }
    await expect(draw({ ...notice, version })).rejects.toMatchObject({ field: '更正原因' })
  })

  it('rare characters that names really use print', async () => {
    const text = (await readPdf(await draw(withCompany('犇翀堃喆䶮商贸')))).pages.map(textOf).join('')
    expect(text).toContain('犇翀堃喆䶮商贸')
  })
})

describe('the figures as JSON', () => {
  it('are those of the paper, in plain yuan, blanks as null, without voucher ids', () => {
    const figures = noticeFigures(emptyNotice())
    expect(figures).toMatchObject({
      closing: '0.00',
      quarter: '2025Q3',
      income: { rows: [{ received: null, counterparty: '个人' }] },
    })
    const text = JSON.stringify(noticeFigures(longNotice()))
    expect(text).not.toContain('refs')
    expect(text).toContain('"received":"349614.85"')
  })
})
