import fc from 'fast-check'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseQuarter } from '#core/calendar.ts'
import { percentShares } from '#core/disclosure/shares.ts'
import { buildQuarterSheet } from '#core/disclosure/sheet.ts'
import { addFen, fen, parseYuan, plainYuan } from '#core/money.ts'
import { cost, figure, income, plainInput, rekeyedHalfYear, transfer, use } from './sheets.ts'

describe('the quarter sheet', () => {
  it('closes at opening plus net income less uses and transfer', () => {
    const sheet = buildQuarterSheet(plainInput())
    expect(plainYuan(sheet.net.amount)).toBe('11000.00')
    expect(plainYuan(sheet.closing.amount)).toBe('13500.00')
    expect(sheet.bank.difference).toBe(0)
    expect(sheet.transfers.ratioHundredths).toBe(5454)
  })

  it('closes by the same formula whatever the figures, red rows included', () => {
    const amount = fc.integer({ min: -50_000_000, max: 50_000_000 })
    fc.assert(
      fc.property(
        amount,
        fc.array(amount),
        fc.array(amount),
        fc.array(amount),
        fc.array(amount),
        (first, ins, costs, uses, moves) => {
          const yuan = (value: number): string => plainYuan(fen(value))
          const sheet = buildQuarterSheet(
            plainInput({
              openings: [{ id: 'o', label: '账户', amount: figure(yuan(first)) }],
              income: ins.map((value, index) => income(`i${index}`, `类别${index % 3}`, '公司', yuan(value))),
              costs: costs.map((value, index) => cost(`c${index}`, '税', yuan(value))),
              uses: uses.map((value, index) => use(`u${index}`, '修', yuan(value))),
              transfers: moves.map((value, index) => transfer(`t${index}`, '2025-08-01', yuan(value))),
            }),
          )
          const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
          expect(sheet.closing.amount).toBe(first + sum(ins) - sum(costs) - sum(uses) - sum(moves))
          expect(addFen(...sheet.income.categories.map((row) => row.received.amount))).toBe(
            sheet.income.received.amount,
          )
        },
      ),
    )
  })

  it('lets every figure open the vouchers behind it, the closing balance all of them', () => {
    const sheet = buildQuarterSheet(
      plainInput({
        income: [
          income('a', '停车', '甲公司', '10.00'),
          income('b', '广告', '乙公司', '5.00', { received: figure('5.00', 7, 6) }),
        ],
      }),
    )
    expect(sheet.income.received.refs).toEqual([1, 6, 7])
    expect(sheet.closing.refs).toEqual([1, 2, 3, 4, 6, 7, 9])
  })

  it('keeps a source that fell silent as a blank row with its last money', () => {
    const earlier = [
      {
        id: 'locker', quarter: parseQuarter('2025Q1'), category: '快递柜',
        counterparty: { kind: 'company' as const, name: '示例柜业' }, place: '', contractNo: null,
        received: parseYuan('900.00'),
      },
      {
        id: 'locker', quarter: parseQuarter('2025Q2'), category: '快递柜',
        counterparty: { kind: 'company' as const, name: '示例柜业' }, place: '', contractNo: null,
        received: parseYuan('800.00'),
      },
    ]
    const row = buildQuarterSheet(plainInput({ earlier })).income.rows.find((candidate) => candidate.id === 'locker')
    expect(row?.received).toBeNull()
    expect(row?.lastMoney).toEqual({ quarter: '2025Q2', received: 80_000 })
  })

  it('refuses two rows with one id, naming part and row', () => {
    const rows = [income('a', '停车', '甲', '1.00'), income('a', '停车', '乙', '2.00')]
    expect(() => buildQuarterSheet(plainInput({ income: rows }))).toThrow(
      expect.objectContaining({ code: 'disclosure.row-id', field: '收入', row: 2 }),
    )
  })

  it('reproduces every sum of the published half-year statement with a negative opening', () => {
    const sheet = buildQuarterSheet(rekeyedHalfYear())
    expect(plainYuan(sheet.opening.total.amount)).toBe('-1332.00')
    expect(plainYuan(sheet.income.received.amount)).toBe('82636.00')
    expect(plainYuan(sheet.uses.total.amount)).toBe('71828.00')
    expect(plainYuan(sheet.closing.amount)).toBe('9476.00')
    expect(sheet.bank.difference).toBe(0)
    const groups = ['维修费用', '绿化费用', '办公和保洁费用'].map((name) =>
      addFen(...sheet.uses.rows.filter((row) => row.item.startsWith(name)).map((row) => row.amount?.amount ?? fen(0))),
    )
    expect(groups.map(plainYuan)).toEqual(['8747.00', '4316.00', '847.00'])
  })
})

describe('percent columns', () => {
  it('sum to exactly 100.00 % for any amounts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { minLength: 1, maxLength: 40 }), (amounts) => {
        const shares = percentShares(amounts.map(fen))
        const total = amounts.reduce((sum, amount) => sum + amount, 0)
        if (total === 0) expect(shares).toBeNull()
        else expect(shares?.reduce((sum, share) => sum + share, 0)).toBe(10_000)
      }),
    )
  })

  it('have no meaning beside a red row', () => {
    expect(percentShares([fen(500), fen(-100)])).toBeNull()
  })

  it('are the published ones of the 2023 city report', () => {
    const amounts = ['11473.35', '7511.23', '5535.52'].map((text) => parseYuan(text))
    expect(percentShares(amounts)).toEqual([4679, 3063, 2258])
    const uses = ['436.46', '1554.46', '240.60', '655.85', '165.31'].map((text) => parseYuan(text))
    expect(percentShares(uses)).toEqual([1430, 5092, 788, 2148, 542])
  })
})

describe('the published sample', () => {
  const file = join(process.env['MINGZHANG_SAMPLES'] ?? '../shared/samples', 'disclosures.json')
  const present = existsSync(file)
  if (!present) console.log(`SKIPPED: ${file} is absent`)

  it.skipIf(!present)('agrees with our re-keyed half-year statement', () => {
    const { items } = JSON.parse(readFileSync(file, 'utf8')) as { items: { id: string; opening?: string; closing?: string }[] }
    const published = items.find((item) => item.id === 'XQ2017H1')
    const sheet = buildQuarterSheet(rekeyedHalfYear())
    expect(plainYuan(sheet.opening.total.amount)).toBe(published?.opening)
    expect(plainYuan(sheet.closing.amount)).toBe(published?.closing)
  })
})
