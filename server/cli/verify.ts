/** `verify`: proves the ledger's history, or with `--notice` a notice somebody holds. Exit 1: damage, or not genuine. */
import { existsSync, statSync } from 'node:fs'
import { formatYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { problemOfSqlite } from '#db/refusal.ts'
import {
  checkNoticeCode, checkNoticeFile, isGenuine, noticeCheckText, type NoticeCheck,
} from '#services/disclosure/notice-check.ts'
import { verifyLedger } from '#services/verify.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { readNamedFile } from './files.ts'
import { readingLedger, runSteps } from './ledger.ts'
import { print, printTable } from './output.ts'

const usage = 'verify FILE [--notice PDF|CODE]'

function blankOr(amount: Fen | null): string {
  return amount === null ? '' : formatYuan(amount)
}

function reportNotice(check: NoticeCheck): ExitCode {
  print(isGenuine(check) ? '属实' : '不符')
  print(noticeCheckText(check).join('\n'))
  if (check.kind === 'known' && check.differences.length > 0) {
    const money = { align: 'right' as const }
    const columns = [{ title: '部分' }, { title: '项目' }, { title: '公示', ...money }, { title: '账上现在', ...money }]
    print('')
    printTable(columns, check.differences.map((each) => [each.part, each.row, blankOr(each.before), blankOr(each.after)]))
  }
  return isGenuine(check) ? 0 : 1
}

/** A code never names a file: it has no dot before three letters and stands in no folder. */
function isFile(text: string): boolean {
  return /\.pdf$/i.test(text) || (existsSync(text) && statSync(text).isFile())
}

/** A file too damaged, or too changed, to be walked through is the same answer as one with damages. */
const IS_DAMAGE = new Set(['ledger.damaged', 'ledger.schemaChanged', 'ledger.notALedger'])

async function verifyFile(path: string): Promise<ExitCode> {
  try {
    return await readingLedger(path, reportLedger)
  } catch (thrown) {
    const error = problemOfSqlite(thrown)
    if (!(error instanceof Problem) || !IS_DAMAGE.has(error.code)) throw error
    print(`账簿有损坏：${error.message} [${error.code}]`)
    return 1
  }
}

function reportLedger(ledger: Ledger): ExitCode {
  const { damages, counted } = runSteps(verifyLedger(ledger))
  const { vouchers, operations, attachments, notices } = counted
  print(`核对了凭证 ${vouchers} 张、操作日志 ${operations} 条、附件 ${attachments} 个、公示 ${notices} 份。`)
  if (damages.length === 0) {
    print('账簿完好。')
    return 0
  }
  print(`发现 ${damages.length} 处改动或损坏：`)
  for (const { code, message } of damages) print(`  · ${message} [${code}]`)
  print('请停止使用这个账簿，保留现状，从最近的备份恢复。')
  return 1
}

export const verify: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'], options: { notice: { type: 'string' } },
    })
    const { notice } = values
    if (notice === undefined) return verifyFile(positional('FILE'))
    return readingLedger(positional('FILE'), (ledger, clock) =>
      reportNotice(isFile(notice)
        ? checkNoticeFile(ledger, clock, readNamedFile(notice, '--notice'))
        : checkNoticeCode(ledger, clock, notice)))
  },
}
