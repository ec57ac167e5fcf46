/**
 * A test double of Electron's main-process API, as far as this shell uses it: real processes, a real Chromium page and
 * Electron's rules about order and defaults. What it cannot show is listed in docs/release-checklist.md.
 */
import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContext } from '@playwright/test'
import type { BrowserWindowConstructorOptions, ForkOptions, MenuItemConstructorOptions } from 'electron'
import { ask, orders, tell } from './channel.ts'
import { setPermissions, startChromium } from './chromium.ts'
import { openPage, type PageGuards, type WindowPage } from './page.ts'

const folder = process.env['DOUBLE_FOLDER'] ?? ''
Object.defineProperty(process, 'resourcesPath', { value: process.env['DOUBLE_RESOURCES'] })
const switches: string[] = []
const facts: Record<string, unknown> = { sandboxed: false }
const windows = new Set<BrowserWindow>()
let chromiumContext: BrowserContext | undefined
let isReady = false

function mustBe(state: 'before ready' | 'after ready', what: string): void {
  if (isReady !== (state === 'after ready')) throw new Error(`${what} must be called ${state}`)
}

class Refusable {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

class App extends EventEmitter {
  readonly isPackaged = process.env['DOUBLE_PACKAGED'] === '1'
  readonly commandLine = {
    appendSwitch: (name: string, value: string) => {
      mustBe('before ready', 'appendSwitch')
      switches.push(`--${name}=${value}`)
    },
  }
  enableSandbox(): void {
    mustBe('before ready', 'enableSandbox')
    facts['sandboxed'] = true
  }
  requestSingleInstanceLock(): boolean {
    return process.env['DOUBLE_SECOND'] !== '1'
  }
  isReady(): boolean {
    return isReady
  }
  async whenReady(): Promise<void> {
    if (!isReady) await once(this, 'ready')
  }
  getPath(name: string): string {
    mkdirSync(join(folder, name), { recursive: true })
    return join(folder, name)
  }
  quit(): void {
    const event = new Refusable()
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.emit('will-quit', new Refusable())
    this.emit('quit', new Refusable(), 0)
    process.exit(0)
  }
}
export const app = new App()

const schemes = new Map<string, unknown>()
export const protocol = {
  registerSchemesAsPrivileged(list: readonly { readonly scheme: string; readonly privileges: unknown }[]): void {
    mustBe('before ready', 'registerSchemesAsPrivileged')
    for (const { scheme, privileges } of list) schemes.set(scheme, privileges)
    facts['schemes'] = Object.fromEntries(schemes)
  },
  handle(scheme: string, handler: PageGuards['serve']): void {
    mustBe('after ready', 'protocol.handle')
    if (!schemes.has(scheme)) throw new Error(`the scheme ${scheme} is not privileged: its pages would have no origin`)
    guards.serve = handler
  },
}

type Grant = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void
let request: Grant = (_contents, _permission, answer) => answer(true)
let check: (contents: unknown, permission: string) => boolean = () => true
const guards: PageGuards = { serve: undefined, beforeRequest: undefined }
export const session = {
  defaultSession: {
    setPermissionRequestHandler: (handler: Grant) => (request = handler),
    setPermissionCheckHandler: (handler: typeof check) => (check = handler),
    setDevicePermissionHandler: (handler: () => boolean) => (facts['devices'] = handler()),
    setSpellCheckerEnabled: (enabled: boolean) => (facts['spellChecker'] = enabled),
    webRequest: { onBeforeRequest: (handler: PageGuards['beforeRequest']) => (guards.beforeRequest = handler) },
  },
}

function isGranted(permission: string): boolean {
  const answers: boolean[] = []
  request({}, permission, (granted) => answers.push(granted))
  return answers.includes(true) || check({}, permission)
}

export class BrowserWindow extends EventEmitter {
  readonly webContents = new WebContents()
  private page: Promise<WindowPage> | undefined

  constructor(options: BrowserWindowConstructorOptions) {
    super()
    mustBe('after ready', 'new BrowserWindow')
    if (options.webPreferences?.preload !== undefined) throw new Error('the double has no preload')
    windows.add(this)
    app.emit('web-contents-created', new Refusable(), this.webContents)
    tell({ kind: 'window', facts: JSON.parse(JSON.stringify(options)) })
    tell({ kind: 'facts', facts })
    this.page = this.open(options)
  }
  private async open(options: BrowserWindowConstructorOptions): Promise<WindowPage> {
    if (chromiumContext === undefined) throw new Error('no Chromium')
    await setPermissions(chromiumContext, isGranted)
    const hasNode = options.webPreferences?.nodeIntegration === true
    const page = await openPage(chromiumContext, this.webContents, guards, hasNode)
    page.onClosed(() => this.closed())
    return page
  }
  private closed(): void {
    windows.delete(this)
    this.emit('closed')
    if (windows.size > 0) return
    // Without a listener Electron quits when the last window is gone.
    if (!app.emit('window-all-closed')) app.quit()
  }
  async loadURL(url: string): Promise<void> {
    const page = await this.page
    await page?.load(url)
    this.emit('ready-to-show')
  }
  reload(): void {
    void this.page?.then((page) => page.reload())
  }
  close(): void {
    void this.page?.then((page) => page.close())
  }
  show(): void {
    tell({ kind: 'shown' })
  }
  focus(): void {
    if (!windows.has(this)) throw new TypeError('Object has been destroyed')
    tell({ kind: 'shown' })
  }
}

class WebContents extends EventEmitter {
  windowOpenHandler: ((details: { readonly url: string }) => { readonly action: string }) | undefined
  setWindowOpenHandler(handler: NonNullable<WebContents['windowOpenHandler']>): void {
    this.windowOpenHandler = handler
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    facts['webRTC'] = policy
  }
}

class UtilityProcess extends EventEmitter {
  private readonly child: ChildProcess
  constructor(file: string, args: string[], options: ForkOptions) {
    super()
    const shim = new URL('./parent-port.ts', import.meta.url).href
    const env = { ...process.env, ...(options.env ?? {}) }
    this.child = fork(file, args, { execArgv: ['--import', shim], env, serialization: 'advanced', stdio: 'inherit' })
    this.child.on('message', (message) => this.emit('message', message))
    this.child.on('exit', (code) => this.emit('exit', code))
    tell({ kind: 'child', pid: this.child.pid ?? 0, args: [file, ...args] })
  }
  postMessage(message: object): void {
    if (this.child.connected) this.child.send(message)
  }
  kill(): boolean {
    return this.child.kill()
  }
}
export const utilityProcess = {
  fork(file: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess {
    mustBe('after ready', 'utilityProcess.fork')
    return new UtilityProcess(file, args, options)
  },
}

export const dialog = {
  showMessageBox: (options: unknown) => ask('showMessageBox', options),
  showOpenDialog: (options: unknown) => ask('showOpenDialog', options),
  showSaveDialog: (options: unknown) => ask('showSaveDialog', options),
}

let menu: MenuItemConstructorOptions[] = []
export const Menu = {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (template: MenuItemConstructorOptions[]) => (menu = template),
}

orders.on('emit', (event, args) => app.emit(event, new Refusable(), ...args))
orders.on('close', () => {
  for (const window of windows) window.close()
})
orders.on('menu', (label) => {
  const items = menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
  const click = items.find((item) => item.label === label)?.click
  if (click === undefined) throw new Error(`the menu has no command ${label}`)
  Reflect.apply(click, undefined, [])
})

// `ready` comes when the main bundle has run, as in Electron.
setImmediate(() => {
  void startChromium(switches, join(folder, 'chromium')).then((started) => {
    chromiumContext = started
    isReady = true
    app.emit('ready')
  })
})
