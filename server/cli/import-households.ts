/** `import-households`: a property register into a complex, whole or not at all, as the screen does. */
import { basename } from 'node:path'
import { formatArea } from '#core/register/area.ts'
import { parseDate } from '#core/calendar.ts'
import { Problem } from '#core/problem.ts'
import { readRegister } from '#core/register/read.ts'
import type { RegisterIssue } from '#core/register/register.ts'
import { openLedger } from '#db/ledger.ts'
import { sha256Of } from '#services/attachment.ts'
import { systemClock } from '#services/clock.ts'
import { complexByCode } from '#services/register/complex.ts'
import { finished, importRegister, previewRegister } from '#services/register/household-import.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { commandLineActor } from '#services/people/user.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readNamedFile } from './files.ts'
import { print, printProgress } from './output.ts'
import { unlockForNames } from './vault.ts'

const usage = 'import-households FILE SHEET --complex CODE [--building NO] [--from YYYY-MM-DD] [--reason TEXT] ' +
  '[--passphrase-file PATH|-]'

function issueText({ message, line, column }: RegisterIssue): string {
  const where = [...(line === null ? [] : [`第 ${line} 行`]), ...(column === null ? [] : [`“${column}”`])].join('')
  return where === '' ? message : `${where}：${message}`
}

const SHOWN = 20

/** The rest of the errors is in the preview of the screen; twenty are what a person corrects in one go. */
function refuse(errors: readonly RegisterIssue[]): never {
  for (const issue of errors.slice(0, SHOWN)) printProgress(issueText(issue))
  if (errors.length > SHOWN) printProgress(`……另有 ${errors.length - SHOWN} 处`)
  const [first] = errors
  throw new Problem({
    code: 'register.errors', message: `文件有 ${errors.length} 处错误，没有导入`,
    ...(first !== undefined && first.line !== null && { row: first.line }),
  })
}

export const importHouseholds: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE', 'SHEET'],
      options: {
        complex: { type: 'string' }, building: { type: 'string' }, from: { type: 'string' }, reason: { type: 'string' },
        'passphrase-file': { type: 'string' },
      },
    })
    if (values.complex === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少小区编号。 用法：mingzhang ${usage}`, field: '--complex' })
    }
    const path = positional('SHEET')
    const bytes = readNamedFile(path, 'SHEET')
    const reading = readRegister(bytes, values.building === undefined ? {} : { building: values.building })
    const ledger = openLedger(positional('FILE'), { now: systemClock.now() })
    try {
      const clock = clockFor(ledger, systemClock)
      const context = { ledger, clock, actor: commandLineActor(ledger) }
      const complex = complexByCode(ledger, values.complex)
      unlockForNames(context, values['passphrase-file'])
      const file = { name: basename(path), hash: sha256Of(bytes), reading }
      const preview = finished(previewRegister(ledger, complex.id, file))
      for (const issue of reading.warnings.slice(0, SHOWN)) printProgress(`提示：${issueText(issue)}`)
      if (preview.errors.length > 0) refuse(preview.errors)
      const effectiveOn = values.from === undefined ? clock.today() : parseDate(values.from, { field: '--from' })
      const made = finished(importRegister(context, preview, { effectiveOn, reason: values.reason ?? `导入 ${basename(path)}` }))
      const known = made.known === 0 ? '' : `，另有 ${made.known} 户以前已在册`
      print(`已导入${complex.name}：新增 ${made.households} 户、${made.buildings} 幢、${made.owners} 位业主${known}；` +
        `面积合计 ${formatArea(reading.sums.areaDm2)} 平方米`)
      return 0
    } finally {
      ledger.close()
    }
  },
}
