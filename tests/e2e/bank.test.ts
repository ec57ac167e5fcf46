/** A bank's file from drop to drafted vouchers by keyboard, and what a bad file meets. */
import type { Page } from '@playwright/test'

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { enterAs } from './signing-in.ts'

const ACCOUNT = '5510000000000001'
const HEADER = '交易日,交易时间,交易类型,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号'

/** 滨江一号院 keeps a household ledger; this is its maintenance fund's account. */
const FUND_ACCOUNT = '622710500000501'
const PAID_IN = '20260905,101522,网银转账,,800.00,900.00,1-1-101 维修资金,E2E1,业主,62220000000009'

function statement(...rows: readonly string[]): Buffer {
  return statementOf(ACCOUNT, ...rows)
}

function statementOf(account: string, ...rows: readonly string[]): Buffer {
  const head = [`# 账号: ${account}`, '# 查询开始日期,20260901,# 查询结束日期,20260930', HEADER]
  return Buffer.from([...head, ...rows, ''].join('\r\n'))
}

const INCOME = '20260905,101522,网银转账,,800.00,900.00,摊位费,E2E1,示例摊位经营部,62220000000009'
const INTEREST = '20260921,000501,结息,,3.21,903.21,3季度结息,E2E2,,'
const FEE = '20260922,090000,收费,10.00,,893.21,对公汇款手续费,E2E3,,'

/** 张会计 prepares; the address of the account is reached through the list, as she would. */
async function openAccount(page: Page, link: string, account = ACCOUNT): Promise<void> {
  await enterAs(page, link, 'zhang')
  // Not G Y: a loaded machine may leave more than a sequence's second between two keys; sign-in.test.ts has the sequences.
  await page.getByRole('link', { name: '银行', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: '银行账户与对账单' })).toBeVisible()
  await page.getByRole('gridcell', { name: account, exact: true }).click()
}

async function drop(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer })
}

test('a statement ties out, is imported whole, and its vouchers are confirmed with Space and Enter', async ({ page, office }) => {
  await openAccount(page, office.link)
  await page.keyboard.press('Control+n')
  await expect(page.getByRole('heading', { level: 1, name: '导入对账单' })).toBeVisible()
  await drop(page, '九月.csv', statement(INCOME, INTEREST, FEE))
  await expect(page.getByText('余额逐笔相符')).toBeVisible()
  await expect(page.getByText('3 笔', { exact: true }).first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('新增 3 笔流水。')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: '按规则制证' })).toBeVisible()
  await expect(page.getByText('3 笔未处理，2 笔有建议')).toBeVisible()

  await page.getByRole('gridcell', { name: '对公汇款手续费' }).click()
  await expect(page.getByRole('complementary')).toContainText('摘要含“手续费”')
  await page.keyboard.press('Space')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '将生成 2 张待审核凭证' })
  await expect(dialog).toContainText('5001.06 银行手续费')
  await expect(dialog).toContainText('4101 存款利息收入')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('1 笔未处理，0 笔有建议')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  await page.keyboard.press('Escape')
  await expect(page.getByRole('gridcell', { name: '待记账' })).toHaveCount(2)
  await expect(page.getByRole('gridcell', { name: '未处理' })).toHaveCount(1)
})

test('an owner’s payment is proposed for the household its memo names, by a rule one look away', async ({ page, office }) => {
  await openAccount(page, office.link, FUND_ACCOUNT)
  await page.keyboard.press('Control+n')
  await drop(page, '九月.csv', statementOf(FUND_ACCOUNT, PAID_IN, INTEREST))
  await expect(page.getByText('余额逐笔相符')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('新增 2 笔流水。')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 笔未处理，2 笔有建议')).toBeVisible()
  await page.getByRole('gridcell', { name: '1-1-101 维修资金' }).click()
  const why = page.getByRole('complementary')
  await expect(why).toContainText('户室依据：摘要中的房号')
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '将生成 1 张待审核凭证' })
  await expect(dialog).toContainText('交存维修资金')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('1 笔未处理，1 笔有建议')).toBeVisible()
  await page.goto(`${page.url().replace(/\/bank.*$/, '')}/bank/rules`)
  await page.getByRole('gridcell', { name: '业主交存' }).click()
  await expect(page.getByRole('gridcell', { name: '认得出户室即可' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test('what must not be imported is refused: a file that does not add up, and one already here', async ({ page, office }) => {
  await openAccount(page, office.link)

  await test.step('a file that does not add up says which line, and nothing is written', async () => {
    await page.keyboard.press('Control+n')
    await drop(page, '九月.csv', statement(INCOME, FEE))
    const refusal = page.getByRole('alert').filter({ hasText: '这个文件不能导入' })
    await expect(refusal).toContainText('第 5 行')
    await expect(refusal).toContainText('接不上')
    await expect(page.getByRole('button', { name: '导入', exact: true })).toBeDisabled()
    await page.getByRole('button', { name: '换一个文件' }).click()
    await drop(page, '照片.csv', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]))
    await expect(page.getByRole('alert').filter({ hasText: 'JPEG' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('没有这样的流水').first()).toBeVisible()
  })

  await test.step('the same file a second time is named and cannot be accepted', async () => {
    for (const round of ['first', 'second']) {
      await page.goto(`${page.url().replace(/\/bank.*$/, '')}/bank`)
      await page.getByRole('gridcell', { name: ACCOUNT }).click()
      await page.keyboard.press('Control+n')
      await drop(page, `${round}.csv`, statement(INCOME))
      await expect(page.getByText('余额逐笔相符')).toBeVisible()
      if (round === 'second') break
      await page.keyboard.press('Control+Enter')
      await expect(page.getByText('新增 1 笔流水。')).toBeVisible()
    }
    await expect(page.getByRole('alert').filter({ hasText: '张会计' })).toContainText('不再重复导入')
    await expect(page.getByRole('button', { name: '导入', exact: true })).toBeDisabled()
  })
})
