import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'

const QUARTER = '2026Q3'

async function enter(page: Page, link: string, login: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill(sample.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: '今日' })).toBeVisible()
}

test('a clerk opens a quarter from the overview, sees what blocks it, and gives the reason', async ({ page, office }) => {
  await enter(page, office.link, 'zhang')
  await page.goto(`${office.origin}/income?quarter=${QUARTER}`)
  await page.getByRole('gridcell', { name: '望江花园' }).dblclick()
  const sheet = page.getByRole('table', { name: '公共收益收支表' })
  await expect(sheet).toContainText('七、期末结余')
  await expect(sheet).toContainText('账实相符')
  const checks = page.getByRole('complementary', { name: '检查' })
  await expect(checks).toContainText('阻断公示 1')
  await sheet.getByRole('button', { name: '写明原因' }).click()
  await page.keyboard.type('快递柜本季停用检修')
  await page.keyboard.press('Enter')
  await expect(sheet).toContainText('说明：快递柜本季停用检修')
  await expect(checks).not.toContainText('阻断公示')
  expect(await violationsOf(page)).toEqual([])
})

test('every figure opens the vouchers behind it', async ({ page, office }) => {
  await enter(page, office.link, 'zhang')
  await page.goto(`${office.origin}/income?quarter=${QUARTER}&complex=1`)
  await page.getByRole('button', { name: '12,000.00' }).first().click()
  const vouchers = page.getByRole('dialog')
  await expect(vouchers).toContainText('电梯广告')
  await vouchers.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/vouchers\/\d+/)
})

test('a cost shows its voucher first, becomes a draft, and stays off the sheet until posted', async ({
  page,
  office,
}, testInfo) => {
  const invoice = testInfo.outputPath('发票.pdf')
  writeFileSync(invoice, '%PDF-1.4 发票')
  await enter(page, office.link, 'zhang')
  await page.goto(`${office.origin}/income?quarter=2026Q4&complex=1`)
  await page.getByRole('button', { name: '列成本' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('成本类别').click()
  await page.keyboard.type('材料')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('金额（元）').fill('321.5')
  await dialog.getByLabel('依据').fill('发票 03812277')
  await dialog.getByRole('button', { name: '生成凭证' }).click()
  await expect(dialog).toContainText('请上传附件')
  await dialog.locator('input[type=file]').setInputFiles(invoice)
  await expect(dialog.getByRole('list', { name: '附件' })).toContainText('发票.pdf')
  await expect(dialog.getByRole('article')).toContainText('5001.03 材料')
  await expect(dialog.getByRole('article')).toContainText('321.50')
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toContainText('凭证已生成，待审核')
  await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()
  await expect(page.getByRole('complementary', { name: '检查' })).toContainText('还没有记账')
  await expect(page.getByRole('table', { name: '公共收益收支表' })).not.toContainText('321.50')
})

test('a contract is recorded with its schedule before the eyes, and listed', async ({ page, office }, testInfo) => {
  const paper = testInfo.outputPath('合同.pdf')
  writeFileSync(paper, '%PDF-1.4 合同')
  await enter(page, office.link, 'zhang')
  await page.goto(`${office.origin}/income/contracts?complex=1`)
  await expect(page.getByRole('gridcell', { name: '示例快柜科技有限公司' })).toBeVisible()
  await page.keyboard.press('Control+n')
  await page.getByLabel('合同号', { exact: true }).fill('HT-E2E-1')
  await page.getByLabel('类别', { exact: true }).click()
  await page.keyboard.type('电梯')
  await page.keyboard.press('Enter')
  await page.getByLabel('对方单位').click()
  await page.keyboard.type('示例传媒')
  await page.keyboard.press('Enter')
  await page.getByLabel('起日').fill('2026-01-31')
  await page.keyboard.press('Enter')
  await page.getByLabel('止日').fill('2026-07-30')
  await page.keyboard.press('Enter')
  await page.getByLabel('金额（元）').fill('900')
  await expect(page.getByRole('region', { name: '付款计划预览' })).toContainText('2026-04-30 – 2026-07-30')
  await expect(page.getByRole('region', { name: '付款计划预览' })).toContainText('1,800.00')
  await page.getByRole('textbox', { name: '位置' }).fill('3幢电梯轿厢')
  await page.locator('input[type=file]').setInputFiles(paper)
  await expect(page.getByRole('list', { name: '附件' })).toContainText('合同.pdf')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page).toHaveURL(/\/income\/contracts(\?|$)/)
  await page.getByText('全部', { exact: true }).click()
  await expect(page.getByRole('gridcell', { name: 'HT-E2E-1' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})
