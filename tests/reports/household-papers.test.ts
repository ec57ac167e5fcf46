import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { balanceOfParts } from '#core/household/household-entry.ts'
import { fen, parseYuan, ZERO_FEN } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { householdLettersPaper } from '#reports/household-letter.ts'
import { householdStatementsPaper, type HouseholdStatement, type HouseholdStatementsModel } from '#reports/household-statement.ts'
import { renderPaper } from '#reports/render.ts'
import { readPdf, textOf } from './pdf-text.ts'

const day = parseDate
const NO_SUMS = {
  opening: ZERO_FEN, paidIn: ZERO_FEN, refund: ZERO_FEN, used: ZERO_FEN, gain: ZERO_FEN, carried: ZERO_FEN, correction: ZERO_FEN,
}

function statement(room: string, count: number): HouseholdStatement {
  const lines = Array.from({ length: count }, (_, index) => ({
    date: day('2025-06-10'), word: `记-${index + 1}号`, summary: '屋面防水整修分摊', movement: 'used' as const,
    part: 'principal' as const, amountFen: fen(-100), balanceFen: fen(1_000_000 - 100 * (index + 1)),
  }))
  return {
    complex: '望江花园', address: `1幢 1单元 ${room}`, areaDm2: 8950, owners: '欧阳**、王**', firstDueFen: parseYuan('7160'), lines,
    opening: balanceOfParts({ principal: fen(990_000), interest: fen(10_000) }), sums: { ...NO_SUMS, used: fen(-100 * count) },
    closing: balanceOfParts({ principal: fen(990_000 - 100 * count), interest: fen(10_000) }),
  }
}

function model(...statements: readonly HouseholdStatement[]): HouseholdStatementsModel {
  return {
    office: '示例市维修资金中心', from: day('2025-01-01'), to: day('2025-12-31'), printedOn: day('2026-01-05'), printedBy: '张会计',
    statements,
  }
}

async function pagesOf(paper: Parameters<typeof renderPaper>[0]): Promise<string[]> {
  return (await readPdf(await renderPaper(paper))).pages.map((page) => textOf(page).replace(/\s/g, ''))
}

describe('a statement of a household', () => {
  it('says what was there, what went out without a minus, and what is left, apart', async () => {
    const [page = ''] = await pagesOf(householdStatementsPaper(model(statement('301', 2))))
    expect(page).toContain('期初余额10,000.00')
    expect(page).toContain('屋面防水整修分摊维修分摊本金1.00')
    expect(page).toContain('期末余额9,998.00元，其中本金9,898.00元，利息100.00元')
    expect(page).toContain('产权人：欧阳**、王**')
  })

  it('of several households begins each on a page of its own, and a long one repeats its head', async () => {
    const pages = await pagesOf(householdStatementsPaper(model(statement('301', 60), statement('302', 0))))
    expect(pages.length).toBeGreaterThanOrEqual(3)
    expect(pages[1]).toContain('日期凭证摘要')
    expect(pages.at(-1)).toContain('302')
    expect(pages.at(-1)).toContain('本期没有变动')
  })

  it('is drawn to the same bytes again', async () => {
    const paper = () => renderPaper(householdStatementsPaper(model(statement('301', 1))))
    expect(Buffer.from(await paper()).equals(Buffer.from(await paper()))).toBe(true)
  })
})

const HEAD = { office: '示例市维修资金中心', complex: '望江花园', date: day('2026-01-05'), printedBy: '张会计' }

describe('letters', () => {
  it('to top up name the house, the share, the amount and where it goes, one page each', async () => {
    const letter = {
      owners: '王**', firstDueFen: parseYuan('1000'), balanceFen: parseYuan('299.99'), owedFen: parseYuan('700.01'),
    }
    const pages = await pagesOf(householdLettersPaper({
      ...HEAD, kind: 'topUp', below: parsePercent('30'), payInto: '望江花园专户，示例银行，账号 6001', phone: '0562-1',
      letters: [{ ...letter, address: '1幢 301' }, { ...letter, address: '1幢 302' }],
    }))
    expect(pages).toHaveLength(2)
    expect(pages[0]).toContain('1幢301王**')
    expect(pages[0]).toContain('应续交700.01')
    expect(pages[0]).toContain('账号6001')
    expect(pages[1]).toContain('1幢302')
  })

  it('of a transfer hand the balance over without cash', async () => {
    const [page] = await pagesOf(householdLettersPaper({
      ...HEAD, kind: 'transfer', address: '1幢 301', effectiveOn: day('2025-12-01'), reason: '买卖', before: '王**', after: '李**',
      principalFen: parseYuan('900'), interestFen: parseYuan('12.34'), totalFen: parseYuan('912.34'), areaDm2: 8950,
      areas: [
        { source: 'certificate', areaDm2: 9010, basis: '皖(2025)0001号' }, { source: 'contract', areaDm2: 8950, basis: '合同 7 号' },
      ],
      settleFen: parseYuan('48'),
    }))
    expect(page).toContain('原产权人王**')
    expect(page).toContain('余额合计912.34')
    expect(page).toContain('不收付现金')
    expect(page).toContain('产权登记面积90.10㎡（皖(2025)0001号）合同面积89.50㎡（合同7号）楼盘表89.50㎡，以产权登记面积为准')
    expect(page).toContain('尚欠48.00元')
    expect(page).toContain('玖佰壹拾贰元叁角肆分')
  })

  it('for self-funding ask each payer alone, for what is left, by a day', async () => {
    const letter = {
      payer: '王**', title: '1 幢屋面防水', shareFen: parseYuan('800'), drawnFen: parseYuan('300'), paidFen: parseYuan('100'),
      leftFen: parseYuan('400'), dueOn: day('2026-02-04'),
    }
    const pages = await pagesOf(householdLettersPaper({
      ...HEAD, kind: 'selfFunding', payInto: '示例花园专户', phone: '0562-1234567',
      letters: [{ ...letter, address: '1幢 301' }, { ...letter, address: '1幢 302', payer: '开发建设单位', paidFen: parseYuan('0') }],
    }))
    expect(pages).toHaveLength(2)
    expect(pages[0]).toContain('已交自筹100.00应交自筹400.00')
    expect(pages[0]).toContain('2026年2月4日前交入')
    expect(pages[1]).toContain('1幢302开发建设单位')
    expect(pages[1]).not.toContain('已交自筹')
  })
})
