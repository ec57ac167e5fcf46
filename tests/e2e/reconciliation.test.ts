/** The bank's month by keyboard alone: import, match, undo, print, seal and check; and the certificates in the safe. */
import fs from 'node:fs'
import type { Page, Route } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }
import { inProject } from '../../scripts/paths.ts'

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'

/** 凤凰里 at 农业银行: its September waits in the sample office. */
const WAITING = '12345600000000001'
/** 望江花园 at 中国银行: nothing of it was ever imported. */
const FRESH = '600000000001'

async function signIn(page: Page, login: string): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill(sample.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '当前人员' })).toBeVisible()
}

async function changePerson(page: Page, login: string): Promise<void> {
  await page.getByRole('button', { name: '当前人员' }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await signIn(page, login)
}

async function openAccount(page: Page, number: string): Promise<void> {
  await page.getByRole('link', { name: '银行', exact: true }).click()
  await page.getByRole('gridcell', { name: number, exact: true }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '对账', exact: true })).toBeVisible()
}

test('Space ticks, Tab changes sides, Enter matches, S accepts, U takes back; then it is sealed and checked', async ({
  page, office,
}) => {
  test.slow()
  await page.goto(office.link)
  await signIn(page, 'li')
  await openAccount(page, WAITING)
  await page.getByRole('button', { name: '对账', exact: true }).click()
  const months = page.getByRole('navigation', { name: '各月对账状态' })
  await expect(months.getByRole('button', { name: /^8 月/ })).toContainText('已复核')
  await expect(months.getByRole('button', { name: /^9 月/ })).toContainText('未对完 4')
  const bank = page.getByRole('region', { name: '银行流水' })
  const book = page.getByRole('region', { name: '账面分录' })
  await expect(bank.getByRole('gridcell', { name: '1,600.00' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  // Rows stand in order of date: the first of either side is the same receipt.
  await bank.getByRole('gridcell', { name: '1,600.00' }).click()
  await expect(page.getByText('建议 一对一')).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByText('勾选差额 1,600.00')).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(page.getByText('相等，按回车勾对')).toBeVisible()
  // The strip of months answers late: by then the clerk is on another row, and there she stays.
  const waiting: Route[] = []
  await page.route(/reconciliation\.months/, (route) => {
    waiting.push(route)
  })
  await page.keyboard.press('Enter')
  await expect(bank.getByRole('gridcell', { name: '1,600.00' })).toHaveCount(0)
  await expect(book.getByRole('gridcell', { name: '1,600.00' })).toHaveCount(0)

  await bank.getByRole('gridcell', { name: '9.05', exact: true }).click()
  const answered = page.waitForResponse(/reconciliation\.months/)
  for (const route of waiting) await route.continue()
  await page.unroute(/reconciliation\.months/)
  await answered
  await expect(months.getByRole('button', { name: /^9 月/ })).toContainText('未对完 3')
  await page.keyboard.press('s')
  await expect(page.getByText('未达：银行 2 笔，账面 2 笔')).toBeVisible()
  await page.keyboard.press('u')
  const undo = page.getByRole('dialog', { name: '撤销勾对（9.05 元）' })
  await undo.getByLabel('原因').fill('看错了')
  await page.keyboard.press('Enter')
  await expect(undo).toBeHidden()
  await expect(page.getByText('未达：银行 3 笔，账面 3 笔')).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByText('自动勾对 1 组、1 笔流水。')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('未达：银行 2 笔，账面 2 笔')).toBeVisible()
  await expect(page.getByText('两边相符')).toBeVisible()

  await page.getByRole('button', { name: '封存', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '封存' }).click()
  await expect(months.getByRole('button', { name: /^9 月/ })).toContainText('待复核')
  await changePerson(page, 'zhao')
  await openAccount(page, WAITING)
  await page.getByRole('button', { name: '对账', exact: true }).click()
  await months.getByRole('button', { name: /^9 月/ }).click()
  await page.getByRole('button', { name: '复核', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: '复核' }).click()
  await expect(months.getByRole('button', { name: /^9 月/ })).toContainText('已复核')
})

test('the 29-row statement of the bank is imported, matched, and its 余额调节表 printed and a spreadsheet with it', async ({
  page, office,
}, testInfo) => {
  test.slow()
  const text = fs.readFileSync(inProject('assets/sample/boc-2026-09.txt'), 'utf8').replaceAll('610000000002', FRESH)
  await page.goto(office.link)
  await signIn(page, 'li')
  await openAccount(page, FRESH)
  await page.getByRole('button', { name: '导入对账单' }).click()
  await page.locator('input[type=file]').setInputFiles({ name: '九月.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await expect(page.getByText('余额逐笔相符')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('新增 29 笔流水。')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: '对账', exact: true }).click()
  await expect(page.getByText('未达：银行 29 笔，账面 4 笔')).toBeVisible()
  await expect(page.getByText(/^差额 /)).toBeVisible()

  await page.keyboard.press('a')
  const run = page.getByRole('dialog', { name: '自动勾对' })
  await expect(run.getByText(/自动勾对 \d+ 组|没有可以自动勾对的/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(run).toBeHidden()

  await page.keyboard.press('p')
  await expect(page.getByText('余额调节表已生成。')).toBeVisible()
  const dialog = page.getByRole('dialog', { name: '余额调节表' })
  for (const name of [/\.pdf$/, /\.xlsx$/]) {
    const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('link', { name }).click()])
    const saved = testInfo.outputPath(download.suggestedFilename())
    await download.saveAs(saved)
    expect(fs.statSync(saved).size).toBeGreaterThan(3000)
  }
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await expect(dialog).toBeHidden()
})

test('certificates are counted against the book, and the bank’s confirmation is recorded with its paper', async ({
  page, office,
}) => {
  await page.goto(office.link)
  await signIn(page, 'li')
  await openAccount(page, '622710100000101')
  await page.getByRole('button', { name: '对账', exact: true }).click()
  await page.getByRole('button', { name: '存单盘点' }).click()
  await expect(page.getByText('尚未登记')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  const ledger = page.locator('dd', { hasText: '相符' })
  await expect(ledger).toBeVisible()
  const amount = /([\d,]+\.\d\d)/.exec((await ledger.textContent()) ?? '')?.[1] ?? ''
  await page.getByRole('button', { name: '登记银行回函' }).click()
  const dialog = page.getByRole('dialog', { name: '登记银行回函' })
  await dialog.getByLabel('回函金额').fill(amount)
  const paper = { name: '回函.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 回函') }
  await dialog.locator('input[type=file]').setInputFiles(paper)
  await expect(dialog.getByRole('link', { name: '回函.pdf' })).toBeVisible()
  await dialog.getByRole('button', { name: '登记银行回函' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.locator('dd', { hasText: '相符' })).toHaveCount(2)
  await page.getByRole('button', { name: '打印盘点表' }).click()
  await expect(page.getByText('定期存款盘点表已生成。')).toBeVisible()
})
