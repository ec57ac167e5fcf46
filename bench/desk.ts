/**
 * The reconciliation desk with ten thousand lines a side, worked by keyboard in a real browser on a real ledger: from the key to
 * the painted frame that shows what it did.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '#server/cli/window.ts'
import { inProject } from '../scripts/paths.ts'
import { serveLedger } from '../scripts/serving.ts'
import { makeDeskMonth } from './desk-month.ts'
import { HEAD_LOGIN, PASSWORD } from './generate.ts'
import { median, ms, type Measure } from './measure.ts'

const LINES = 10_000
const STEPS = 100
/** Fewer than the pairs that stand in the same order on both sides (desk-month). */
const MATCHES = 30
const ACCEPTED = 30
const TAKEN_BACK = 10

const STATE = '.reconcile-state'
const TICKED = '.reconcile-ticked'
const DIALOG = '[role=dialog]'
const FIRST_SUGGESTION = '.reconcile-bank [row-index="0"] [col-id="match"]'

/**
 * Milliseconds from the key to the end of the frame in which `watched` has another text than before; of the very next frame
 * where nothing is watched. The key's own stamp counts: waiting for a busy page is part of what a person feels.
 */
async function timeOf(page: Page, key: string, watched: string | null): Promise<number> {
  const clock = await page.evaluateHandle((selector) => {
    const textOf = () => (selector === null ? '' : document.querySelector(selector)?.textContent ?? '')
    const before = textOf()
    const frame = new Promise<number>((resolve) => {
      const painted = (began: number) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => resolve(performance.now() - began)
        port2.postMessage(null)
      })
      const look = (began: number) => {
        const text = textOf()
        if (selector === null || (text !== before && text !== '')) painted(began)
        else requestAnimationFrame(() => look(began))
      }
      addEventListener('keydown', ({ timeStamp }) => look(timeStamp), { capture: true, once: true })
    })
    return { frame }
  }, watched)
  await page.keyboard.press(key)
  const time = await clock.evaluate(({ frame }) => frame)
  await clock.dispose()
  return time
}

async function openDesk(page: Page, bankAccountId: number): Promise<number> {
  await page.evaluate((id) => {
    history.pushState(null, '', `/bank/${id}`)
    dispatchEvent(new PopStateEvent('popstate'))
  }, bankAccountId)
  await page.getByRole('button', { name: '对账', exact: true }).focus()
  return timeOf(page, 'Enter', FIRST_SUGGESTION)
}

type Times = { readonly open: number; readonly walk: number[]; readonly tick: number[]; readonly side: number[];
  readonly match: number[]; readonly accept: number[]; readonly ask: number[]; readonly undo: number[] }

/** As a clerk does it: down the list, ticking the pairs at its top, accepting suggestions, taking a few back. */
async function work(page: Page, bankAccountId: number): Promise<Times> {
  const times: Times = {
    open: await openDesk(page, bankAccountId), walk: [], tick: [], side: [], match: [], accept: [], ask: [], undo: [],
  }
  const timed = async (into: number[], key: string, watched: string | null = null) => {
    into.push(await timeOf(page, key, watched))
  }
  // The date: a click on the first column would tick.
  await page.locator('.reconcile-bank [row-index="0"] [col-id="date"]').click()
  for (let step = 0; step < STEPS; step += 1) await timed(times.walk, 'ArrowDown')
  for (let step = 0; step < STEPS; step += 1) await timed(times.walk, 'ArrowUp')
  for (let step = 0; step < MATCHES; step += 1) {
    await timed(times.tick, 'Space', TICKED)
    await timed(times.side, 'Tab')
    await timed(times.tick, 'Space', TICKED)
    await timed(times.match, 'Enter', STATE)
    await timed(times.side, 'Shift+Tab')
  }
  for (let step = 0; step < ACCEPTED; step += 1) await timed(times.accept, 's', STATE)
  for (let step = 0; step < TAKEN_BACK; step += 1) {
    await timed(times.ask, 'u', DIALOG)
    await page.getByRole('dialog').getByLabel('原因').fill('看错了')
    await timed(times.undo, 'Enter', STATE)
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  return times
}

function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.ceil(sorted.length * 0.95) - 1]
  if (value === undefined) throw new Error('a percentile of nothing')
  return value
}

type Bounds = { readonly keyMs: number; readonly matchMs: number; readonly openMs: number }

function measured(what: string, times: readonly number[], bound: number): Measure {
  const slow = p95(times)
  return {
    topic: 'desk', what: `reconciliation desk, ${LINES} lines a side: ${what}`, measured: ms(slow), bound: `≤ ${ms(bound)}`,
    within: slow <= bound, medians: `95th of 100; median ${ms(median(times))} of ${times.length}`,
  }
}

export async function measureDesk(folder: string, bounds: Bounds): Promise<readonly Measure[]> {
  execFileSync(process.execPath, [inProject('scripts/build.ts'), '--if-stale', '--browser'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const home = join(folder, 'desk')
  mkdirSync(home)
  const { path, bankAccountId } = makeDeskMonth(home, LINES)
  const executablePath = findChromium()
  const serving = await serveLedger(path, (line) => console.error(line))
  const browser = await chromium.launch({ args: ['--no-sandbox'], ...(executablePath !== undefined && { executablePath }) })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
    await page.goto(serving.link)
    await page.getByLabel('登录名').fill(HEAD_LOGIN)
    await page.getByLabel('密码').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '当前人员' }).waitFor()
    const times = await work(page, bankAccountId)
    return [
      measured('opening, both lists and every suggestion', [times.open], bounds.openMs),
      measured('walking (arrows)', times.walk, bounds.keyMs),
      measured('ticking (space)', times.tick, bounds.keyMs),
      measured('changing sides (Tab)', times.side, bounds.keyMs),
      measured('matching what is ticked (Enter), written', times.match, bounds.matchMs),
      measured('accepting a suggestion (S), written', times.accept, bounds.matchMs),
      measured('asking for the last match (U)', times.ask, bounds.matchMs),
      measured('taking it back, lists read anew', times.undo, bounds.openMs),
    ]
  } finally {
    await browser.close()
    await serving.stop()
  }
}
