/** A repair's cost over the households, kept and recomputed; then the gains of the fund as a draft to be posted. */
import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'

test('a cost is tried, kept, printed; gains are tried and drafted', async ({ page, office }) => {
  test.slow()
  await page.goto(office.link)
  await page.getByLabel('登录名').fill('zhang')
  await page.getByLabel('密码').fill(sample.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: '今日' })).toBeVisible()
  await page.getByRole('link', { name: '小区', exact: true }).click()
  await page.getByRole('gridcell', { name: '滨江一号院', exact: true }).dblclick()
  await page.getByRole('link', { name: '分摊', exact: true }).click()
  await page.getByRole('button', { name: '编制分摊表' }).click()
  await page.getByLabel('事项').fill('电梯钢丝绳更换')
  await page.getByLabel('金额').fill('186500')
  await page.getByText('不自筹').click()
  await page.getByRole('button', { name: '试算' }).click()
  await expect(page.getByText('以各户余额为限可用')).toBeVisible()
  await page.getByText('不足部分向业主自筹').click()
  await page.getByRole('button', { name: '试算' }).click()
  await expect(page.getByText('186,500.00').first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('重算一致')).toBeVisible()
  await page.getByRole('button', { name: '打印' }).click()
  await expect(page.getByText('已生成 5 份。')).toBeVisible({ timeout: 60_000 })
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')

  await page.getByRole('link', { name: '小区', exact: true }).click()
  await page.getByRole('gridcell', { name: '滨江一号院', exact: true }).dblclick()
  await page.getByRole('link', { name: '收益分配', exact: true }).click()
  await page.getByLabel('分配金额').fill('100')
  await page.getByRole('button', { name: '试算' }).click()
  await expect(page.getByText('实得收益按积数分配')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '生成凭证草稿' }).click()
  await expect(page.getByText('已生成 1 张凭证草稿，请审核、记账。')).toBeVisible({ timeout: 60_000 })
})
