/** A voucher by keyboard from the first field to its number, by three people; and what the form does with mistakes. */
import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test, type Office } from './fixture.ts'
import { changePersonTo, signInAs } from './signing-in.ts'

const PREPARER = 'zhang'
const REVIEWER = 'li'
const BOOKKEEPER = 'zhao'
const [complex] = sample.complexes
if (complex === undefined) throw new Error('the sample office has no complexes')

async function changePerson(page: Page, office: Office, login: string, path: string): Promise<void> {
  await changePersonTo(page, login)
  await page.goto(office.origin + path)
}

/** Types into the focused cell and leaves it by Enter. */
async function cell(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

async function openEntry(page: Page, office: Office): Promise<void> {
  await page.goto(office.link)
  await signInAs(page, PREPARER)
  await page.goto(`${office.origin}/vouchers?book=2&complex=1`)
  await expect(page.getByRole('heading', { level: 1, name: '凭证' })).toBeVisible()
  await page.keyboard.press('Control+N')
  await expect(page.getByLabel('第 1 行 摘要')).toBeFocused()
}

async function typeVoucher(page: Page): Promise<void> {
  await cell(page, '收快递柜场地费')
  await cell(page, 'yhck')
  await expect(page.getByLabel('第 1 行 小区')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('第 1 行 借方金额')).toBeFocused()
  await cell(page, '1234.5')
  await expect(page.getByLabel('第 2 行 摘要')).toBeFocused()
  await expect(page.getByLabel('第 2 行 贷方金额')).toHaveValue('1,234.50')
  await page.keyboard.press('Enter')
  await cell(page, '4001.05')
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('第 2 行 借方金额')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '提交审核' })).toBeFocused()
  await expect(page.getByText('借贷相等')).toBeVisible()
}

test('typed by keyboard, reviewed by another and posted by a third, it gets its number', async ({ page, office }) => {
  // Three people, one after the other.
  test.slow()
  await openEntry(page, office)
  await typeVoucher(page)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('alert')).toContainText('请附原始凭证')
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '回单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 e2e') })
  await expect(page.getByRole('link', { name: '回单.pdf' })).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('status').filter({ hasText: '凭证已提交审核' })).toBeVisible()
  await expect(page.getByLabel('第 1 行 摘要')).toHaveValue('')

  await changePerson(page, office, REVIEWER, '/vouchers/draft?book=2')
  await page.getByRole('gridcell', { name: '收快递柜场地费' }).click()
  await page.keyboard.press('Space')
  await expect(page.getByText('已勾选 1 张')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  const review = page.getByRole('dialog', { name: '审核 1 张凭证' })
  await expect(review).toContainText('4001.05 快递柜、售货售水机')
  await page.keyboard.press('Control+Enter')
  await expect(review).toBeHidden()

  await changePerson(page, office, BOOKKEEPER, '/vouchers/draft?book=2')
  await page.getByRole('gridcell', { name: '收快递柜场地费' }).dblclick()
  await page.getByRole('button', { name: '记账' }).click()
  const post = page.getByRole('dialog', { name: '记账 1 张凭证' })
  await expect(post).toContainText('不能修改或删除')
  await post.getByRole('button', { name: '记账' }).click()
  await expect(post).toBeHidden()

  await page.goto(`${office.origin}/vouchers?book=2`)
  await page.getByRole('gridcell', { name: '收快递柜场地费' }).dblclick()
  const paper = page.getByRole('article')
  await expect(paper).toContainText('人民币壹仟贰佰叁拾肆元伍角整')
  for (const name of ['张会计', '李审核', '赵主管']) await expect(paper).toContainText(name)
  expect(await violationsOf(page)).toEqual([])
})

test('every mistake is marked at its row, and Esc keeps what was typed', async ({ page, office }) => {
  await openEntry(page, office)
  await cell(page, '只有摘要')
  await page.getByLabel('第 1 行 借方金额').fill('1e5')
  await expect(page.getByLabel('第 1 行 借方金额')).toHaveAttribute('aria-invalid', 'true')
  await page.getByLabel('第 1 行 借方金额').fill('10')
  await page.keyboard.press('Control+Enter')
  const problems = page.getByRole('alert')
  await expect(problems).toContainText('第 1 行：请选择会计科目')
  await expect(problems).toContainText('借贷不平：借方比贷方多 10.00 元')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { level: 1, name: '凭证', exact: true })).toBeVisible()
  await page.keyboard.press('Control+N')
  await expect(page.getByLabel('第 1 行 摘要')).toHaveValue('只有摘要')
  await expect(page.getByText('已恢复上次没有提交的内容')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('a red reversal shows what it will write and lands among the drafts', async ({ page, office }) => {
  await page.goto(office.link)
  await signInAs(page, PREPARER)
  await page.goto(`${office.origin}/vouchers?book=2`)
  await page.getByRole('gridcell', { name: '2026-10-06' }).first().dblclick()
  await page.getByRole('button', { name: '红字冲销' }).click()
  const dialog = page.getByRole('dialog', { name: '红字冲销' })
  await expect(dialog).toContainText('注销10月6日')
  await dialog.getByRole('button', { name: '生成草稿' }).click()
  await expect(dialog).toContainText('请先填好标红的各项')
  await dialog.getByLabel('更正原因').fill('重复入账')
  await dialog.getByRole('button', { name: '生成草稿' }).click()
  await expect(page).toHaveURL(/\/vouchers\/draft\/\d+/)
  await expect(page.getByRole('article')).toContainText('负')
  await expect(page.getByText('重复入账')).toBeVisible()
})

test('figures open what is behind them: balance, register, voucher', async ({ page, office }) => {
  await page.goto(office.link)
  await signInAs(page, BOOKKEEPER)
  await page.goto(`${office.origin}/vouchers/balance?book=2`)
  await expect(page.getByText('借贷合计相等')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('gridcell', { name: '4001.02' }).dblclick()
  await expect(page.getByRole('heading', { level: 1, name: '4001.02 电梯广告 明细账' })).toBeVisible()
  await page.getByRole('gridcell', { name: '2026-10-06' }).first().dblclick()
  await expect(page.getByRole('article')).toContainText('记账凭证')
  await page.getByRole('button', { name: '打印' }).click()
  const job = page.getByRole('dialog', { name: '打印凭证' })
  await expect(job.getByRole('link', { name: /记账凭证.*\.pdf/ })).toBeVisible()
})

test('who prefers 收入 and 支出 reads them in the form and the lists, while paper keeps 借方 and 贷方', async ({ page, office }) => {
  await page.goto(office.link)
  await signInAs(page, PREPARER)
  await page.goto(`${office.origin}/settings`)
  await page.getByLabel('金额栏的叫法').click()
  await page.getByTitle('收入、支出').click()
  await page.goto(`${office.origin}/vouchers/new?book=2`)
  await expect(page.getByLabel('第 1 行 收入金额')).toBeVisible()
  await page.goto(`${office.origin}/vouchers/balance?book=2`)
  await expect(page.getByRole('columnheader', { name: '本期支出' })).toBeVisible()
  await page.goto(`${office.origin}/vouchers/40`)
  await expect(page.getByRole('columnheader', { name: '借方金额' })).toBeVisible()
})
