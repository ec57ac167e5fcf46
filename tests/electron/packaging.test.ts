/** electron-builder's own work, offline, around a placeholder Electron; then the packed app under the double. */
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { extractAll, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildShell } from '../../scripts/build-electron.ts'
import { inProject } from '../../scripts/paths.ts'
import { foundTestLedger } from '../server/office.ts'
import { layOutElectron } from './placeholder-dist.ts'
import { startShell } from './shell.ts'

const MINUTES = 60_000
const SYSTEMS = {
  linux: { flag: '--linux', resources: 'linux-unpacked/resources', program: 'linux-unpacked/mingzhang' },
  win32: { flag: '--win', resources: 'win-unpacked/resources', program: 'win-unpacked/mingzhang.exe' },
  darwin: { flag: '--mac', resources: 'mac/明账.app/Contents/Resources', program: 'mac/明账.app' },
} as const
type System = keyof typeof SYSTEMS
const systems = Object.keys(SYSTEMS) as System[]

// Beside the project and not in it: dist/ and release/ belong to whoever builds there.
const staging = inProject('node_modules/.cache/mingzhang-shell', `packaging-${process.pid}`)
const outside = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-packaging-'))
const release = (...parts: string[]) => path.join(staging, 'release', ...parts)

function pack(system: System): void {
  const electronDist = path.join(outside, system)
  layOutElectron(electronDist, system)
  const builder = inProject('node_modules/electron-builder/cli.js')
  const args = ['--dir', SYSTEMS[system].flag, '--x64', '--projectDir', staging, `-c.electronDist=${electronDist}`]
  // electron-builder follows links out of the package only to its temporary folder when the project lies below /tmp.
  const env = { ...process.env, TMPDIR: inProject('node_modules') }
  execFileSync(process.execPath, [builder, ...args], { stdio: ['ignore', 'ignore', 'pipe'], cwd: staging, env })
}

beforeAll(async () => {
  fs.mkdirSync(staging, { recursive: true })
  const copied = ['package.json', 'package-lock.json', 'electron-builder.yml']
  for (const file of copied) fs.copyFileSync(inProject(file), path.join(staging, file))
  const linked = ['node_modules', 'scripts', 'assets']
  for (const folder of linked) fs.symlinkSync(inProject(folder), path.join(staging, folder))
  await buildShell(path.join(staging, 'dist/electron'))
  const outDir = path.join(staging, 'dist/renderer')
  await build({ configFile: inProject('vite.config.ts'), logLevel: 'error', build: { outDir } })
  for (const system of systems) pack(system)
}, 3 * MINUTES)

afterAll(() => {
  fs.rmSync(staging, { recursive: true, force: true })
  fs.rmSync(outside, { recursive: true, force: true })
})

function contentsOf(system: System): string[] {
  const archive = release(SYSTEMS[system].resources, 'app.asar')
  return listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/').slice(1))
}

describe.each(systems)('the app packed for %s', (system) => {
  it('holds the bundles, the page, the migrations and one package: the native module', () => {
    const files = contentsOf(system)
    const bundles = ['main', 'server'].map((name) => `dist/electron/${name}.js`)
    expect(files).toEqual(expect.arrayContaining(['package.json', 'dist/renderer/index.html', ...bundles]))
    const migrations = fs.readdirSync(inProject('db/migrations')).filter((name) => name.endsWith('.sql'))
    for (const name of migrations) expect(files).toContain(`dist/electron/rooms/db/migrations/${name}`)
    const packages = new Set(files.flatMap((file) => /^node_modules\/([^/]+)/.exec(file)?.[1] ?? []))
    expect([...packages]).toEqual(['better-sqlite3'])
  })

  it('holds no sources, no tests, no maps and nothing of the workshop', () => {
    const unwanted = /\.(ts|tsx|map|md|yml|mzdb|cc|cpp|h|gyp)$/
    expect(contentsOf(system).filter((file) => unwanted.test(file))).toEqual([])
    const top = new Set(contentsOf(system).map((file) => file.split('/')[0]))
    expect([...top].sort()).toEqual(['dist', 'node_modules', 'package.json'])
  })

  it('carries exactly one native module, its own, outside the archive', () => {
    const natives = fs
      .readdirSync(release(SYSTEMS[system].resources), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.node'))
    expect(natives).toEqual([`app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${system}-x64.node`])
  })

  it('carries the fonts of its documents and their licence', () => {
    const fonts = fs.readdirSync(release(SYSTEMS[system].resources, 'fonts'))
    expect(fonts.sort()).toEqual(['NotoSansSC_400Regular.ttf', 'NotoSansSC_700Bold.ttf', 'OFL.txt'])
  })

  it('has every fuse set on purpose', async () => {
    const wire = await getCurrentFuseWire(release(SYSTEMS[system].program))
    const on: readonly number[] = [
      FuseV1Options.EnableCookieEncryption, FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.WasmTrapHandlers,
    ]
    const state = (fuse: number) => (on.includes(fuse) ? FuseState.ENABLE : FuseState.DISABLE)
    const expected = Array.from({ length: 9 }, (_, fuse) => [fuse, state(fuse)])
    expect(wire).toEqual({ ...Object.fromEntries(expected), version: '1' })
  })
})

describe('the packed app, taken out of its archive', () => {
  const main = path.join(outside, 'app/dist/electron/main.js')
  beforeAll(() => extractAll(release(SYSTEMS.linux.resources, 'app.asar'), path.join(outside, 'app')))

  it('names no remote address in the shell or in the page', () => {
    const page = path.join(outside, 'app/dist/renderer')
    const pageFiles = fs.readdirSync(page, { recursive: true, encoding: 'utf8' })
    const files = [main, ...pageFiles.map((file) => path.join(page, file))]
    const remote = files
      .filter((file) => /\.(html|css)$/.test(file) || file === main)
      .filter((file) => /(https?|wss?):\/\/(?!www\.w3\.org\/)/.test(fs.readFileSync(file, 'utf8')))
    expect(remote).toEqual([])
  })

  it('opens a ledger and shows its page, with nothing of the project beside it', async () => {
    const ledger = foundTestLedger(fs.mkdtempSync(path.join(outside, 'office-')))
    const shell = await startShell(main, {
      args: [ledger],
      env: { DOUBLE_PACKAGED: '1', DOUBLE_RESOURCES: release(SYSTEMS.linux.resources) },
    })
    try {
      const page = await shell.page()
      expect(await page.title()).toContain('明账')
      await page.locator('input[type="password"]').waitFor({ timeout: 20_000 })
      const window = shell.told.find((message) => message.kind === 'window')
      expect(window).toMatchObject({ facts: { webPreferences: { devTools: false, sandbox: true } } })
    } finally {
      await shell.close()
    }
  })
})
