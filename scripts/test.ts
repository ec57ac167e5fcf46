/**
 * Every gate: lint, types, build, unit (with property, contract and fault tests), end to end. All run whatever fails
 * before, so that one run shows everything; the last line is `N passed, N failed`.
 */
import './node-version.ts'

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { checkCounts, closingLine, playwrightCounts, sumOf, vitestCounts, type Counts } from './counts.ts'
import { inProject } from './paths.ts'
import { runTool, runToolAside } from './run-tool.ts'

type Stage = { readonly name: string; readonly run: () => Promise<Counts> }

const reports = inProject('test-results')
const unitReport = inProject('test-results/unit.json')
const pageReport = inProject('test-results/end-to-end.json')

function tool(name: string): string {
  return inProject('node_modules', name)
}

/** Lint keeps one core busy for as long as types, build and the first unit tests together; the pages then need both. */
const SIDE_BY_SIDE: readonly (readonly Stage[])[] = [
  [
    {
      name: '代码检查',
      run: async () => checkCounts(await runToolAside(tool('oxlint/bin/oxlint'), ['.'])),
    },
  ],
  [
    { name: '类型检查', run: async () => checkCounts(await runToolAside(tool('typescript/bin/tsc'), ['--noEmit'])) },
    { name: '构建', run: async () => checkCounts(await runToolAside(inProject('scripts/build.ts'), [])) },
    {
      name: '单元、性质、契约与故障测试',
      run: async () => {
        const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]
        return vitestCounts(unitReport, await runTool(tool('vitest/vitest.mjs'), args))
      },
    },
  ],
]

const AFTERWARDS: readonly Stage[] = [
  {
    name: '端到端测试',
    run: async () => {
      const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: pageReport }
      const exitCode = await runTool(tool('@playwright/test/cli.js'), ['test', '--reporter=list,json'], env)
      return playwrightCounts(pageReport, exitCode)
    },
  },
]

// A report of an earlier run must never be counted in this one.
fs.rmSync(reports, { recursive: true, force: true })
fs.mkdirSync(reports, { recursive: true })

/**
 * Two thousand small ledgers, each commit of theirs waiting for the disk, are made and thrown away: in memory where there
 * is room, else in the usual place. What a crash of the machine does to a file is not what these tests are about.
 */
function roomForLedgers(): string {
  const memory = '/dev/shm'
  const found = fs.statfsSync(fs.existsSync(memory) ? memory : os.tmpdir())
  const roomy = found.bavail * found.bsize > 4 * 1024 ** 3
  const folder = fs.mkdtempSync(path.join(fs.existsSync(memory) && roomy ? memory : os.tmpdir(), 'mingzhang-test-'))
  // Tests of file permissions step down to a user who must be able to get here.
  fs.chmodSync(folder, 0o755)
  return folder
}

const ledgers = roomForLedgers()
process.env['TMPDIR'] = ledgers
process.once('exit', () => fs.rmSync(ledgers, { recursive: true, force: true }))

type Result = { readonly name: string; readonly counts: Counts; readonly seconds: number }

async function runInTurn(stages: readonly Stage[]): Promise<Result[]> {
  const results: Result[] = []
  for (const { name, run } of stages) {
    console.log(`\n── ${name}`)
    const started = performance.now()
    const counts = await run()
    results.push({ name, counts, seconds: Math.round((performance.now() - started) / 1000) })
  }
  return results
}

const results = [...(await Promise.all(SIDE_BY_SIDE.map(runInTurn))).flat(), ...(await runInTurn(AFTERWARDS))]

console.log('')
for (const { name, counts, seconds } of results) {
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${name}：${closingLine(counts)}（${seconds} 秒）${counts.note ?? ''}`)
}
const total = sumOf(results.map(({ counts }) => counts))
process.exitCode = total.failed > 0 ? 1 : 0
console.log(closingLine(total))
