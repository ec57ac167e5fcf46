/** Showing a link on this machine: Chromium as a window of its own, else the default browser, else nobody. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const CHROMIUM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

function findChromium(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  return CHROMIUM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file))
}

function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

function showingCommand(link: string): readonly [string, ...string[]] | undefined {
  const chromium = findChromium()
  // Chromium refuses its sandbox to root, and we do not open a ledger without it.
  const isRoot = process.getuid?.() === 0
  if (chromium !== undefined && !isRoot) return [chromium, `--app=${link}`, '--disable-features=Translate', '--no-first-run']
  if (process.platform === 'darwin') return ['open', link]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', link]
  return isRoot ? undefined : ['xdg-open', link]
}

/** True when a program took the link; the window's life is its own. */
export async function showLink(link: string): Promise<boolean> {
  const command = hasDisplay() ? showingCommand(link) : undefined
  if (command === undefined) return false
  const [program, ...args] = command
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
