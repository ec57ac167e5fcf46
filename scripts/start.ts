/**
 * npm start [-- FILE.mzdb] [--browser]: builds what is stale, makes the sample office on first run, and opens the
 * ledger: Electron, else Chromium as an app window, else the default browser, else the link alone.
 */
import './node-version.ts'

import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

import { appWindowArguments, findChromium, hasDisplay, isRoot, openInDefaultBrowser } from '../server/cli/window.ts'
import { BUILT_COMMAND } from './build-command.ts'
import { findElectron } from './electron-binary.ts'
import { inProject } from './paths.ts'
import { serveLedger } from './serving.ts'

const SAMPLE = inProject('office/sample.mzdb')
/** A window that closes sooner did not open: no sandbox, no usable display. */
const OPENED_MS = 4_000

const args = process.argv.slice(2)
const named = args.find((arg) => !arg.startsWith('-'))

function runOrExit(what: string, command: readonly string[]): void {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' })
  if (status === 0) return
  console.error(`${what}没有完成，请看上面的说明。`)
  process.exit(status ?? 1)
}

function ledger(): string {
  if (named !== undefined) return path.resolve(process.env['INIT_CWD'] ?? process.cwd(), named)
  if (!fs.existsSync(SAMPLE)) {
    console.log('首次运行：正在生成样例办公室 office/sample.mzdb')
    fs.mkdirSync(path.dirname(SAMPLE), { recursive: true })
    runOrExit('样例办公室', [BUILT_COMMAND, 'demo', SAMPLE])
  }
  return SAMPLE
}

type Shown = { readonly opened: boolean; readonly closed: Promise<void> }

/** Starts a window program and waits until it has either stayed open for a moment or given up. */
async function show(program: string, programArgs: readonly string[]): Promise<Shown> {
  const child = spawn(program, programArgs, { stdio: 'ignore' })
  const closed = new Promise<void>((resolve) => {
    child.on('exit', () => resolve())
    child.on('error', () => resolve())
  })
  let stillWaiting = setTimeout(() => {}, 0)
  const opened = await Promise.race([
    closed.then(() => child.exitCode === 0),
    new Promise<boolean>((resolve) => {
      stillWaiting = setTimeout(() => resolve(true), OPENED_MS)
    }),
  ])
  clearTimeout(stillWaiting)
  return { opened, closed }
}

/** Why Electron is not used, or nothing after its window was closed. */
async function openInElectron(file: string): Promise<string | undefined> {
  if (args.includes('--browser')) return '按 --browser 的要求'
  // Its sandbox refuses root, and a ledger is not opened without the sandbox.
  if (isRoot()) return 'Electron 不能以 root 身份在沙盒里运行'
  if (!fs.existsSync(inProject('dist/electron/main.js'))) return '桌面外壳还没有构建'
  const electron = await findElectron()
  if ('missing' in electron) return electron.missing
  console.log(`正在用 Electron 打开 ${file}`)
  const { opened, closed } = await show(electron.file, [inProject(), file])
  if (!opened) return 'Electron 没能启动'
  await closed
  return undefined
}

async function openInBrowser(file: string, reason: string): Promise<void> {
  const serving = await serveLedger(file, (line) => console.error(line))
  // Ctrl-C reaches the server too, which closes the ledger; this process only waits for it.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => void serving.stop())
  process.on('SIGHUP', () => void serving.stop())

  const chromium = hasDisplay() ? findChromium() : undefined
  if (chromium !== undefined) {
    console.log(`${reason}，改用 Chromium 的应用窗口打开 ${file}`)
    const { opened, closed } = await show(chromium, [
      ...appWindowArguments(serving.link),
      // A profile of its own: the window's life is then this process's, and the clerk's other tabs stay out of it.
      `--user-data-dir=${inProject('office/.window')}`,
      ...(isRoot() ? ['--no-sandbox'] : []),
    ])
    if (opened) {
      await Promise.race([closed, serving.ended])
      return serving.stop()
    }
  }
  if (hasDisplay() && (await openInDefaultBrowser(serving.link))) console.log(`${reason}，已在默认浏览器中打开 ${file}`)
  else if (hasDisplay()) console.log(`${reason}，也没有找到浏览器：请在本机浏览器中打开下面的链接（只能用一次）`)
  else console.log(`这台机器没有图形界面：请在本机浏览器中打开下面的链接（只能用一次）`)
  console.log(`\n  ${serving.link}\n\n按 Ctrl-C 结束。`)
  process.exitCode = await serving.ended
}

runOrExit('构建', [inProject('scripts/build.ts'), '--if-stale'])
const file = ledger()
const reason = hasDisplay() ? await openInElectron(file) : '没有图形界面'
if (reason !== undefined) {
  await openInBrowser(file, reason).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
