import { realpathSync, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { messages } from './messages.ts'

const isLedgerName = (name: string) => extname(name).toLowerCase() === '.mzdb'

/**
 * Every way in (dialog, command line, second start, double click, last used) ends here. Returns the real path or throws
 * an Error with a sentence for the clerk. Shares and devices are refused because SQLite's WAL needs this machine's own
 * disk; links are followed before the extension is checked.
 */
export function checkLedgerPath(path: string): string {
  if (/^[\\/]{2}|\0/.test(path)) throw new Error(messages.notLocal)
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new Error(messages.missing(path))
  if (!found.isFile() || !isLedgerName(realpathSync(path))) throw new Error(messages.notLedger(path))
  return realpathSync(path)
}

/** A new ledger's path with its extension completed; whatever exists there is never overwritten. */
export function checkNewLedgerPath(path: string): string {
  const file = isLedgerName(path) ? path : `${path}.mzdb`
  if (/^[\\/]{2}|\0/.test(file)) throw new Error(messages.notLocal)
  if (statSync(file, { throwIfNoEntry: false })) throw new Error(messages.exists(file))
  return file
}

/** The first argument that names a ledger, made absolute; switches and the app's own folder are passed over. */
export function ledgerArgument(args: readonly string[], folder: string): string | undefined {
  const name = args.slice(1).find((arg) => !arg.startsWith('-') && isLedgerName(arg))
  return name === undefined ? undefined : resolve(folder, name)
}
