/** `import-deposits`: brings the office's existing deposit sheet in, all of it or nothing, as the screen does. */
import { basename } from 'node:path'
import { parseDate } from '#core/calendar.ts'
import type { ImportQuestion } from '#core/deposit/deposit-import.ts'
import { formatYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { openLedger } from '#db/ledger.ts'
import { bookByCode } from '#services/voucher/book.ts'
import { systemClock } from '#services/clock.ts'
import { importDeposits } from '#services/deposit/deposit-import.ts'
import { previewDepositImport, type ImportPreview } from '#services/deposit/deposit-import-preview.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { commandLineActor } from '#services/people/user.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readNamedFile } from './files.ts'
import { print, printProgress, printTable, problemText } from './output.ts'

const usage = 'import-deposits FILE SHEET --book CODE [--held] [--date DATE] [--rate percent|fraction] [--money yuan|wan] ' +
  '[--demand-rate PERCENT] [--preview]'

function choice<Value extends string>(text: string | undefined, values: readonly Value[], field: string): Value | null {
  if (text === undefined) return null
  const found = values.find((value) => value === text)
  if (found !== undefined) return found
  throw new Problem({ code: 'cli.arguments', message: `“${text}”不认识，请写 ${values.join(' 或 ')}。 用法：mingzhang ${usage}`, field })
}

function questionText({ kind, line, text, count }: ImportQuestion): string {
  return kind === 'rateUnit'
    ? `第 ${line} 行等 ${count} 处利率“${text}”有两种读法：是百分数请加 --rate percent，是小数（0.0235 即 2.35%）请加 --rate fraction`
    : `第 ${line} 行等 ${count} 处金额“${text}”没有单位：按元请加 --money yuan，按万元请加 --money wan`
}

function report(preview: ImportPreview): void {
  const { lines, principalFen, sheet, tieOut, problems } = preview
  for (const warning of sheet.warnings) printProgress(`提示：${warning}`)
  for (const { line, text } of sheet.skipped) printProgress(`第 ${line} 行不是存单，未读入：${text}`)
  print(`${preview.book.name}：读到 ${lines.length} 张存单，本金合计 ${formatYuan(principalFen)} 元`)
  const money = (title: string) => ({ title, align: 'right' as const })
  if (tieOut.length > 0) {
    printTable(
      [{ title: '小区' }, money('定期存款科目'), money('已登记存单'), money('本次导入'), money('导入后相差')],
      tieOut.map((row) => [row.complexName, formatYuan(row.bookedFen), formatYuan(row.inForceFen), formatYuan(row.importedFen),
        formatYuan(row.differenceFen)]),
    )
  }
  for (const question of sheet.questions) printProgress(questionText(question))
  for (const problem of problems) if (problem.code !== 'import.ask') printProgress(problemText(problem))
}

export const importDepositsCommand: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE', 'SHEET'],
      options: {
        book: { type: 'string' }, held: { type: 'boolean' }, date: { type: 'string' }, rate: { type: 'string' },
        money: { type: 'string' }, 'demand-rate': { type: 'string' }, preview: { type: 'boolean' },
      },
    })
    if (values.book === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少账簿编号。 用法：mingzhang ${usage}`, field: '--book' })
    }
    const path = positional('SHEET')
    const demandRate = values['demand-rate']
    const file = { name: basename(path), bytes: readNamedFile(path, 'SHEET') }
    const ledger = openLedger(positional('FILE'), { now: systemClock.now() })
    try {
      const context = { ledger, clock: clockFor(ledger, systemClock), actor: commandLineActor(ledger) }
      const book = bookByCode(ledger, values.book)
      const preview = previewDepositImport(ledger, {
        bookId: book.id, file,
        mode: values.held === true ? 'held' : 'voucher',
        date: values.date === undefined ? book.openedOn : parseDate(values.date, { field: '--date' }),
        answers: {
          rateUnit: choice(values.rate, ['percent', 'fraction'], '--rate'),
          moneyUnit: choice(values.money, ['yuan', 'wan'], '--money'),
        },
        demandRateMicro: demandRate === undefined ? null : parsePercent(demandRate, { field: '--demand-rate' }),
        personInCharge: context.actor.userId,
      })
      report(preview)
      if (preview.problems.length > 0) {
        const message = `有 ${preview.problems.length} 处要先改好，没有写入任何存单。`
        throw new Problem({ code: 'import.refused', message, field: 'SHEET' })
      }
      if (values.preview === true) {
        print('只核对，没有写入。')
        return Promise.resolve(0)
      }
      const { certificateIds, draftIds } = importDeposits(context, preview)
      print(draftIds.length === 0
        ? `已导入 ${certificateIds.length} 张存单，没有另制凭证。`
        : `已导入 ${certificateIds.length} 张存单，制成 ${draftIds.length} 张待审核的期初凭证。`)
      return Promise.resolve(0)
    } finally {
      ledger.close()
    }
  },
}
