/**
 * Run as its own process by the fault tests: opens a ledger, prints `accepted` or the code of the refusal, and with
 * `hold` keeps it open until it is killed. Arguments: path, `write` | `read` | `hold`.
 */
import { writeSync } from 'node:fs'
import { Problem } from '#core/problem.ts'
import { openLedger } from '#db/ledger.ts'

const [path = '', mode = 'write'] = process.argv.slice(2)
try {
  const ledger = openLedger(path, { readOnly: mode === 'read' })
  if (mode === 'hold') {
    writeSync(1, 'accepted\n')
    setInterval(() => ledger.sqlite.pragma('user_version'), 1000)
  } else {
    ledger.close()
    writeSync(1, 'accepted\n')
  }
} catch (error) {
  writeSync(1, `${error instanceof Problem ? error.code : String(error)}\n`)
}
