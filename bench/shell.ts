/** The sqlite3 shell as the other side of a ratio: the same SQL on the same file, its start and the opening taken off. */
import { spawnSync } from 'node:child_process'
import { milliseconds } from './measure.ts'

export function hasShell(): boolean {
  return spawnSync('sqlite3', ['--version']).status === 0
}

/** A shell cannot bind parameters of a text it reads, so they are written in, the longest names first. */
export function writtenOut(sql: string, parameters: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(parameters)
    .toSorted(([a], [b]) => b.length - a.length)
    .reduce((text, [name, value]) => {
      const written = value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`
      return text.replaceAll(`:${name}`, written)
    }, sql)
}

/** Milliseconds of one run of the statements, from `calls` runs more than one. */
export function shellTime(path: string, statements: readonly string[], calls: number): number {
  const batch = statements.map((sql) => `${sql};\n`).join('')
  const run = (count: number): number => {
    const input = `PRAGMA cache_size = -65536;\n${batch.repeat(count)}`
    return milliseconds(() => {
      const { status, stderr } = spawnSync('sqlite3', ['-readonly', path], {
        input, stdio: ['pipe', 'ignore', 'pipe'], encoding: 'utf8',
      })
      if (status !== 0) throw new Error(`the sqlite3 shell refused: ${stderr}`)
    })
  }
  return (run(calls + 1) - run(1)) / calls
}
