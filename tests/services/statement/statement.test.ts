import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { idOf, type BankAccountId } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { readAttachment } from '#services/attachment.ts'
import { addBankAccount, bankAccountOf } from '#services/voucher/book.ts'
import { accountStandings, gapsOf } from '#services/statement/statement-coverage.ts'
import { skipLine } from '#services/statement/statement-outcome.ts'
import {
  batchOf, batchTally, importStatement, listBatches, previewStatement, rollbackBatch,
} from '#services/statement/statement.ts'
import { verifyLedger } from '#services/verify.ts'
import { utf8 } from '#tests/core/statement/statement-files.ts'
import { makeOffice } from '../office.ts'
import { cmbFile, JANUARY, rowsOf, statementOffice, type StatementOffice } from './statement-office.ts'

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'accepted'
}

function storedCount(office: StatementOffice): { batches: number; lines: number; attachments: number } {
  const count = (table: string) => Number(office.ledger.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get())
  return { batches: count('statement_batch'), lines: count('statement_line'), attachments: count('attachment') }
}

const FEBRUARY = rowsOf('12593.21', [
  { date: '2025-02-08', yuan: '300.00', memo: '临时停车费' },
  { date: '2025-02-20', yuan: '-10.00', memo: '对公汇款手续费' },
])

describe('importing a statement', () => {
  it('stores the original, every line as open, and counts that add up to the file', () => {
    const office = statementOffice()
    const { batchId, newCount, repeatCount } = office.importText(cmbFile(JANUARY))
    expect([newCount, repeatCount]).toEqual([4, 0])
    const batch = batchOf(office.ledger, batchId)
    expect(batch).toMatchObject({
      lineCount: 4, inCount: 3, inFen: 1_250_321, outCount: 1, outFen: 1000, openingFen: 10_000, closingFen: 1_259_321,
      layout: 'cmb-corporate', importedBy: '张制单', fileName: '对账单.csv',
    })
    expect(readAttachment(office.ledger, batch.sha256).bytes).toEqual(Buffer.from(utf8(cmbFile(JANUARY))))
    expect(office.lines().map((line) => [line.date, line.amountFen, line.kind, line.state])).toEqual([
      ['2025-01-25', 50_000, 'other', 'open'], ['2025-01-21', 321, 'interest', 'open'],
      ['2025-01-20', -1000, 'fee', 'open'], ['2025-01-06', 1_200_000, 'other', 'open'],
    ])
    expect(batchTally(office.ledger, batchId)).toEqual({
      posted: 0, matched: 0, skipped: 0, open: 4, repeats: 0, inFen: 1_250_321, outFen: 1000, isWhole: true,
    })
  })

  it('a file that does not agree with itself or with the account is refused whole: nothing is stored', () => {
    const office = statementOffice()
    const before = storedCount(office)
    const damages: readonly (readonly [string, (text: string) => string, string])[] = [
      ['an amount changed so that the balances no longer follow', (text) => text.replace(',3.21,', ',3.22,'), 'balance.chain'],
      ['a line lost in the middle', (text) => text.replace(/20250120.*\r\n/, ''), 'balance.chain'],
      ['another account’s file', (text) => text.replace('5510000000000001', '5510000000000002'), 'account.mismatch'],
      ['an amount nobody can read', (text) => text.replace('12000.00', '1.2e4'), 'money.format'],
      ['a day that does not exist', (text) => text.replaceAll('20250106', '20250230'), 'date.format'],
      ['no rows at all', (text) => text.split('\r\n').slice(0, 3).join('\r\n'), 'rows.none'],
      ['a foreign currency', (text) => text.replace('# 账户名称', '# 币种: 美元,# 账户名称'), 'currency.foreign'],
      ['nothing', () => '', 'file.empty'],
    ]
    for (const [name, damage, code] of damages) {
      expect([name, refusal(() => office.importText(damage(cmbFile(JANUARY))))]).toEqual([name, code])
    }
    expect(storedCount(office)).toEqual(before)
  })

  it('a failure in the middle of writing leaves nothing behind', () => {
    const office = statementOffice()
    const before = storedCount(office)
    office.ledger.sqlite.exec(
      `CREATE TEMP TRIGGER full BEFORE INSERT ON main.statement_line WHEN NEW.memo = '结息'
       BEGIN SELECT RAISE(ABORT, 'record.duplicate'); END`,
    )
    expect(refusal(() => office.importText(cmbFile(JANUARY)))).toBe('record.duplicate')
    expect(storedCount(office)).toEqual(before)
  })

  it('the same file twice is refused, also for another account, and says who imported it', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    expect(refusal(() => office.importText(cmbFile(JANUARY), { name: '改名.csv' }))).toBe('statement.sameFile')
    expect(() => office.importText(cmbFile(JANUARY))).toThrow(/张制单.*5510000000000001/)
    expect(storedCount(office)).toMatchObject({ batches: 1, lines: 4 })
  })

  it('the same rows in another file bring nothing new and are refused', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    expect(refusal(() => office.importText(`${cmbFile(JANUARY)}\r\n`))).toBe('statement.nothingNew')
  })

  it('an overlapping file adds its new rows only and points to the rest', () => {
    const office = statementOffice()
    const first = office.importText(cmbFile(JANUARY.slice(0, 3)))
    const text = cmbFile(JANUARY.slice(1))
    const preview = previewStatement(office.ledger, office.account, { name: 'b.csv', bytes: utf8(text) })
    expect(preview).toMatchObject({ repeats: [4, 5], newCount: 1, newFen: 50_000, gaps: [] })
    const second = office.importText(text)
    expect(second).toMatchObject({ newCount: 1, repeatCount: 2 })
    expect(batchTally(office.ledger, second.batchId)).toMatchObject({ open: 1, repeats: 2, isWhole: true })
    // Taken back first, the earlier batch would leave a hole that the later one was cut to.
    expect(refusal(() => rollbackBatch(office.preparer, first.batchId, '选错文件'))).toBe('statement.repeatedLater')
    rollbackBatch(office.preparer, second.batchId, '选错文件')
    rollbackBatch(office.preparer, first.batchId, '选错文件')
    expect(office.lines()).toEqual([])
  })

  it('a missing month is refused until confirmed, and shows until it is filled', () => {
    const office = statementOffice()
    const march = rowsOf('12883.21', [{ date: '2025-03-21', yuan: '4.10', memo: '结息' }])
    office.importText(cmbFile(JANUARY))
    expect(refusal(() => office.importText(cmbFile(march)))).toBe('statement.gap')
    office.importText(cmbFile(march), { acceptGap: true })
    expect(gapsOf(office.ledger, office.account)).toEqual([expect.stringContaining('2025-01-25')])
    office.importText(cmbFile(FEBRUARY))
    expect(gapsOf(office.ledger, office.account)).toEqual([])
  })

  it('an inspector may look at a preview but not import', () => {
    const office = statementOffice()
    const preview = previewStatement(office.ledger, office.account, { name: 'a.csv', bytes: utf8(cmbFile(JANUARY)) })
    const inspector = { ...office.preparer, actor: { ...office.preparer.actor, roles: new Set(['inspector' as const]) } }
    expect(refusal(() => importStatement(inspector, preview))).toBe('role.missing')
  })

  it('two windows: what the other imported since the preview is not stored twice', () => {
    const office = statementOffice()
    const late = previewStatement(office.ledger, office.account, { name: 'late.csv', bytes: utf8(cmbFile(JANUARY)) })
    office.importText(cmbFile(JANUARY.slice(0, 2)))
    expect(importStatement(office.preparer, late)).toMatchObject({ newCount: 2, repeatCount: 2 })
  })
})

describe('split at will and imported in any order', () => {
  const moves = fc.array(
    fc.record({ day: fc.integer({ min: 1, max: 28 }), fen: fc.integer({ min: 1, max: 3 }), isOut: fc.boolean() }),
    { minLength: 2, maxLength: 12 },
  )
  it('the account ends with every row exactly once, and every batch adds up', () => {
    const office = statementOffice()
    fc.assert(
      fc.property(moves, fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 6 }), (drawn, cuts) => {
        // Few days, few amounts: equal rows abound, only serial and balance tell them apart.
        const rows = rowsOf('1000.00', drawn.toSorted((a, b) => a.day - b.day).map(({ day, fen, isOut }) => ({
          date: `2025-01-${String(day).padStart(2, '0')}`, yuan: `${isOut ? '-' : ''}0.0${fen}`,
        })))
        const pieces = cuts.map(([one, other]) => {
          const [from, to] = [one % rows.length, other % rows.length].toSorted((a, b) => a - b)
          return rows.slice(from, (to ?? 0) + 1)
        })
        for (const [index, piece] of [...pieces, rows].entries()) {
          try {
            office.importText(cmbFile(piece), { acceptGap: true, name: `${index}.csv` })
          } catch (error) {
            if (!(error instanceof Problem)) throw error
            expect(['statement.sameFile', 'statement.nothingNew']).toContain(error.code)
          }
        }
        const stored = office.lines().map((line) => [line.date, line.amountFen, line.balanceFen, line.serial].join())
        const whole = rows.map(({ move, serial, balance }) => [move.date, parseYuan(move.yuan), balance, serial].join())
        expect(stored.toSorted()).toEqual(whole.toSorted())
        for (const batch of listBatches(office.ledger, { bankAccountId: office.account, limit: 50 })) {
          if (batch.rolledBackAt !== null) continue
          expect(batchTally(office.ledger, batch.id).isWhole).toBe(true)
          rollbackBatch(office.preparer, batch.id, '下一轮')
        }
        expect(office.lines()).toEqual([])
      }),
      { numRuns: 40 },
    )
  }, 30_000)
})

describe('taking a batch back', () => {
  it('needs a reason, keeps batch and file as history, and lets the same file in again', () => {
    const office = statementOffice()
    const { batchId } = office.importText(cmbFile(JANUARY))
    expect(refusal(() => rollbackBatch(office.preparer, batchId, ' '))).toBe('statement.reason')
    rollbackBatch(office.preparer, batchId, '账户选错')
    expect(office.lines()).toEqual([])
    expect(batchOf(office.ledger, batchId)).toMatchObject({ rollbackReason: '账户选错', lineCount: 4 })
    expect(refusal(() => rollbackBatch(office.preparer, batchId, '再撤'))).toBe('statement.rolledBack')
    expect(office.importText(cmbFile(JANUARY)).newCount).toBe(4)
  })

  it('is refused once a line was dealt with', () => {
    const office = statementOffice()
    const { batchId } = office.importText(cmbFile(JANUARY))
    skipLine(office.bookkeeper, office.lineOf('临时停车费'), '试转')
    expect(refusal(() => rollbackBatch(office.preparer, batchId, '账户选错'))).toBe('statement.reconciled')
    expect(office.lines()).toHaveLength(4)
  })
})

describe('verify', () => {
  it('names a file whose lines were changed behind the product’s back', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    const damages = () => [...drain(office)]
    expect(damages()).toEqual([])
    office.ledger.sqlite.exec('DROP TRIGGER statement_line_kept; UPDATE statement_line SET amount_fen = amount_fen + 1')
    const message = expect.stringContaining('对账单.csv')
    expect(damages()).toEqual([expect.objectContaining({ code: 'verify.statement', message })])
  })

  function drain(office: StatementOffice) {
    const steps = verifyLedger(office.ledger)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value.damages
    }
  }
})

describe('the accounts at a glance', () => {
  it('shows ledger, last statement, their difference on its last day, and what is open', () => {
    const office = statementOffice()
    office.importText(cmbFile(JANUARY))
    office.post({
      bookId: office.publicIncome, date: office.clock.today(),
      lines: [
        office.line(office.publicIncome, ACCOUNT.demandDeposit, debit(fen(700)), { bankAccountId: office.account }),
        office.line(office.publicIncome, '4001.01', credit(fen(700))),
      ],
    })
    const standing = accountStandings(office.ledger, office.clock.today()).find((one) => one.bankAccountId === office.account)
    expect(standing).toMatchObject({
      bookFen: 700, statementTo: '2025-01-25', statementFen: 1_259_321, bookAtStatementFen: 0, differenceFen: 1_259_321,
      openCount: 4, openInFen: 1_250_321, openOutFen: 1000, draftedCount: 0, gaps: [],
    })
  })
})

const samples = join(process.env['MINGZHANG_SAMPLES'] ?? '../shared/samples', 'bank/synthetic-corporate')
const isPresent = existsSync(samples)
if (!isPresent) console.log(`SKIPPED: no sample files at ${samples}`)

describe.skipIf(!isPresent)('the six synthetic corporate files', () => {
  it('are each imported into their account with all of their lines; the two BOC downloads of one month are one month', () => {
    const office = makeOffice()
    const bring = (name: string, account: BankAccountId) =>
      importStatement(office.preparer,
        previewStatement(office.ledger, account, { name, bytes: readFileSync(join(samples, name)) }))
    const files = [
      ['abc_corp_9col_footer.gb18030.csv', '12345600000000001', 2],
      ['ccb_corp_17col_header_row6.gb18030.csv', '35001000000000000000', 2],
      ['cmb_corp_20col.gb18030.csv', '5510000000000001', 2],
      ['icbc_corp_13col.gb18030.csv', '1402000000000000001', 4],
      ['boc_corp_38col_pipe_anonymised.gb18030.txt', '600000000001', 29],
    ] as const
    for (const [name, number, count] of files) {
      const account = number === '600000000001'
        ? office.publicIncomeBank
        : addBankAccount(office.head, { ...bankAccountOf(office.ledger, office.publicIncomeBank), number, isDedicated: true })
      const { batchId, newCount } = bring(name, account)
      expect([name, newCount]).toEqual([name, count])
      expect(batchTally(office.ledger, batchId)).toMatchObject({ open: count, isWhole: true })
    }
    expect(refusal(() => bring('boc_corp_38col_tabsuffix.utf8bom.csv', office.publicIncomeBank))).toBe('statement.nothingNew')
  })
})

it('an unknown account or batch says so', () => {
  const office = statementOffice()
  const file = { name: 'a.csv', bytes: utf8('x') }
  expect(refusal(() => previewStatement(office.ledger, idOf<'bankAccount'>(999), file))).toBe('bankAccount.missing')
  expect(refusal(() => batchOf(office.ledger, idOf<'statementBatch'>(999)))).toBe('statement.missing')
})
