/**
 * Every gate in order: lint, types, unit (with property, contract and fault tests), build, end to end. All stages run
 * whatever fails before, so that one run shows everything; the last line is `N passed, N failed`.
 */
import './node-version.ts'

import fs from 'node:fs'

import { checkCounts, closingLine, playwrightCounts, sumOf, vitestCounts, type Counts } from './counts.ts'
import { inProject } from './paths.ts'
import { runTool } from './run-tool.ts'

type Stage = { readonly name: string; readonly run: () => Promise<Counts> }

const reports = inProject('test-results')
const unitReport = inProject('test-results/unit.json')
const pageReport = inProject('test-results/end-to-end.json')

function tool(name: string): string {
  return inProject('node_modules', name)
}

const STAGES: readonly Stage[] = [
  {
    name: '代码检查',
    run: async () => checkCounts(await runTool(tool('eslint/bin/eslint.js'), ['.', '--max-warnings=0'])),
  },
  { name: '类型检查', run: async () => checkCounts(await runTool(tool('typescript/bin/tsc'), ['--noEmit'])) },
  {
    name: '单元、性质、契约与故障测试',
    run: async () => {
      const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]
      return vitestCounts(unitReport, await runTool(tool('vitest/vitest.mjs'), args))
    },
  },
  { name: '构建', run: async () => checkCounts(await runTool(inProject('scripts/build.ts'), [])) },
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

const results: { readonly name: string; readonly counts: Counts; readonly seconds: number }[] = []
for (const [index, { name, run }] of STAGES.entries()) {
  console.log(`\n── ${index + 1}/${STAGES.length} ${name}`)
  const started = performance.now()
  const counts = await run()
  results.push({ name, counts, seconds: Math.round((performance.now() - started) / 1000) })
}

console.log('')
for (const { name, counts, seconds } of results) {
  console.log(`${counts.failed > 0 ? '✗' : '✓'} ${name}：${closingLine(counts)}（${seconds} 秒）${counts.note ?? ''}`)
}
const total = sumOf(results.map(({ counts }) => counts))
process.exitCode = total.failed > 0 ? 1 : 0
console.log(closingLine(total))
