/** Files beyond the listed layouts: a SWIFT message, and a bank's own table whose columns the clerk points out once. */
import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'

const ACCOUNT = '5510000000000001'

const MT940 = [
  ':20:STMT20260930', `:25:${ACCOUNT}`, ':28C:9/1', ':60F:C260901CNY900,00',
  ':61:2609050905C800,NTRFNONREF//M1', ':86:166?00转账?20摊位费?3162220000000009?32示例摊位经营部',
  ':61:2609220922D10,NCHGNONREF//M2', ':86:对公汇款手续费',
  ':62F:C260930CNY1690,00', '-', '',
].join('\r\n')

/** No title of it is in any list, and the direction is told by words of the bank's own. */
function ownTable(month: string, opening: number): string {
  const rows = [
    [`2026-${month}-08`, '场地费', '300.00', '存进', opening + 300, '示例便利店'],
    [`2026-${month}-19`, '账户服务', '12.00', '支用', opening + 288, ''],
  ]
  return [
    '示例城市银行单位账户流水', '户名 示例花园业主大会', '序,营业日,说明,发生数,方向,结存数,往来户',
    ...rows.map((row, index) => `${index + 1},${row.join(',')}`), '',
  ].join('\r\n')
}

async function openImport(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('登录名').fill('zhang')
  await page.getByLabel('密码').fill(sample.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: '今日' })).toBeVisible()
  await page.getByRole('link', { name: '银行', exact: true }).click()
  await page.getByRole('gridcell', { name: ACCOUNT }).click()
  await page.keyboard.press('Control+n')
  await expect(page.getByRole('heading', { level: 1, name: '导入对账单' })).toBeVisible()
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  const list = page.locator('.ant-select-dropdown:visible')
  await list.getByText(option, { exact: true }).click()
  // The next list opens where this one is still folding away.
  await expect(list).toHaveCount(0)
}

test('an MT940 message is proved by its balances and imported like any statement', async ({ page, office }) => {
  await openImport(page, office.link)
  await drop(page, '九月.sta', MT940)
  await expect(page.getByText('SWIFT MT 报文（mt940）')).toBeVisible()
  await expect(page.getByText('期初、期末与明细相符')).toBeVisible()
  await expect(page.getByRole('gridcell', { name: '示例摊位经营部' })).toBeVisible()
  await expect(page.getByRole('button', { name: '指定各列' })).toHaveCount(0)
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('新增 2 笔流水。')).toBeVisible()
})

test('a layout nobody knows is described once, and the next file is recognised by its titles', async ({ page, office }) => {
  await openImport(page, office.link)
  await drop(page, '八月.csv', ownTable('08', 100))
  await expect(page.getByRole('alert').filter({ hasText: '找不到表头' })).toBeVisible()
  await expect(page.getByRole('button', { name: '导入', exact: true })).toBeDisabled()

  await page.getByRole('button', { name: '指定各列' }).click()
  await page.getByLabel('第 3 行作表头').check()
  for (const [title, field] of [['营业日', '日期'], ['说明', '摘要'], ['发生数', '金额'], ['方向', '收支标志'], ['结存数', '余额'], ['往来户', '对方户名']]) {
    await choose(page, `“${title ?? ''}”这一列的含义`, field ?? '')
  }
  await expect(page.getByText('一列金额，另有收支标志')).toBeVisible()
  await expect(page.getByText('借贷标志“存进”看不懂，无法判断收支').first()).toBeVisible()
  await page.getByLabel('表示收入的标志').fill('存进')
  await page.getByLabel('表示支出的标志').fill('支用')
  await expect(page.getByText('余额逐笔相符')).toBeVisible()
  await expect(page.getByRole('gridcell', { name: '示例便利店' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByLabel('格式名称').fill('示例城市银行流水')
  await page.getByRole('button', { name: '保存并按此读取' }).click()
  await expect(page.getByText('示例城市银行流水（自定列对应）')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('新增 2 笔流水。')).toBeVisible()
  await page.keyboard.press('Enter')

  await page.goto(`${page.url().replace(/\/bank.*$/, '')}/bank`)
  await page.getByRole('gridcell', { name: ACCOUNT }).click()
  await page.keyboard.press('Control+n')
  await drop(page, '九月.csv', ownTable('09', 388))
  await expect(page.getByText('示例城市银行流水（自定列对应）')).toBeVisible()
  await expect(page.getByText('余额逐笔相符')).toBeVisible()
  await expect(page.getByRole('button', { name: '修改列对应' })).toBeVisible()
})
