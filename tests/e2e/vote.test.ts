/** The owners' vote: a clerk opens it and enters the paper ballots by keyboard, another person certifies, and it prints. */
import type { Page } from '@playwright/test'

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { changePersonTo, signInAs } from './signing-in.ts'

async function option(page: Page, label: string, name: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: name }).first().click()
}

test('ballots on paper become a certified result that a second person stands for', async ({ page, office }) => {
  await page.goto(office.link)
  await signInAs(page, 'zhang')
  await page.goto(`${office.origin}/repairs/votes/new?complex=1`)
  await page.getByLabel('表决事项').fill('3幢屋面翻修使用维修资金')
  await option(page, '楼幢', '3幢')
  await page.keyboard.press('Escape')
  await option(page, '使用的部位或设施', '屋面')
  await page.keyboard.press('Escape')
  await page.getByLabel('请业主同意使用的金额（元）').fill('66000')
  await page.getByLabel('收票截止日', { exact: true }).fill('2026-10-31')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: '生成表决清册' }).click()
  await expect(page.getByRole('heading', { name: /BJ2026-\d{5} · 3幢屋面翻修使用维修资金/ })).toBeVisible()

  await page.getByRole('button', { name: '打印告知书' }).click()
  await expect(page.getByRole('dialog')).toContainText('业主表决告知书 BJ2026-')
  await page.getByRole('button', { name: '关闭' }).last().click()
  await expect(page.getByRole('dialog')).toBeHidden()
  // The last day is not over and nobody has answered: nothing to count yet.
  await expect(page.getByRole('button', { name: '计票' })).toBeDisabled()
  const ballots = page.getByRole('radiogroup')
  await expect(ballots.first()).toBeVisible()
  const units = await ballots.count()
  await ballots.first().getByRole('radio', { name: '同意' }).focus()
  for (let unit = 0; unit < units; unit += 1) await page.keyboard.press(unit % 5 === 4 ? '2' : '1')
  await page.getByRole('button', { name: `保存录票（${units} 户）` }).click()
  await expect(page.getByRole('button', { name: '3幢' })).toContainText(`${units}/${units}`)
  await page.locator('.vote-paper-add input[type=file]').setInputFiles({
    name: '表决票.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 ballots'),
  })
  await expect(page.getByRole('link', { name: '表决票.pdf' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '计票' }).click()
  await expect(page.getByText('待确认')).toBeVisible()
  await expect(ballots).toHaveCount(0)

  const place = page.url()
  await changePersonTo(page, 'li')
  await page.goto(place)
  await page.getByRole('button', { name: '确认结果' }).click()
  await expect(page.getByText('通过', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: '打印认定书' }).click()
  await expect(page.getByRole('dialog')).toContainText('业主表决结果认定书 BJ2026-')
})
