/** Showing a link on this machine: Chromium as a window of its own, else the default browser, else nobody. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'msedge']

const FIXED_PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** A browser that can show one address as a window of its own (`--app`), or nothing. */
export function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...FIXED_PLACES]
  return candidates.find((file) => existsSync(file))
}

export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

/** Chromium refuses its sandbox to root, and a clerk's ledger is not opened without it. */
export function isRoot(): boolean {
  return process.getuid?.() === 0
}

/** An address as a window of its own, without the browser's own offers. */
export function appWindowArguments(link: string): readonly string[] {
  return [`--app=${link}`, '--disable-features=Translate', '--no-first-run', '--no-default-browser-check']
}

function defaultBrowserCommand(link: string): readonly [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', link]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', link]
  return ['xdg-open', link]
}

/** True when a program took the link; the window's life is its own. */
async function handOver([program, ...args]: readonly [string, ...string[]]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}

/** A launcher still running by then has become the browser itself. */
const LAUNCHED_MS = 4_000

/** Hands the address to the system's default browser; false where there is none to hand it to. */
export async function openInDefaultBrowser(link: string): Promise<boolean> {
  const [program, ...args] = defaultBrowserCommand(link)
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    const patience = setTimeout(() => resolve(true), LAUNCHED_MS)
    const settle = (isShown: boolean): void => {
      clearTimeout(patience)
      resolve(isShown)
    }
    child.once('error', () => settle(false))
    child.once('exit', (code) => settle(code === 0))
    child.unref()
  })
}

/** True when a program took the link. */
export async function showLink(link: string): Promise<boolean> {
  if (!hasDisplay()) return false
  const chromium = findChromium()
  if (chromium !== undefined && !isRoot()) return handOver([chromium, ...appWindowArguments(link)])
  // On Linux root's default browser is that same Chromium.
  return isRoot() && process.platform === 'linux' ? false : openInDefaultBrowser(link)
}
