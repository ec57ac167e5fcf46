/**
 * dist/renderer (the page), dist/command (the command line) and dist/electron (the shell and the server it starts).
 * `--if-stale` builds only what is older than its sources; `--browser` leaves the shell out.
 */
import './node-version.ts'

import { build } from 'vite'

import { BUILT_COMMAND, buildCommand } from './build-command.ts'
import { buildShell } from './build-electron.ts'
import { isStale } from './freshness.ts'
import { inProject } from './paths.ts'

const COMMON_SOURCES = ['package.json', 'package-lock.json', 'tsconfig.json', 'core', 'assets']
const RENDERER_SOURCES = [...COMMON_SOURCES, 'vite.config.ts', 'renderer']
const COMMAND_SOURCES = [...COMMON_SOURCES, 'db', 'services', 'reports', 'server', 'scripts/bundle.ts']
const SHELL_SOURCES = [...COMMAND_SOURCES, 'electron', 'scripts/build-electron.ts']

async function buildRenderer(): Promise<void> {
  await build({ configFile: inProject('vite.config.ts'), logLevel: 'warn' })
}

async function step(what: string, needed: boolean, work: () => Promise<void>): Promise<void> {
  if (!needed) return
  const started = performance.now()
  await work()
  console.log(`${what}已构建（${((performance.now() - started) / 1000).toFixed(1)} 秒）`)
}

function isNeeded(product: string, sources: readonly string[]): boolean {
  if (!process.argv.includes('--if-stale')) return true
  return isStale(inProject(product), sources.map((source) => inProject(source)))
}

await step('界面', isNeeded('dist/renderer/index.html', RENDERER_SOURCES), buildRenderer)
await step('命令行', isNeeded(BUILT_COMMAND, [...COMMAND_SOURCES, 'scripts/build-command.ts']), buildCommand)
if (!process.argv.includes('--browser')) {
  await step('桌面外壳', isNeeded('dist/electron/main.js', SHELL_SOURCES), () => buildShell())
}
