/** A household's money: a contribution with its receipt, posted, seen in the account, printed. */
import type { Page } from '@playwright/test'

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { changePersonTo, enterAs } from './signing-in.ts'

async function openHouseholds(page: Page, complex: string): Promise<void> {
  await page.getByRole('link', { name: '小区', exact: true }).click()
  await page.getByRole('gridcell', { name: complex, exact: true }).dblclick()
  await page.getByRole('link', { name: '户室与楼盘图' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${complex} · 户室` })).toBeVisible()
}

test('a contribution reaches the household’s account with its receipt, and the statement is drawn', async ({ page, office }) => {
  test.slow()
  await enterAs(page, office.link, 'zhang')
  await openHouseholds(page, '滨江一号院')
  await page.getByRole('gridcell', { name: '1幢 1单元 602', exact: true }).dblclick()
  await expect(page.getByRole('heading', { name: '分户账' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await page.getByRole('button', { name: '交存', exact: true }).click()
  await page.getByLabel('金额').fill('1234.56')
  await page.getByLabel('票据号').fill('示0000199')
  const slip = { name: '进账单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 x') }
  await page.locator('input[type=file]').setInputFiles(slip)
  await expect(page.getByRole('link', { name: '进账单.pdf' })).toBeVisible()
  await expect(page.getByText('合计 1,234.56 元')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '生成凭证' }).click()
  await expect(page.getByText('1幢 1单元 602 交存维修资金').first()).toBeVisible()
  const draft = page.url().replace(/\?.*/, '')

  await changePersonTo(page, 'li')
  await page.goto(draft)
  await page.getByRole('button', { name: '审核', exact: true }).click()
  const review = page.getByRole('dialog', { name: '审核 1 张凭证' })
  await expect(review).toContainText('4001 交存收入')
  await page.keyboard.press('Control+Enter')
  await expect(review).toBeHidden()
  await changePersonTo(page, 'zhao')
  await page.goto(draft)
  await page.getByRole('button', { name: '记账', exact: true }).click()
  const post = page.getByRole('dialog', { name: '记账 1 张凭证' })
  await post.getByRole('button', { name: '记账' }).click()
  await expect(post).toBeHidden()

  await openHouseholds(page, '滨江一号院')
  await page.getByRole('gridcell', { name: '1幢 1单元 602', exact: true }).dblclick()
  await expect(page.getByRole('cell', { name: '1,234.56' })).toBeVisible()
  await page.getByRole('button', { name: '打印对账单' }).click()
  await expect(page.getByText('已生成 1 户的对账单')).toBeVisible()
  await page.getByRole('button', { name: '关闭' }).last().click()

  await page.goBack()
  await page.getByRole('link', { name: '专用票据' }).click()
  // Number 199 was used: what lies between it and the last one before was left out.
  await expect(page.getByText(/示\d{7}–示0000198 等/)).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})
