import { fork } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import type { FromDouble } from './double/channel.ts'

export type Question = Extract<FromDouble, { kind: 'question' }>

export type Shell = {
  /** Userdata, documents and temp folders of this run lie here. */
  readonly folder: string
  /** Everything the double has told so far. */
  readonly told: readonly FromDouble[]
  /** The next dialog that has not been answered. */
  question(): Promise<Question>
  answer(question: Question, answer: unknown): void
  emit(event: string, ...args: readonly unknown[]): void
  menu(label: string): void
  /** As the window's own close button does. */
  closeWindow(): void
  /** The window's page, once it has loaded. */
  page(): Promise<Page>
  /** Waits for the app to end; its exit code. */
  readonly ended: Promise<number>
  /** Ends the app as closing its window would, and removes its folder. */
  close(): Promise<void>
}

export type ShellOptions = {
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Folder to continue in, for a second start of the same installation. */
  readonly folder?: string
}

/** Starts `dist/electron/main.js` (or the packaged one), unchanged, under the double. */
export async function startShell(main: string, options: ShellOptions = {}): Promise<Shell> {
  const { args = [], env = {}, folder: given } = options
  const folder = given ?? mkdtempSync(join(tmpdir(), 'mingzhang-shell-'))
  const double = new URL('./double/register.ts', import.meta.url).href
  const child = fork(main, [...args], {
    execArgv: ['--import', double],
    env: { ...process.env, DOUBLE_FOLDER: folder, ...env },
    cwd: folder,
  })
  const told: FromDouble[] = []
  const news = new EventEmitter()
  child.on('message', (message) => {
    told.push(message as FromDouble)
    news.emit('news')
  })
  const ended = once(child, 'exit').then(([code]) => {
    news.emit('news')
    return typeof code === 'number' ? code : -1
  })
  const answered = new Set<number>()

  /** The first message that `pick` accepts, now or later. */
  async function wait<Found>(what: string, pick: (message: FromDouble) => Found | undefined): Promise<Found> {
    for (;;) {
      for (const message of told) {
        const found = pick(message)
        if (found !== undefined) return found
      }
      if (child.exitCode !== null) throw new Error(`the app ended (${child.exitCode}) before ${what}`)
      await once(news, 'news')
    }
  }

  return {
    folder,
    told,
    ended,
    question: () =>
      wait('a question', (told) => (told.kind === 'question' && !answered.has(told.id) ? told : undefined)),
    answer: ({ id }, answer) => {
      answered.add(id)
      child.send({ kind: 'answer', id, answer })
    },
    emit: (event, ...args) => void child.send({ kind: 'emit', event, args }),
    closeWindow: () => void child.send({ kind: 'close' }),
    menu: (label) => void child.send({ kind: 'menu', label }),
    page: async () => {
      const debugging = await wait('Chromium', (told) => (told.kind === 'ready' ? told.debugging : undefined))
      await wait('its window', (told) => {
        if (told.kind !== 'question' || answered.has(told.id)) return told.kind === 'shown' ? told : undefined
        throw new Error(`the app asks before it shows a window: ${JSON.stringify(told.options)}`)
      })
      const browser = await chromium.connectOverCDP(debugging)
      const page = browser.contexts()[0]?.pages().find((candidate) => candidate.url().startsWith('https://'))
      if (page === undefined) throw new Error('no page of the app')
      return page
    },
    close: async () => {
      // The double ends, and with it Chromium and the server, when its channel does.
      if (child.connected) child.disconnect()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
