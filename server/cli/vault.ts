/**
 * Secrets for one command, and unlocking owners' names with one. They come from a file, from standard input (`-`) or the
 * environment: an argument would stay in the shell's history and show in the list of processes.
 */
import { readFileSync } from 'node:fs'
import type { ServiceContext } from '#services/context.ts'
import { openVault, vaultState } from '#services/register/identity-vault.ts'
import { readNamedFile } from './files.ts'

const STANDARD_INPUT = 0

/** Without its line end; undefined where none is given. Errors: `file.unreadable`. */
export function secretFrom(
  path: string | undefined, { option, variable }: { readonly option: string; readonly variable: string },
): string | undefined {
  const text = path === undefined
    ? process.env[variable]
    : path === '-' ? readFileSync(STANDARD_INPUT, 'utf8') : new TextDecoder().decode(readNamedFile(path, option))
  return text?.replace(/\r?\n$/, '')
}

/** Names stay sealed where no passphrase is given. Errors: `vault.passphrase`, `vault.none`, `file.unreadable`. */
export function unlockForNames(context: ServiceContext, path: string | undefined): void {
  const passphrase = secretFrom(path, { option: '--passphrase-file', variable: 'MINGZHANG_PASSPHRASE' })
  if (passphrase !== undefined && (path !== undefined || vaultState(context.ledger) !== 'none')) openVault(context, passphrase)
}
