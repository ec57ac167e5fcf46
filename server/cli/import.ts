/** `import`: brings a bank's statement into the ledger, whole or not at all, as the screen does. */
import { basename } from 'node:path'
import { formatYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { openLedger } from '#db/ledger.ts'
import { bankAccountByNumber } from '#services/voucher/book.ts'
import { systemClock } from '#services/clock.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { importStatement, previewStatement, type StatementPreview } from '#services/statement/statement.ts'
import { commandLineActor } from '#services/people/user.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readNamedFile } from './files.ts'
import { print, printProgress } from './output.ts'

const usage = 'import FILE --account NO STATEMENT [--accept-gap]'

function summaryOf(
  { statement, account, acrossCount }: StatementPreview,
  imported: { newCount: number; repeatCount: number },
): string {
  const across = acrossCount === 0 ? '' : `（${acrossCount} 笔在另一种格式的文件里，按日期、金额和笔数认出）`
  const repeats = imported.repeatCount === 0 ? '' : `，另有 ${imported.repeatCount} 笔以前已导入${across}`
  const closing = statement.closing === null ? '' : `，期末余额 ${formatYuan(statement.closing)} 元`
  return `已导入 ${account.bankName} ${account.number}：新增 ${imported.newCount} 笔${repeats}；` +
    `文件共 ${statement.rows.length} 笔，收入 ${formatYuan(statement.inFen)} 元，支出 ${formatYuan(statement.outFen)} 元${closing}`
}

export const importCommand: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE', 'STATEMENT'],
      options: { account: { type: 'string' }, 'accept-gap': { type: 'boolean' } },
    })
    if (values.account === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少银行账号。 用法：mingzhang ${usage}`, field: '--account' })
    }
    const path = positional('STATEMENT')
    const bytes = readNamedFile(path, 'STATEMENT')
    const ledger = openLedger(positional('FILE'), { now: systemClock.now() })
    try {
      const clock = clockFor(ledger, systemClock)
      const account = bankAccountByNumber(ledger, values.account.replace(/[\s-]/g, ''))
      const preview = previewStatement(ledger, account.id, { name: basename(path), bytes })
      for (const { message } of preview.statement.warnings) printProgress(`提示：${message}`)
      if (preview.doubtfulCount > 0) {
        printProgress(`提示：有 ${preview.doubtfulCount} 笔与另一种格式的文件里的流水日期、金额相同，请核对是否重复`)
      }
      const context = { ledger, clock, actor: commandLineActor(ledger) }
      const imported = importStatement(context, preview, { acceptGap: values['accept-gap'] === true })
      print(summaryOf(preview, imported))
      return 0
    } finally {
      ledger.close()
    }
  },
}
