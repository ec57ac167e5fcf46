import type { Page } from '@playwright/test'

import { fen, formatYuan, parseYuan, subtractFen } from '#core/money.ts'
import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { enterAs } from './signing-in.ts'

const clerk = sample.people.find(({ roles }) => roles.length === 1 && roles.includes('preparer'))
if (clerk === undefined) throw new Error('the sample office has no clerk who only prepares')
const { login } = clerk
const SLIP = { name: '利息清单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 slip') }

const pane = (page: Page) => page.getByRole('complementary', { name: '存单详情' })

/** The due list with its first row, the longest overdue, in the pane. Gives that certificate's number. */
async function openDueList(page: Page): Promise<string> {
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '存款' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '存款' })).toBeVisible()
  const number = await pane(page).getByRole('heading', { level: 2 }).first().textContent()
  if (number === null) throw new Error('nothing is due in the sample office')
  return number
}

test('what is due, from home to the register, is drawn and taken back', async ({ page, office }) => {
  await enterAs(page, office.link, login)

  await test.step('home says what matured certificates have cost, and leads to them, overdue first', async () => {
    await page.getByRole('link', { name: /张存单已到期未处理，已少计利息/ }).click()
    await expect(page).toHaveURL(/\/deposits/)
    const rows = page.getByRole('row').filter({ hasText: /逾期 \d+ 天|还有 \d+ 天|今天到期/ })
    await expect(rows.first()).toBeVisible()
    const states = await rows.allTextContents()
    const firstNotOverdue = states.findIndex((text) => !text.includes('逾期'))
    expect(firstNotOverdue).toBeGreaterThan(0)
    expect(states.slice(firstNotOverdue).filter((text) => text.includes('逾期'))).toEqual([])
    await expect(page.getByRole('status').filter({ hasText: '已少计利息' })).toContainText('¥')
    expect(await violationsOf(page)).toEqual([])
  })

  await test.step('the register is searched by number, and the ladder has its figures', async () => {
    const number = await openDueList(page)
    await page.getByRole('link', { name: '存单登记簿' }).click()
    await page.getByRole('searchbox', { name: '证实书号或本金' }).fill(number)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('gridcell', { name: number, exact: true })).toBeVisible()
    await expect(page.getByRole('row').filter({ hasText: /逾期|还有/ })).toHaveCount(1)
    await page.getByRole('link', { name: '到期分布' }).click()
    await page.getByRole('button', { name: '显示数据表' }).click()
    // Away from the button: its colour under the pointer is not this screen's.
    await page.mouse.move(0, 0)
    await expect(page.getByRole('table', { name: '每月到期本金' }).getByRole('row').nth(1)).toContainText(/\d{4}-\d{2}/)
    expect(await violationsOf(page)).toEqual([])
  })

  await test.step('a matured certificate is withdrawn, and taken back it is due again', async () => {
    const number = await openDueList(page)
    await page.keyboard.press('z')
    await page.getByText('到期支取').click()
    await page.getByRole('button', { name: '与应得相同' }).click()
    await page.locator('input[type=file]').setInputFiles(SLIP)
    await expect(page.getByRole('link', { name: SLIP.name })).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('dialog')).toContainText(`定期存款到期支取 ${number}`)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('main')).toContainText('已支取')

    await page.keyboard.press('u')
    await page.getByLabel('撤销原因').fill('银行退回')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(page.getByRole('main')).toContainText(/逾期 \d+ 天/)
  })
})

test('money at the bank goes on: rolled over by keyboard, and placed anew', async ({ page, office }) => {
  await enterAs(page, office.link, login)

  await test.step('a matured certificate is rolled over by keyboard, and a fen off needs its reason', async () => {
    const number = await openDueList(page)
    await page.keyboard.press('z')

    // What the bank paid: a fen less than it owes needs a reason.
    const paid = page.getByLabel('银行实付利息')
    await expect(paid).toBeFocused()
    await page.getByText('本息转存').click()
    await page.getByRole('button', { name: '与应得相同' }).click()
    await expect(page.getByText('实付与应得相符')).toBeVisible()
    const less = formatYuan(subtractFen(parseYuan(await paid.inputValue()), fen(1)))
    await paid.fill(less)
    await page.locator('input[type=file]').setInputFiles(SLIP)
    await expect(page.getByRole('link', { name: SLIP.name })).toBeVisible()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByText('一分钱的差额也要写明原因')).toBeVisible()
    await page.getByLabel('差额原因').fill('银行按 360 天逐日计息')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Control+Enter')

    // The new certificate: its due date and interest are shown while it is typed; leaving loses nothing.
    await expect(page.getByLabel('证实书号')).toBeFocused()
    await page.keyboard.type('E2E-0001')
    await page.getByLabel('年利率').fill('1.05')
    await expect(page.getByLabel('到期日')).toHaveValue(/^\d{4}-\d{2}-\d{2}$/)
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { level: 1, name: number })).toBeVisible()
    await page.getByRole('button', { name: '支取或转存' }).click()
    await expect(page.getByLabel('证实书号')).toHaveValue('E2E-0001')
    await page.keyboard.press('Control+Enter')

    // The voucher as it will be written.
    const voucher = page.getByRole('dialog')
    await expect(voucher).toContainText(`定期存款转存 ${number} → E2E-0001`)
    await expect(voucher.getByRole('row').filter({ hasText: '4101' })).toContainText(less)
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'E2E-0001' })).toBeVisible()
    await expect(page.getByRole('main')).toContainText('待记账')
    const chain = page.getByRole('group', { name: /转存链/ })
    await expect(chain).toContainText(number)
    await expect(chain).toContainText(`利息 ${less}`)

    await openDueList(page)
    await expect(page.getByRole('gridcell', { name: number, exact: true })).toHaveCount(0)
  })

  await test.step('money is placed with the voucher shown first, and Ctrl+K finds the certificate', async () => {
    await openDueList(page)
    await page.keyboard.press('Control+N')
    const [complex] = sample.complexes
    if (complex === undefined) throw new Error('the sample office has no complexes')
    const form = page.getByRole('main')
    await form.getByLabel('小区').click()
    await page.keyboard.type(complex.pinyin)
    await page.keyboard.press('Enter')
    await form.getByLabel('银行账户').click()
    await page.keyboard.press('Enter')
    await form.getByLabel('本金').fill('100000')
    await form.getByLabel('证实书号').fill('E2E-0100')
    await form.getByLabel('年利率').fill('1.20')
    await form.getByLabel('活期利率').fill('0.05')
    await expect(form.getByRole('heading', { name: '到期应得利息' }).locator('..')).toContainText('1,200.00')
    await page.locator('input[type=file]').setInputFiles(SLIP)
    await expect(page.getByRole('link', { name: SLIP.name })).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('dialog')).toContainText('1001.02 定期存款')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'E2E-0100' })).toBeVisible()

    await page.keyboard.press('Control+K')
    await page.keyboard.type('E2E-01')
    await page.getByRole('option', { name: /E2E-0100/ }).click()
    await expect(page).toHaveURL(/\/deposits\/\d+/)
  })
})
