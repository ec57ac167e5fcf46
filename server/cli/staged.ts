/** A ledger that is still being built stands under another name, so that nobody opens half of it. */
import { rmSync } from 'node:fs'
import { filesDirOf } from '#db/ledger.ts'

export function stagedPath(path: string): string {
  return `${path.replace(/\.mzdb$/, '')}.building.mzdb`
}

/** The file under that name with all that stands beside it. */
export function removeStaged(staged: string): void {
  for (const part of [staged, `${staged}-wal`, `${staged}-shm`, `${staged}-lock`, filesDirOf(staged)]) {
    rmSync(part, { recursive: true, force: true })
  }
}
