/** `backup` and `restore`: a proved copy of ledger and papers, never over an existing file. */
import { backUp, restore as restoreFrom, type BackupReport } from '#services/backup.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger, runSteps } from './ledger.ts'
import { print } from './output.ts'

function reportText(done: string, { path, bytes, counted }: BackupReport): string {
  return `${done}：${path}（${bytes} 字节，凭证 ${counted.vouchers} 张，附件 ${counted.attachments} 个），已校验。`
}

export const backup: Command = {
  usage: 'backup FILE DEST',
  run: (argv) => {
    const { positional } = readArguments(argv, { usage: backup.usage, positionals: ['FILE', 'DEST'], options: {} })
    return readingLedger(positional('FILE'), (ledger) => {
      print(reportText('已备份', runSteps(backUp(ledger, positional('DEST')))))
      return 0
    })
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
