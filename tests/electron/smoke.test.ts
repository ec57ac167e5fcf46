/** The only tests that need the Electron binary: what no double can show. Counted apart, never silently green. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inProject } from '../../scripts/paths.ts'
import { foundTestLedger } from '../server/office.ts'
import { buildShellFor, type BuiltShell } from './built-shell.ts'

/** A packed test build (`MINGZHANG_PACKED_APP`), else the installed binary; importing the package would download it. */
function electronBinary(): string | undefined {
  const packed = process.env['MINGZHANG_PACKED_APP']
  if (packed !== undefined) return packed
  const named = inProject('node_modules/electron/path.txt')
  if (!fs.existsSync(named)) return undefined
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? inProject('node_modules/electron/dist')
  const file = path.join(dist, fs.readFileSync(named, 'utf8'))
  return fs.existsSync(file) ? file : undefined
}

const binary = electronBinary()
if (binary === undefined) console.log('SKIPPED: no Electron binary')

describe.skipIf(binary === undefined)('Electron itself', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-smoke-'))
  const isPacked = process.env['MINGZHANG_PACKED_APP'] !== undefined
  let built: BuiltShell
  let app: ElectronApplication

  beforeAll(async () => {
    built = await buildShellFor('smoke')
    fs.writeFileSync(path.join(built.page, 'index.html'), '<!doctype html><title>明账</title><p>登录')
    const ledger = foundTestLedger(folder)
    const args = [...(isPacked ? [] : [built.main]), ledger, `--user-data-dir=${path.join(folder, 'profile')}`]
    app = await _electron.launch({ executablePath: binary ?? '', args })
  })
  afterAll(async () => {
    await app.close()
    built.remove()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  it('starts its server as a utility process and shows the page under its policy', async () => {
    const page = await app.firstWindow()
    expect(page.url()).toBe('app://mingzhang/')
    expect(await page.title()).toContain('明账')
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
    expect(policy).toContain("default-src 'none'")
    const processes = await app.evaluate(({ app: main }) => main.getAppMetrics().map(({ type }) => type))
    expect(processes).toContain('Utility')
  })

  it('sandboxes every page', async () => {
    const sandboxed = await app.evaluate(({ app: main }) => {
      const pages = main.getAppMetrics().filter(({ type }) => type === 'Tab')
      return pages.map((process) => 'sandboxed' in process && process.sandboxed)
    })
    // Linux reports no such figure.
    if (process.platform !== 'linux') expect(new Set(sandboxed)).toEqual(new Set([true]))
    const page = await app.firstWindow()
    expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false)
  })

  it('stays at home', async () => {
    const page = await app.firstWindow()
    const opened = await page.evaluate(async () => {
      location.href = 'https://evil.example/'
      const fetched = await fetch('https://evil.example/').then(() => 'went through', () => 'refused')
      return [window.open('https://evil.example/') === null, fetched]
    })
    expect(opened).toEqual([true, 'refused'])
    expect(page.url()).toBe('app://mingzhang/')
    expect(app.windows()).toHaveLength(1)
  })

  it('denies permissions', async () => {
    const page = await app.firstWindow()
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  })
})
