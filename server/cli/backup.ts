/** `backup` and `restore`: a proved copy of ledger and papers, never over an existing file. */
import { Problem } from '#core/problem.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { backUp, recordBackup, restore as restoreFrom, type BackupReport } from '#services/backup.ts'
import { systemClock } from '#services/clock.ts'
import { officeName } from '#services/office.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { commandLineActor } from '#services/people/user.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { runSteps } from './ledger.ts'
import { print } from './output.ts'

function reportText(done: string, { path, bytes, counted }: BackupReport): string {
  return `${done}：${path}（${bytes} 字节，凭证 ${counted.vouchers} 张，附件 ${counted.attachments} 个），已校验。`
}

/** What keeps a ledger from being written keeps nobody from copying it. */
const COPIED_ALL_THE_SAME: ReadonlySet<string> = new Set(['ledger.locked', 'ledger.newer', 'ledger.readOnly'])

type Source = { readonly ledger: Ledger; readonly unlogged: string | null }

/** Written to where it may be, so that the log tells of the backup; otherwise only read, and the person told why. */
function openSource(path: string): Source {
  try {
    const ledger = openLedger(path, { now: systemClock.now() })
    return { ledger, unlogged: officeName(ledger) === null ? '账簿还没有建立办公室' : null }
  } catch (error) {
    if (!(error instanceof Problem && COPIED_ALL_THE_SAME.has(error.code))) throw error
    return { ledger: openLedger(path, { readOnly: true }), unlogged: error.message }
  }
}

export const backup: Command = {
  usage: 'backup FILE DEST',
  run: (argv) => {
    const { positional } = readArguments(argv, { usage: backup.usage, positionals: ['FILE', 'DEST'], options: {} })
    const { ledger, unlogged } = openSource(positional('FILE'))
    try {
      const report = runSteps(backUp(ledger, positional('DEST')))
      print(reportText('已备份', report))
      if (unlogged === null) {
        recordBackup({ ledger, clock: clockFor(ledger, systemClock), actor: commandLineActor(ledger) }, report)
        print('已记入操作日志。')
      } else print(`这次备份没有记入操作日志：${unlogged}。`)
      return Promise.resolve(0)
    } finally {
      ledger.close()
    }
  },
}

export const restore: Command = {
  usage: 'restore SRC FILE',
  run: (argv) => {
    const { positional } = readArguments(argv, { usage: restore.usage, positionals: ['SRC', 'FILE'], options: {} })
    print(reportText('已恢复', runSteps(restoreFrom(positional('SRC'), positional('FILE')))))
    return Promise.resolve(0)
  },
}
