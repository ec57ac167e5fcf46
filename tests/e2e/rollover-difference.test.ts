/**
 * One morning in one go: the bank's 29 rows come in and are matched, a certificate is rolled over with interest one fen off, its
 * voucher says why it was made, and the month's 余额调节表 ties out on paper.
 */
import fs from 'node:fs'
import type { Page } from '@playwright/test'

import { fen, formatYuan, parseYuan, subtractFen } from '#core/money.ts'
import { inProject } from '../../scripts/paths.ts'

import { readPdf, textOf } from '../reports/pdf-text.ts'
import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { changePersonTo, enterAs } from './signing-in.ts'

/** 翠湖小区 at 中国银行: the file's own account, its September waiting; 望江花园 there: nothing was ever imported. */
const OWN = '610000000002'
const FRESH = '600000000001'
const SLIP = { name: '利息清单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 slip') }

async function openAccount(page: Page, number: string): Promise<void> {
  await page.getByRole('link', { name: '银行', exact: true }).click()
  await page.getByRole('gridcell', { name: number, exact: true }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '对账', exact: true })).toBeVisible()
}

async function matchAutomatically(page: Page): Promise<void> {
  await page.keyboard.press('a')
  const run = page.getByRole('dialog', { name: '自动勾对' })
  await expect(run.getByText(/自动勾对 \d+ 组|没有可以自动勾对的/)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(run).toBeHidden()
}

async function importFile(page: Page): Promise<void> {
  const text = fs.readFileSync(inProject('assets/sample/boc-2026-09.txt'), 'utf8').replaceAll(OWN, FRESH)
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
  await matchAutomatically(page)
}

/** Gives the old certificate's number. */
async function rollOverOneFenShort(page: Page): Promise<string> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '存款' }).click()
  const heading = page.getByRole('complementary', { name: '存单详情' }).getByRole('heading', { level: 2 }).first()
  await expect(heading).toBeVisible()
  const number = (await heading.textContent()) ?? ''
  await page.keyboard.press('z')
  const paid = page.getByLabel('银行实付利息')
  await expect(paid).toBeFocused()
  await page.getByText('本息转存').click()
  await page.getByRole('button', { name: '与应得相同' }).click()
  await paid.fill(formatYuan(subtractFen(parseYuan(await paid.inputValue()), fen(1))))
  await page.locator('input[type=file]').setInputFiles(SLIP)
  await expect(page.getByRole('link', { name: SLIP.name })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('一分钱的差额也要写明原因')).toBeVisible()
  await page.getByLabel('差额原因').fill('银行尾数舍去')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByLabel('证实书号')).toBeFocused()
  await page.keyboard.type('E2E-1F')
  await page.getByLabel('年利率').fill('0.95')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toContainText(`定期存款转存 ${number} → E2E-1F`)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'E2E-1F' })).toBeVisible()
  return number
}

test('import, match, roll over one fen off, say why, and print a 余额调节表 that ties out', async ({ page, office }) => {
  test.slow()
  await enterAs(page, office.link, 'li')
  await importFile(page)

  await changePersonTo(page, 'zhang')
  const number = await rollOverOneFenShort(page)
  await page.getByRole('main').getByRole('link', { name: /凭证/ }).first().click()
  await expect(page).toHaveURL(/\/vouchers\/draft\/\d+/)
  const main = page.getByRole('main')
  await expect(main).toContainText('存单转存')
  expect(await violationsOf(page)).toEqual([])
  await main.getByRole('link', { name: '存单', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()
  await expect(main).toContainText('银行尾数舍去')

  await changePersonTo(page, 'li')
  await openAccount(page, OWN)
  await page.getByRole('button', { name: '对账', exact: true }).click()
  await page.getByRole('navigation', { name: '各月对账状态' }).getByRole('button', { name: /^9 月/ }).click()
  await expect(page.getByText('两边相符')).toBeVisible()
  await page.keyboard.press('p')
  await expect(page.getByText('余额调节表已生成。')).toBeVisible()
  const dialog = page.getByRole('dialog', { name: '余额调节表' })
  const [download] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('link', { name: /\.pdf$/ }).click()])
  const bytes = new Uint8Array(fs.readFileSync(await download.path()))
  fs.writeFileSync(test.info().outputPath('余额调节表.pdf'), bytes)
  const text = (await readPdf(bytes)).pages.map(textOf).join('')
  for (const words of ['银行存款余额调节表', '调节后余额相符', '64,774.34', OWN]) expect(text).toContain(words)
  const adjusted = /调节后的存款余额\s*([\d,]+\.\d\d)/g
  const sums = [...text.matchAll(adjusted)].map(([, sum]) => sum)
  expect(new Set(sums).size).toBe(1)
})

test('the voucher of a bank line leads to its rule’s version and to the line', async ({ page, office }) => {
  await enterAs(page, office.link, 'li')
  await openAccount(page, OWN)
  await page.getByText('已记账', { exact: true }).first().click()
  await page.getByRole('gridcell', { name: '对公汇款手续费' }).first().click()
  await page.getByRole('link', { name: '查看凭证' }).click()
  const main = page.getByRole('main')
  await expect(main).toContainText('对账单制证：手续费')
  await expect(main).toContainText('摘要含“')
  expect(await violationsOf(page)).toEqual([])
  await main.getByRole('link', { name: /^银行流水 2026-09-\d\d 支出/ }).click()
  await expect(page).toHaveURL(/\/bank\/\d+\?line=\d+/)
  await expect(page.getByRole('complementary').getByText('对公汇款手续费')).toBeVisible()
  await page.goBack()
  await main.getByRole('link', { name: '制证规则第 1 版' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '制证规则' })).toBeVisible()
  await expect(page.locator('.row-chosen')).toHaveCount(1)
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
})
