import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

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
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const candidates = [...NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name))), ...FIXED_PLACES]
  return candidates.find((file) => fs.existsSync(file))
}

export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY']) || Boolean(process.env['WAYLAND_DISPLAY'])
}

/** Hands the address to the system's default browser; false where there is none to hand it to. */
export function openInDefaultBrowser(link: string): boolean {
  if (process.platform === 'darwin') return spawnSync('open', [link]).status === 0
  if (process.platform === 'win32') {
    // The empty argument is the window title `start` expects first; `&` in the link must not end the command.
    return spawnSync('cmd', ['/c', 'start', '""', `"${link}"`], { windowsVerbatimArguments: true }).status === 0
  }
  return spawnSync('xdg-open', [link], { stdio: 'ignore' }).status === 0
}
