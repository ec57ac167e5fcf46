import fs from 'node:fs'
import path from 'node:path'
import { buildShell } from '../../scripts/build-electron.ts'
import { inProject } from '../../scripts/paths.ts'

export type BuiltShell = { readonly main: string; readonly page: string; remove(): void }

/**
 * The shell's bundles, built as for release, below node_modules so that they find better-sqlite3. `page` is the folder
 * the server will serve, empty: a test puts there what it needs.
 */
export async function buildShellFor(test: string): Promise<BuiltShell> {
  const folder = inProject('node_modules/.cache/mingzhang-shell', `${test}-${process.pid}`)
  await buildShell(path.join(folder, 'electron'))
  fs.mkdirSync(path.join(folder, 'renderer'))
  return {
    main: path.join(folder, 'electron/main.js'),
    page: path.join(folder, 'renderer'),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}
