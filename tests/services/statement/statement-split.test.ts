/** Invariant 13 over files: however an account's rows are cut into downloads, each is stored once and none is lost. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { Problem } from '#core/problem.ts'
import { parseYuan, plainYuan, type Fen } from '#core/money.ts'
import { batchTally, importStatement, listBatches, previewStatement, rollbackBatch } from '#services/statement/statement.ts'
import { saveMapping } from '#services/statement/statement-mapping.ts'
import { utf8 } from '#tests/core/statement/statement-files.ts'
import { statementOffice, type StatementOffice } from './statement-office.ts'

type Move = { readonly day: number; readonly fen: number; readonly isOut: boolean }
type Row = { readonly date: string; readonly fen: number; readonly balance: Fen; readonly serial: string }

const OPENING = 100_000

/** Few days, few amounts: equal rows abound. */
const moves = fc.array(
  fc.record({ day: fc.integer({ min: 1, max: 9 }), fen: fc.integer({ min: 1, max: 3 }), isOut: fc.boolean() }),
  { minLength: 1, maxLength: 14 },
)

function rowsOf(drawn: readonly Move[]): Row[] {
  let balance = OPENING
  return drawn.toSorted((a, b) => a.day - b.day).map(({ day, fen, isOut }, index) => {
    const signed = isOut ? -fen : fen
    balance += signed
    return { date: `2025-01-0${day}`, fen: signed, balance: parseYuan((balance / 100).toFixed(2)), serial: `S${index}` }
  })
}

const yuan = (fen: number) => plainYuan(parseYuan((fen / 100).toFixed(2)))

/** A bank's own table: no serial, no time; a clerk can only choose days, so every file has whole days. */
function ownTable(rows: readonly Row[]): string {
  return ['营业日,发生数,结存数,说明', ...rows.map((row) => `${row.date},${yuan(row.fen)},${plainYuan(row.balance)},往来`), ''].join('\r\n')
}

function mt940(rows: readonly Row[]): string {
  const swift = (fen: number) => `${fen < 0 ? 'D' : 'C'}250131CNY${yuan(Math.abs(fen)).replace('.', ',')}`
  const first = rows[0]
  const last = rows.at(-1)
  const before = first === undefined ? 0 : first.balance - first.fen
  const plain = (fen: number) => yuan(Math.abs(fen)).replace('.', ',')
  return [
    ':20:X', ':25:5510000000000001', ':28C:1/1', `:60F:${swift(before).replace('250131', '250101')}`,
    ...rows.map(
      ({ date, fen, serial }) =>
        `:61:2501${date.slice(-2)}01${date.slice(-2)}${fen < 0 ? 'D' : 'C'}${plain(fen)}NTRFNONREF//${serial}`,
    ),
    `:62F:${swift(last?.balance ?? 0)}`, '-', '',
  ].join('\r\n')
}

function take(office: StatementOffice, name: string, text: string): void {
  try {
    importStatement(
      office.preparer, previewStatement(office.ledger, office.account, { name, bytes: utf8(text) }), { acceptGap: true },
    )
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // A piece that brings nothing new is said to be so; nothing else may be refused.
    expect(['statement.sameFile', 'statement.nothingNew']).toContain(error.code)
  }
}

function sumOf(ledger: Ledger): number {
  return Number(ledger.sqlite.prepare('SELECT coalesce(sum(amount_fen), 0) FROM statement_line').pluck().get())
}

/** Pieces that together hold every row, overlapping at will, in the order drawn. */
function pieces(
  rows: readonly Row[], cuts: readonly (readonly [number, number])[], order: readonly number[], byDay: boolean,
): Row[][] {
  const days = [...new Set(rows.map((row) => row.date))]
  const units = byDay ? days.map((day) => rows.filter((row) => row.date === day)) : rows.map((row) => [row])
  const middle = Math.floor(units.length / 2)
  const spans = [
    [0, middle], [middle, units.length - 1],
    ...cuts.map(([a, b]) => [a % units.length, b % units.length].toSorted((x, y) => x - y)),
  ]
  return spans
    .map(([from = 0, to = 0], index) => ({ rows: units.slice(from, to + 1).flat(), rank: order[index % order.length] ?? index }))
    .toSorted((a, b) => a.rank - b.rank)
    .map((piece) => piece.rows)
}

function describeTable(office: StatementOffice): void {
  saveMapping(office.preparer, office.account, {
    name: '示例银行',
    mapping: {
      titles: ['营业日', '发生数', '结存数', '说明'], fields: { 营业日: 'date', 发生数: 'amount', 结存数: 'balance', 说明: 'memo' },
      rule: 'signed', positiveIs: 'in', inWords: [], outWords: [], dateOrder: 'year', brackets: 'byBalance',
    },
  })
}

function takeAllBack(office: StatementOffice): void {
  for (const batch of listBatches(office.ledger, { bankAccountId: office.account, limit: 50 })) {
    if (batch.rolledBackAt !== null) continue
    expect(batchTally(office.ledger, batch.id).isWhole).toBe(true)
    rollbackBatch(office.preparer, batch.id, '下一轮')
  }
}

const cuts = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 4 })
const order = fc.array(fc.nat(), { minLength: 6, maxLength: 6 })

it.each([
  ['a described table without serials or times, cut by days', true, ownTable],
  ['MT940 messages, cut anywhere', false, mt940],
] as const)('%s: nothing twice, nothing lost, whatever the order', (_, byDay, write) => {
  const office = statementOffice()
  describeTable(office)
  fc.assert(
    fc.property(moves, cuts, order, (drawn, spans, ranks) => {
      const rows = rowsOf(drawn)
      for (const [index, piece] of pieces(rows, spans, ranks, byDay).entries()) take(office, `${index}.txt`, write(piece))
      const stored = office.lines().map((line) => [line.date, line.amountFen, line.serial].join())
      const whole = rows.map((row) => [row.date, row.fen, byDay ? '' : row.serial].join())
      expect(stored.toSorted()).toEqual(whole.toSorted())
      expect(sumOf(office.ledger)).toBe(rows.reduce((sum, row) => sum + row.fen, 0))
      takeAllBack(office)
    }),
    { numRuns: 25 },
  )
}, 60_000)

it('the same days once as a table with balances, once as a message without: nothing twice, nothing lost', () => {
  const office = statementOffice()
  describeTable(office)
  const isMessage = fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })
  fc.assert(
    fc.property(moves, cuts, order, isMessage, (drawn, spans, ranks, messages) => {
      const rows = rowsOf(drawn)
      for (const [index, piece] of pieces(rows, spans, ranks, true).entries()) {
        take(office, `${index}.txt`, messages[index] === true ? mt940(piece) : ownTable(piece))
      }
      const stored = office.lines().map((line) => [line.date, line.amountFen].join())
      expect(stored.toSorted()).toEqual(rows.map((row) => [row.date, row.fen].join()).toSorted())
      takeAllBack(office)
    }),
    { numRuns: 40 },
  )
}, 60_000)

it('of three equal bookings in a message, two known from a table, one is new and is said to be', () => {
  const office = statementOffice()
  describeTable(office)
  const equal = rowsOf([1, 2, 3].map(() => ({ day: 5, fen: 2, isOut: false })))
  take(office, 'a.txt', ownTable(equal.slice(0, 2)))
  const preview = previewStatement(office.ledger, office.account, { name: 'b.sta', bytes: utf8(mt940(equal)) })
  expect(preview).toMatchObject({ newCount: 1, newFen: 2, acrossCount: 2, doubtfulCount: 0, repeats: { length: 2 } })
})
