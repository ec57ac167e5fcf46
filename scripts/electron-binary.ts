import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import fs from 'node:fs'
import path from 'node:path'

import { inProject } from './paths.ts'

const PROBE_MS = 4_000
const DOWNLOAD_MS = 300_000

type Found = { readonly file: string } | { readonly missing: string }

const folder = inProject('node_modules/electron')

/** The binary npm's `electron` package has put in place; the package itself is never imported, that would download. */
function installed(): string | undefined {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const named = path.join(folder, 'path.txt')
  const usual = process.platform === 'win32' ? 'electron.exe' : 'electron'
  const name = fs.existsSync(named) ? fs.readFileSync(named, 'utf8') : usual
  const file = path.join(override ?? path.join(folder, 'dist'), name)
  return fs.existsSync(file) ? file : undefined
}

function version(): string {
  const contents: unknown = createRequire(import.meta.url)(path.join(folder, 'package.json'))
  if (typeof contents === 'object' && contents !== null && 'version' in contents) return String(contents.version)
  throw new Error('node_modules/electron has no version')
}

/** Asks for a file of a few kilobytes first, so that an offline machine waits seconds and not the whole download. */
async function canDownload(): Promise<boolean> {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror']
  const base = mirror ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const answer = await fetch(`${base.replace(/\/*$/, '/')}v${version()}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(PROBE_MS),
    })
    return answer.ok
  } catch {
    return false
  }
}

async function download(): Promise<boolean> {
  const child = spawn(process.execPath, [path.join(folder, 'install.js')], { stdio: 'inherit', timeout: DOWNLOAD_MS })
  return new Promise((resolve) => {
    child.on('error', () => resolve(false))
    child.on('exit', (code) => resolve(code === 0))
  })
}

/** The Electron binary, downloaded where that is possible; otherwise why not, as the end of a Chinese sentence. */
export async function findElectron(): Promise<Found> {
  const present = installed()
  if (present) return { file: present }
  if (!fs.existsSync(folder)) return { missing: '没有安装 electron 软件包' }
  if (!(await canDownload())) return { missing: '这台机器没有 Electron 程序，也连不上它的下载地址' }
  console.log('正在下载 Electron（约 110 MB，只需一次）')
  const file = (await download()) ? installed() : undefined
  return file ? { file } : { missing: 'Electron 没有下载成功' }
}
