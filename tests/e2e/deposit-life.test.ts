import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { enterAs } from './signing-in.ts'

const clerk = sample.people.find(({ roles }) => roles.length === 1 && roles.includes('preparer'))
const reviewer = sample.people.find(({ roles }) => roles.includes('reviewer') && !roles.includes('preparer'))
if (clerk === undefined || reviewer === undefined) throw new Error('the sample office has no clerk and no reviewer')
// Refusals are part of the work here; the browser reports each as a failed request.
test.use({ allowedErrors: /status of 400/ })

const SLIP = { name: '银行回单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 slip') }

/** The certificate's own page, by Ctrl+K. */
async function openCertificate(page: Page, number: string): Promise<void> {
  await page.keyboard.press('Control+K')
  await page.keyboard.type(number)
  await page.getByRole('option', { name: new RegExp(number) }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()
}

async function attachSlip(page: Page): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(SLIP)
  await expect(page.getByRole('link', { name: SLIP.name })).toBeVisible()
}

/** By the beginning of the account's number. */
async function receivedInto(page: Page, number: string): Promise<void> {
  await page.getByLabel('到账账户').click()
  await page.keyboard.type(number)
  await page.keyboard.press('Enter')
}

test('a clerk’s day with what the bank holds: split, drawn early, announced, frozen, counted', async ({ page, office }) => {
  test.setTimeout(120_000)
  await enterAs(page, office.link, clerk.login)

  await test.step('a sleeping certificate is split into two, and the chain shows both', async () => {
    await openCertificate(page, '000101007-7')
    await page.getByRole('button', { name: '分拆或合并转存' }).click()
    await page.getByRole('button', { name: '与应得相同' }).click()
    await page.getByLabel('证实书号 1').fill('E2E-A')
    await page.getByLabel('本金 1').fill('1500000')
    await expect(page.getByText('还差 2,500,000.00')).toBeVisible()
    await page.getByRole('button', { name: '其余全部' }).nth(1).click()
    await expect(page.getByText('本金合计相符')).toBeVisible()
    await page.getByLabel('证实书号 2').fill('E2E-B')
    for (const row of [1, 2]) await page.getByLabel(`年利率（%） ${row}`).fill('0.95')
    await attachSlip(page)
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('dialog')).toContainText('定期存款转存 000101007-7 → E2E-A、E2E-B')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'E2E-A' })).toBeVisible()
    const chain = page.getByRole('group', { name: /转存链/ })
    for (const number of ['000101007-7', 'E2E-A', 'E2E-B']) await expect(chain).toContainText(number)
    expect(await violationsOf(page)).toEqual([])
  })

  await test.step('a part is withdrawn early, with what it costs beside it; money paid elsewhere is refused', async () => {
    await openCertificate(page, '000201002-4')
    await page.getByRole('button', { name: '提前支取' }).click()
    await page.getByLabel('支取本金').fill('1000000')
    await expect(page.getByText('余额 4,000,000.00 按原利率续存')).toBeVisible()
    await page.getByLabel('重新存的年利率（%）').fill('2.50')
    await expect(page.getByRole('row', { name: /全部支取重新存/ })).toContainText('68,')
    await page.getByRole('button', { name: '与应得相同' }).click()
    await page.getByLabel('余额新证实书号').fill('E2E-R')
    await attachSlip(page)
    await receivedInto(page, '6227103')
    await page.getByRole('button', { name: '查看凭证' }).click()
    await expect(page.getByText(/本息只能回到原结算账户/)).toBeVisible()
    await receivedInto(page, '6227102')
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('button', { name: '查看凭证' }).click()
    await expect(page.getByRole('dialog')).toContainText('定期存款部分提前支取 000201002-4')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'E2E-R' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('余额换发 E2E-R')
    // Taken back, the old number and principal are there again.
    await page.keyboard.press('u')
    await page.getByLabel('撤销原因').fill('银行退回')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: '000201002-4' })).toBeVisible()
  })

  await test.step('a notice deposit drawn on another day than announced says why it earns less', async () => {
    await openCertificate(page, '7T000101-1')
    await expect(page.getByRole('main')).toContainText('2026-10-16 支取 300,000.00')
    await page.getByRole('button', { name: '通知银行' }).click()
    await page.getByLabel('约定支取金额').fill('50000')
    await page.getByRole('button', { name: '登记通知' }).click()
    await expect(page.getByText(/通知金额应在 100,000.00/)).toBeVisible()
    await page.getByLabel('约定支取金额').fill('500000')
    await page.getByRole('button', { name: '登记通知' }).click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.getByRole('button', { name: '支取', exact: true }).click()
    await expect(page.getByLabel('支取本金')).toHaveValue('500,000.00')
    await expect(page.getByText('不是通知的支取日')).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
  })

  await test.step('terms are put right and money is frozen with a reason, and both stand in the record', async () => {
    await openCertificate(page, '000901009-1')
    await expect(page.getByRole('main')).toContainText('年利率改为 0.98%')
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('menuitem', { name: '登记冻结' }).click()
    await page.getByLabel('依据').fill('协助冻结通知书 7 号')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('main')).toContainText('已冻结')
    await expect(page.getByRole('button', { name: '提前支取' })).toHaveCount(0)
    await page.getByRole('button', { name: '更多' }).click()
    await page.getByRole('menuitem', { name: '登记解冻' }).click()
    await page.getByLabel('依据').fill('解冻通知书 8 号')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: '提前支取' })).toBeVisible()
  })

  await test.step('an account’s quarter is counted segment by segment and compared with what the bank credited', async () => {
    await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '存款' }).click()
    await page.getByRole('link', { name: '活期与协定' }).click()
    const pane = page.getByRole('complementary', { name: '活期与协定' })
    await page.getByRole('gridcell', { name: '长新家园' }).first().click()
    await expect(pane.getByRole('heading', { level: 2 }).first()).toContainText('工商银行')
    await expect(pane).toContainText('2026-06-21 至 2026-09-20')
    await pane.getByRole('button', { name: '登记结息' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '与应得相同' }).click()
    await dialog.getByText('对账单已制证，只核对').click()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await expect(dialog).toHaveCount(0)
    await expect(pane.getByRole('table').last()).toContainText('2026-09-20')
  })
})

test('an interest difference waits for another person, who closes it with a reason', async ({ page, office }) => {
  await enterAs(page, office.link, reviewer.login)
  await page.getByRole('link', { name: /笔利息差异待核实/ }).click()
  await page.getByRole('gridcell', { name: '000101005-1' }).click()
  await page.getByRole('button', { name: '销号' }).click()
  await page.getByLabel('核实结果').fill('已与银行核对，尾差')
  await page.keyboard.press('Enter')
  await expect(page.getByText('没有利息差异。').first()).toBeVisible()
  await page.getByText('全部', { exact: true }).click()
  await expect(page.getByRole('gridcell', { name: /已销号/ })).toHaveCount(2)
  // Away from the button: its colour under the pointer is not this screen's.
  await page.mouse.move(0, 0)
  expect(await violationsOf(page)).toEqual([])
})
