/** `reconcile`: the balance reconciliation of an account and month; answers 1 where it does not tie out. */
import { writeFileSync } from 'node:fs'
import { lastDayOfMonth, parseMonth, type Month } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { formatYuan, plainYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { reconciliationWorkbook, type ReconciliationModel } from '#reports/bank-reconciliation.ts'
import { createRenderPool } from '#reports/pool.ts'
import { writeWorkbook } from '#reports/workbook.ts'
import { bankAccountByNumber } from '#services/voucher/book.ts'
import { systemClock, type Clock } from '#services/clock.ts'
import { runMatching } from '#services/reconciliation/reconciliation-run.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { commandLineActor } from '#services/people/user.ts'
import { systemCodeOf } from '../failure.ts'
import { reconciliationModel } from '../reconciliation.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printProgress, printTable } from './output.ts'

const usage = 'reconcile FILE --account NO --month 2026-09 [--auto] [--pdf OUT] [--xlsx OUT] [--json]'

type Wanted = {
  readonly account: string
  readonly month: Month
  readonly pdf?: string
  readonly xlsx?: string
  readonly json: boolean
}

function save(path: string, bytes: Uint8Array, field: string): void {
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    if (systemCodeOf(error) === 'ENOSPC') throw error
    throw new Problem({ code: 'file.unwritable', message: `${path}：不能写入，请检查路径和权限。`, field }, { cause: error })
  }
}

async function savePapers(model: ReconciliationModel, { pdf, xlsx }: Wanted): Promise<void> {
  if (xlsx !== undefined) save(xlsx, await writeWorkbook(reconciliationWorkbook(model)), '--xlsx')
  if (pdf === undefined) return
  const pool = createRenderPool()
  try {
    save(pdf, await pool.renderPdf({ kind: 'bankReconciliation', model }), '--pdf')
  } finally {
    await pool.close()
  }
}

function asJson({ table, items, seal, account, asOf, remarks }: ReconciliationModel): unknown {
  const yuan = (amount: Fen): string => plainYuan(amount)
  return {
    account, asOf, journal: yuan(table.journalFen), statement: yuan(table.statementFen), bankIn: yuan(table.bankInFen),
    bankOut: yuan(table.bankOutFen), bookIn: yuan(table.bookInFen), bookOut: yuan(table.bookOutFen),
    adjustedJournal: yuan(table.adjustedJournalFen), adjustedStatement: yuan(table.adjustedStatementFen),
    difference: yuan(table.differenceFen), balanced: table.differenceFen === 0, sealed: seal !== null,
    checker: seal?.checker ?? null,
    items: items.map(({ amountFen, ...item }) => ({ ...item, amount: yuan(amountFen) })), remarks,
  }
}

function printModel({ table, items, bank, account, asOf, remarks, seal }: ReconciliationModel): void {
  print(`${bank} ${account}　截至 ${asOf}　单位：元${seal === null ? '' : `　已封存（${seal.reconciler}）`}`)
  const money = (title: string) => ({ title, align: 'right' as const })
  printTable([{ title: '单位' }, money('金额'), { title: '银行' }, money('金额')], [
    ['日记账余额', formatYuan(table.journalFen), '对账单余额', formatYuan(table.statementFen)],
    ['加：银行已收、单位未收', formatYuan(table.bankInFen), '加：单位已收、银行未收', formatYuan(table.bookInFen)],
    ['减：银行已付、单位未付', formatYuan(table.bankOutFen), '减：单位已付、银行未付', formatYuan(table.bookOutFen)],
    ['调节后余额', formatYuan(table.adjustedJournalFen), '调节后余额', formatYuan(table.adjustedStatementFen)],
  ])
  if (items.length > 0) {
    print('')
    const titles = [{ title: '未达账项' }, { title: '日期' }, money('天数'), money('金额'), { title: '摘要' }, { title: '凭证或流水号' }]
    printTable(titles, items.map(({ side, date, age, amountFen, text, reference }) =>
      [side === 'bank' ? '银行' : '账面', date, String(age), formatYuan(amountFen), text, reference]))
  }
  for (const remark of remarks) print(remark)
  print(table.differenceFen === 0 ? '调节后余额相符。' : `调节后余额不相符，差额 ${formatYuan(table.differenceFen)} 元。`)
}

async function answer(ledger: Ledger, clock: Clock, bankAccountId: BankAccountId, wanted: Wanted): Promise<ExitCode> {
  const model = reconciliationModel(ledger, bankAccountId, wanted.month, clock.today())
  await savePapers(model, wanted)
  if (wanted.json) printJson(asJson(model))
  else printModel(model)
  return model.table.differenceFen === 0 ? 0 : 1
}

/** Writes every unique best match first. */
async function matchFirst(path: string, wanted: Wanted): Promise<ExitCode> {
  const ledger = openLedger(path, { now: systemClock.now() })
  try {
    const clock = clockFor(ledger, systemClock)
    const { id } = bankAccountByNumber(ledger, wanted.account)
    const context = { ledger, clock, actor: commandLineActor(ledger) }
    const result = await runMatching(context, id, lastDayOfMonth(wanted.month))
    printProgress(`自动勾对 ${result.matched} 组、${result.lineCount} 笔流水，另有 ${result.proposed} 组建议待人工确认。`)
    return await answer(ledger, clock, id, wanted)
  } finally {
    ledger.close()
  }
}

export const reconcile: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: {
        account: { type: 'string' }, month: { type: 'string' }, auto: { type: 'boolean' }, pdf: { type: 'string' },
        xlsx: { type: 'string' }, json: { type: 'boolean' },
      },
    })
    const missing = (what: string, field: string): Problem =>
      new Problem({ code: 'cli.arguments', message: `缺少${what}。 用法：mingzhang ${usage}`, field })
    if (values.account === undefined) throw missing('银行账号', '--account')
    if (values.month === undefined) throw missing('月份', '--month')
    const wanted: Wanted = {
      account: values.account.replace(/[\s-]/g, ''), month: parseMonth(values.month, { field: '--month' }),
      json: values.json === true,
      ...(values.pdf !== undefined && { pdf: values.pdf }), ...(values.xlsx !== undefined && { xlsx: values.xlsx }),
    }
    const path = positional('FILE')
    if (values.auto === true) return matchFirst(path, wanted)
    return readingLedger(path, (ledger, clock) => answer(ledger, clock, bankAccountByNumber(ledger, wanted.account).id, wanted))
  },
}
