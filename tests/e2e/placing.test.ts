import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { signInAs } from './signing-in.ts'

const PAPER = { name: '存单回单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 slip') }

function secondComplex() {
  const [, second] = sample.complexes
  if (second === undefined) throw new Error('the sample office has no second complex')
  return second
}

function loginOf(role: string): string {
  const person = sample.people.find(({ roles }) => roles.includes(role))
  if (person === undefined) throw new Error(`nobody in the sample office is ${role}`)
  return person.login
}

async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '存款' }).click()
  await page.getByRole('link', { name, exact: true }).click()
}

/** The planner with one offer, which takes a million at most. */
async function planMillion(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await signInAs(page, loginOf('preparer'))
  await openSection(page, '存放方案')
  await page.getByRole('main').getByLabel('小区').click()
  await page.keyboard.type(secondComplex().pinyin)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('可用活期资金')).toHaveValue(/\d/)
  await page.getByLabel('银行', { exact: true }).fill('农村商业银行')
  await page.getByLabel('年利率（%）', { exact: true }).fill('1.25')
  await page.getByLabel(/可存额度/).fill('1000000')
}

async function openBatch(page: Page): Promise<void> {
  await openSection(page, '竞争性存放')
  await page.getByRole('gridcell', { name: 'CF-2026-01', exact: true }).dblclick()
}

test('the planner places what is not needed, says why no more, and names the need it cannot meet', async ({ page, office }) => {
  await planMillion(page, office.link)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('利息最多的存法')).toBeVisible()
  const suggested = page.getByRole('table', { name: '建议存单' }).getByRole('row')
  await expect(suggested).toHaveCount(2)
  await expect(suggested.nth(1)).toContainText('1,000,000.00')
  await expect(suggested.nth(1)).toContainText('12,500.00')
  await expect(page.getByRole('listitem').filter({ hasText: '1.25%' })).toContainText('到可存额度')
  expect(await violationsOf(page)).toEqual([])

  const needs = page.getByRole('region', { name: /用款安排/ })
  await page.getByRole('button', { name: '添加用款' }).click()
  await needs.getByLabel('日期').last().fill('2026-10-15')
  await page.keyboard.press('Tab')
  await needs.getByLabel('金额').last().fill('900000000')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert').filter({ hasText: '没有可行的存法' })).toContainText('2026-10-15')
  await expect(page.getByRole('button', { name: '接受并登记存单' })).toHaveCount(0)
})

test('an accepted plan is in the register with its certificates', async ({ page, office }) => {
  await planMillion(page, office.link)
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: '接受并登记存单' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(/证实书号/).fill('PLAN-0001')
  await dialog.locator('input[type=file]').setInputFiles(PAPER)
  await expect(dialog.getByRole('link', { name: PAPER.name })).toBeVisible()
  await dialog.getByRole('button', { name: '接受并登记存单' }).click()
  await expect(page).toHaveURL(/\/deposits\/register/)
  await expect(page.getByRole('gridcell', { name: 'PLAN-0001', exact: true })).toBeVisible()
})

test('the clerk scores the bids and prints the summary', async ({ page, office }) => {
  await page.goto(office.link)
  await signInAs(page, loginOf('preparer'))
  await openBatch(page)
  const lot = page.getByRole('region', { name: '标段 2' })
  await lot.getByRole('button', { name: '登记评分' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('示例农村商业银行得分').fill('84.7')
  await dialog.getByLabel('示例城市商业银行得分').fill('86.25')
  await dialog.getByLabel('评分记录文号').fill('评审记录〔2026〕2号')
  await dialog.getByRole('button', { name: '登记' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(lot.getByRole('row').nth(1)).toContainText('示例城市商业银行')
  await expect(lot.getByRole('row').nth(1)).toContainText('86.25')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '打印汇总表' }).click()
  await expect(page.getByRole('dialog')).toContainText('开标评分汇总表已生成')
})

test.describe('the head', () => {
  test.use({ allowedErrors: /status of 400/ })

  test('awards past the first only with a reason', async ({ page, office }) => {
    await page.goto(office.link)
    await signInAs(page, loginOf('head'))
    await openBatch(page)
    const lot = page.getByRole('region', { name: '标段 1' })
    await lot.getByRole('button', { name: '定标' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('中标银行').click()
    await page.getByTitle(/示例城市商业银行/).click()
    await dialog.getByRole('button', { name: '定标' }).click()
    await expect(dialog.getByText(/没有按名次定标/)).toBeVisible()
    await dialog.getByLabel('未按名次或流标的原因').fill('第一名书面放弃')
    await dialog.getByRole('button', { name: '定标' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(lot).toContainText('示例城市商业银行中标，0.95%')
    await expect(lot).toContainText('第一名书面放弃')
  })
})
