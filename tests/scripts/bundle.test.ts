import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { bundle } from '../../scripts/bundle.ts'
import { inProject } from '../../scripts/paths.ts'

type Read = (path: string, options: object, steps: object) => Promise<{ readonly rows: readonly unknown[] }>
type Built = { readonly readRegisterAside: Read }

describe('a bundle', () => {
  // Below node_modules, so that it finds better-sqlite3.
  const outDir = inProject('node_modules/.cache/mingzhang-bundle', String(process.pid))
  afterAll(() => fs.rmSync(outDir, { recursive: true, force: true }))

  it('has every thread its modules start, in whatever room: without it the installed app reads no register', async () => {
    await bundle({ outDir, entries: { reading: 'server/register-thread.ts' }, addressOf: () => undefined })
    const register = path.join(outDir, 'register.csv')
    fs.writeFileSync(register, '楼栋,单元,房号,建筑面积\n1,1,101,88.20\n1,1,102,90.00\n')
    const { readRegisterAside } = await import(pathToFileURL(path.join(outDir, 'reading.js')).href) as Built
    const { rows } = await readRegisterAside(register, {}, { breathe: async () => undefined })
    expect(rows).toHaveLength(2)
  })
})
