import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { BUILT_COMMAND } from '../../scripts/build-command.ts'
import { inProject } from '../../scripts/paths.ts'

/**
 * Before the first test: a fresh page, and one sample office made by the product's own command; every test works on
 * its own copy. The folder's name reaches the tests by the environment and is removed at the end.
 */
export default function prepare(): () => void {
  execFileSync(process.execPath, [inProject('scripts/build.ts'), '--if-stale', '--browser'], { stdio: 'inherit' })
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-office-'))
  const file = path.join(folder, 'sample.mzdb')
  const demo = [BUILT_COMMAND, 'demo', file]
  execFileSync(process.execPath, demo, { stdio: ['ignore', 'ignore', 'inherit'] })
  process.env['MINGZHANG_SAMPLE_OFFICE'] = file
  return () => fs.rmSync(folder, { recursive: true, force: true })
}
