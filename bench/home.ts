/** From the key that signs in to a home one can work with, in a real browser, on the big book. */
import { execFileSync } from 'node:child_process'
import { chromium, type Browser, type BrowserContext } from '@playwright/test'
import { findChromium } from '#server/cli/window.ts'
import { inProject } from '../scripts/paths.ts'
import { serveLedger } from '../scripts/serving.ts'
import { HEAD_LOGIN, PASSWORD } from './generate.ts'
import { median, ms, type Measure } from './measure.ts'

const ROUNDS = 7

type Door = Awaited<ReturnType<BrowserContext['storageState']>>

/** Opens the one-time link; what the browser keeps of it lets later profiles in. */
async function openDoor(browser: Browser, link: string): Promise<Door> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link)
  await page.getByLabel('登录名').waitFor()
  const door = await context.storageState()
  await context.close()
  return door
}

/** A browser with nothing cached each time, as after switching the computer on; the program itself is running. */
async function signIn(browser: Browser, origin: string, door: Door): Promise<number> {
  const view = { viewport: { width: 1280, height: 800 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' }
  const context = await browser.newContext({ ...view, storageState: door })
  try {
    const page = await context.newPage()
    await page.goto(origin)
    await page.getByLabel('登录名').fill(HEAD_LOGIN)
    await page.getByLabel('密码').fill(PASSWORD)
    const begun = performance.now()
    await page.keyboard.press('Enter')
    // Usable: what waits, the rates, where the money is, and the last vouchers are all there.
    await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
    await page.getByRole('region', { name: '需要我处理' }).locator('li, p').first().waitFor()
    await page.getByRole('img', { name: '各银行占比' }).waitFor()
    await page.locator('.notice-rate').first().waitFor()
    await page.getByRole('gridcell').first().waitFor()
    return performance.now() - begun
  } finally {
    await context.close()
  }
}

export async function measureHome(ledgerPath: string, boundMs: number): Promise<readonly Measure[]> {
  execFileSync(process.execPath, [inProject('scripts/build.ts'), '--if-stale', '--renderer'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const executablePath = findChromium()
  const serving = await serveLedger(ledgerPath, (line) => console.error(line))
  const browser = await chromium.launch({
    args: ['--no-sandbox'],
    ...(executablePath !== undefined && { executablePath }),
  })
  try {
    const { origin } = new URL(serving.link)
    const door = await openDoor(browser, serving.link)
    const first = await signIn(browser, origin, door)
    const rounds: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await signIn(browser, origin, door))
    const time = median(rounds)
    return [
      {
        topic: 'home',
        what: 'sign-in to usable home in Chromium, on the big book',
        measured: ms(time),
        bound: `≤ ${ms(boundMs)}`,
        within: time <= boundMs,
        medians: `median of ${ROUNDS} fresh profiles; the very first ${ms(first)}`,
      },
    ]
  } finally {
    await browser.close()
    await serving.stop()
  }
}
