import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { chromium, type BrowserContext } from '@playwright/test'
import { findChromium } from '#server/cli/window.ts'
import { tell } from './channel.ts'

/**
 * A DevTools client can answer requests of schemes Chromium knows only, so `app://HOST/` is shown to it as
 * `https://HOST.app-scheme.invalid/`: also a standard, secure origin. Everything the bundle sees is translated back.
 */
export function toChromium(url: string): string {
  return url.replace(/^(blob:)?app:\/\/([^/]*)/i, '$1https://$2.app-scheme.invalid')
}
export function fromChromium(url: string): string {
  return url.replace(/^(blob:)?https:\/\/([^/]*)\.app-scheme\.invalid/, '$1app://$2')
}

/** Debian's Chromium with the switches the app asked for. Ends with this process. */
export async function startChromium(switches: readonly string[], profile: string): Promise<BrowserContext> {
  // Without a startup window: attaching while Chromium's own first page loads hangs now and then.
  const args = ['--headless', '--no-sandbox', '--no-first-run', '--no-startup-window', '--remote-debugging-port=0']
  const program = findChromium() ?? chromium.executablePath()
  const child = spawn(program, [...args, `--user-data-dir=${profile}`, ...switches], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  process.on('exit', () => child.kill('SIGKILL'))
  const debugging = await new Promise<string>((resolve, reject) => {
    child.on('exit', () => reject(new Error('Chromium ended at once')))
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? []
      if (address !== undefined) resolve(address)
    })
  })
  const browser = await chromium.connectOverCDP(debugging)
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('Chromium has no default context')
  tell({ kind: 'ready', debugging })
  return context
}

/** What a page can ask for, and Electron's name for it. */
const PERMISSIONS = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  camera: 'media',
  microphone: 'media',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'idle-detection': 'idle-detection',
}

/** Electron grants what no handler denies; so does the double. */
export async function setPermissions(context: BrowserContext, isGranted: (name: string) => boolean): Promise<void> {
  const session = await context.browser()?.newBrowserCDPSession()
  for (const [name, permission] of Object.entries(PERMISSIONS)) {
    const setting = isGranted(permission) ? 'granted' : 'denied'
    await session?.send('Browser.setPermission', { permission: { name }, setting })
  }
}
