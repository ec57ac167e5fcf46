import fs from 'node:fs'
import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { enterAs } from './signing-in.ts'

const [complex] = sample.complexes
if (complex === undefined) throw new Error('the sample office has no complexes')
const clerk = sample.people.find(({ roles }) => roles.length === 1 && roles.includes('preparer'))
if (clerk === undefined) throw new Error('the sample office has no clerk who only prepares')
const { login } = clerk

async function openDeposits(page: Page, link: string): Promise<void> {
  await enterAs(page, link, login)
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '存款' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '存款' })).toBeVisible()
}

/** Starts a job from a button and saves the one document it makes. */
async function documentOf(page: Page, button: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog')
  const link = dialog.getByRole('list', { name: '文件' }).getByRole('link')
  await expect(link).toBeVisible({ timeout: 60_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
  const bytes = fs.readFileSync(await download.path())
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  return { name: download.suggestedFilename(), bytes }
}

test('the due list is printed and exported; calendar and losses lead to certificates and accounts', async ({ page, office }) => {
  await openDeposits(page, office.link)
  const paper = await documentOf(page, '打印一览表')
  expect(paper.name).toMatch(/^存单到期一览表 .*\.pdf$/)
  expect(paper.bytes.subarray(0, 5).toString()).toBe('%PDF-')
  const calendar = await documentOf(page, '导出日历')
  expect(calendar.name).toMatch(/\.ics$/)
  expect(calendar.bytes.toString('utf8')).toContain('BEGIN:VALARM')

  await page.getByText('日历', { exact: true }).click()
  await expect(page).toHaveURL(/view=calendar/)
  const days = page.getByRole('button', { name: /张到期，本金/ })
  await days.last().click()
  await expect(days.last()).toHaveAttribute('aria-pressed', 'true')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('complementary').getByRole('link').first().click()
  await expect(page).toHaveURL(/\/deposits\/\d+/)

  // What waiting has cost opens down to its accounts, and what exceeds a limit is named.
  await page.goto(`${office.origin}/deposits`)
  await page.getByRole('link', { name: '少计利息' }).click()
  await expect(page.getByRole('status').filter({ hasText: '合计少计利息' })).toContainText('¥')
  await page.getByText('按银行').click()
  const pane = page.getByRole('complementary', { name: '少计利息明细' })
  await expect(pane.getByRole('heading', { level: 2 })).toBeVisible()
  await expect(pane).toContainText('活期余额')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('link', { name: '到期分布' }).click()
  await expect(page.getByRole('main')).toContainText('加权平均年利率')
  await expect(page.getByText(/金额超过上限/).first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('the office’s own sheet is asked about, shown line by line, and brought in', async ({ page, office }) => {
  await openDeposits(page, office.link)
  await page.getByRole('link', { name: '存单登记簿' }).click()
  await page.getByRole('button', { name: '导入台账' }).click()
  const sheet = (row: string) => ({
    name: '台账.csv', mimeType: 'text/csv',
    buffer: Buffer.from(`存单号,小区,本金（万元）,年利率,活期利率,起息日,存期,存款银行\n${row}`),
  })
  const input = page.locator('input[type=file]')
  await input.setInputFiles(sheet(`00071,没有这个小区,50,0.0135,0.0005,2024-03-05,1年,${complex.bankName}`))
  await expect(page.getByRole('list', { name: '各行的问题' })).toContainText('第 2 行：没有登记小区')
  await expect(page.getByRole('button', { name: '导入', exact: true })).toBeDisabled()
  expect(await violationsOf(page)).toEqual([])

  await page.getByRole('button', { name: '换一个文件' }).click()
  await input.setInputFiles(sheet(`00071,${complex.name},50,0.0135,0.0005,2024-03-05,1年,`))
  await expect(page.getByText('先回答下面的问题')).toBeVisible()
  await page.getByText('小数，0.0135 即 1.35%').click()
  await expect(page.getByText('逐行核对无误，可以导入')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: '00071' })).toContainText('500,000.00')
  await page.keyboard.press('Control+Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('导入 1 张存单，制成 1 张待审核的期初凭证')
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await expect(page.getByRole('main')).toContainText('期初存单 00071')
})
