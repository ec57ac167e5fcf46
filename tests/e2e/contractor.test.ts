import type { Page } from '@playwright/test'

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { changePersonTo, enterAs } from './signing-in.ts'

const paper = (name: string) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4 ${name}`) })

async function openSection(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '维修' }).click()
  await page.getByRole('main').getByRole('link', { name, exact: true }).click()
}

test('a comparison is awarded by another person, its winner may work, and a job prints its papers', async ({ page, office }) => {
  await enterAs(page, office.link, 'zhang')
  await openSection(page, '选取')
  await page.getByRole('button', { name: '登记招标（比选）' }).click()
  await page.getByLabel('编号').fill('BX2026-04')
  await page.getByLabel('内容').fill('管道疏通单位比选')
  await page.locator('input[type=file]').setInputFiles(paper('比选纪要.pdf'))
  await expect(page.getByRole('link', { name: '比选纪要.pdf' })).toBeVisible()
  for (const [row, [bidder, amount]] of [['示例畅通管道公司', '8800'], ['示例洁净服务公司', '9600'], ['示例通达公司', '9900']].entries()) {
    await page.getByLabel('单位', { exact: true }).nth(row).fill(bidder ?? '')
    await page.getByLabel('报价（元）', { exact: true }).nth(row).fill(amount ?? '')
  }
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'BX2026-04 管道疏通单位比选' })).toBeVisible()
  await expect(page.getByRole('button', { name: '定标' })).toHaveCount(0)

  await changePersonTo(page, 'li')
  await openSection(page, '选取')
  await page.getByRole('gridcell', { name: 'BX2026-04', exact: true }).dblclick()
  await page.getByRole('listitem').filter({ hasText: '示例畅通管道公司' }).getByRole('button', { name: '定标' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('input[type=file]').setInputFiles(paper('中选通知.pdf'))
  await expect(dialog.getByRole('link', { name: '中选通知.pdf' })).toBeVisible()
  await dialog.getByRole('button', { name: '定标' }).click()
  await expect(page.getByText(/中选，2026-10-09 至 2027-10-08/)).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await openSection(page, '单位')
  await expect(page.getByRole('row').filter({ hasText: '示例畅通管道公司' })).toContainText('至 2027-10-08')
  await page.getByRole('gridcell', { name: '示例宏达建筑维修有限公司' }).dblclick()
  await page.getByRole('gridcell', { name: 'WX2026-00004', exact: true }).dblclick()
  for (const party of ['施工单位', '监理单位', '审计机构']) {
    const score = page.getByRole('region', { name: '考核' }).getByRole('listitem').filter({ hasText: party })
    await expect(score).toContainText(/\d+ 分/)
  }
  await page.getByRole('button', { name: '打印', exact: true }).click()
  await page.getByRole('menuitem', { name: '划款通知书' }).click()
  await expect(page.getByRole('link', { name: '维修资金划款通知书 WX2026-00004.pdf' })).toBeVisible()
})
