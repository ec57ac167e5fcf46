/** One story over a new office: a register of 2,000 households, a bank file, a repair, interest, the month and its papers. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { serveLedger } from '../../scripts/serving.ts'
import { readPdf, textOf } from '../reports/pdf-text.ts'
import { violationsOf } from './accessibility.ts'
import { expect, test as base, type Office } from './fixture.ts'
import { changePersonTo, enterAs } from './signing-in.ts'
import { BANK, COMPLEX, makeYearOffice } from './year-office.ts'

const HOUSEHOLDS = 2000
/** Every fiftieth has paid nothing: two of each building of a hundred. */
const hasPaid = (index: number): boolean => index % 50 !== 7
const DUE = 6712.5

function row(index: number): string {
  const floor = 1 + Math.floor((index % 100) / 4)
  return [
    `${1 + Math.floor(index / 100)}幢`, '1单元', floor, `${floor}0${1 + (index % 4)}`,
    index % 9 === 4 ? `欧阳䶮${index}` : `王小${index}`,
    '89.50', '电梯', DUE.toFixed(2), hasPaid(index) ? DUE.toFixed(2) : '0.00', `1990000${String(index).padStart(4, '0')}`,
  ].join(',')
}

const REGISTER = ['幢号,单元,层,房号,产权人,建筑面积,房屋类型,应交资金,实交本金,联系电话',
  ...Array.from({ length: HOUSEHOLDS }, (_, index) => row(index)), ''].join('\r\n')
const PAID = Array.from({ length: HOUSEHOLDS }, (_, index) => index).filter(hasPaid).length
const FUND = PAID * DUE
const GAINS = 19_600

/** The two of the first building that owe, index 7 and 57: the fourth door of floor 2, the second of floor 15. */
const BANK_FILE = [
  `# 账号: ${BANK},# 账户名称: 示例市维修资金中心`, '# 查询开始日期,20250901,# 查询结束日期,20250930',
  '交易日,交易时间,交易类型,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号',
  `20250905,101522,网银转账,,6712.50,${(FUND + GAINS + 6712.5).toFixed(2)},1幢1单元204 维修资金,C1,某人,`,
  `20250918,101522,网银转账,,6712.50,${(FUND + GAINS + 13_425).toFixed(2)},1幢1单元1502 维修资金,C2,某人,`, '',
].join('\r\n')

const test = base.extend<{ office: Office }>({
  office: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-e2e-'))
    const file = makeYearOffice(folder, { fund: FUND.toFixed(2), gains: GAINS.toFixed(2) })
    const serving = await serveLedger(file, () => undefined)
    await use({ file, link: serving.link, origin: new URL(serving.link).origin })
    await serving.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  },
})

async function typeDate(field: Locator, date: string): Promise<void> {
  await field.fill(date)
  await field.press('Tab')
}

async function drop(page: Page, name: string, text: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label).click()
  await page.locator('.ant-select-dropdown:visible').getByText(option, { exact: true }).click()
}

/** Along a link inside the page, without loading the program anew: a person follows dozens of them for each address typed. */
async function goWithin(page: Page, place: string): Promise<void> {
  await page.evaluate((href) => {
    history.pushState(null, '', href)
    window.dispatchEvent(new PopStateEvent('popstate'))
  }, place)
}

/** Everything waiting is reviewed by one and posted by another, who then sits in front of the page. */
async function passAll(page: Page, count: number): Promise<void> {
  // Away from where the last dialog still goes to.
  await goWithin(page, '/vouchers/draft?book=1')
  await expect(page.getByRole('gridcell', { name: '张会计' })).toHaveCount(count)
  for (const [login, verb] of [['li', '审核'], ['zhao', '记账']] as const) {
    await changePersonTo(page, login)
    await expect(page.getByRole('gridcell', { name: '张会计' })).toHaveCount(count)
    await page.locator('.ag-header-select-all input').first().check()
    await page.getByRole('button', { name: verb, exact: true }).click()
    const dialog = page.getByRole('dialog', { name: `${verb} ${count} 张凭证` })
    await dialog.getByRole('button', { name: verb, exact: true }).click()
    await expect(dialog).toBeHidden()
  }
}

async function documentOf(page: Page, name: RegExp): Promise<string> {
  const link = page.getByRole('dialog').getByRole('link', { name })
  await expect(link).toBeVisible({ timeout: 60_000 })
  const download = page.waitForEvent('download')
  await link.click()
  const bytes = new Uint8Array(fs.readFileSync(await (await download).path()))
  return (await readPdf(bytes)).pages.map(textOf).join('').replace(/\s/g, '')
}

test('from an empty register to the three statements of a closed month', async ({ page, office }) => {
  // Two thousand sealed, eight changes of person.
  test.setTimeout(180_000)
  await enterAs(page, office.link, 'zhang')

  await goWithin(page, '/complexes/1/households/import')
  await page.getByRole('button', { name: '解锁业主信息' }).click()
  await page.getByLabel('口令').fill(sample.ownersPassphrase)
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('业主信息已解锁')).toBeVisible()
  await drop(page, '楼盘表.csv', REGISTER)
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await expect(page.getByText('新增 2000 户、20 幢、2000 位业主。')).toBeVisible({ timeout: 60_000 })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: `${COMPLEX} · 户室` })).toBeVisible()

  await page.getByRole('button', { name: '建分户账' }).click()
  const opening = page.getByRole('dialog')
  await expect(opening.getByText('相符', { exact: true })).toBeVisible()
  await typeDate(opening.getByLabel('记账日期'), '2025-09-01')
  await opening.locator('input[type=file]')
    .setInputFiles({ name: '清单.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 x') })
  await expect(opening.getByRole('link', { name: '清单.pdf' })).toBeVisible()
  await opening.getByRole('button', { name: '生成建账凭证' }).click()
  await expect(page).toHaveURL(/\/vouchers\/draft\/\d+/)
  await passAll(page, 1)

  await changePersonTo(page, 'zhang')
  await goWithin(page, '/bank?book=1')
  await page.getByRole('gridcell', { name: BANK }).click()
  await page.keyboard.press('Control+n')
  await drop(page, '九月.csv', BANK_FILE)
  await expect(page.getByText('余额逐笔相符')).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('新增 2 笔流水。')).toBeVisible()
  await goWithin(page, '/complexes/1/households?book=1')
  await page.getByRole('button', { name: '从流水交存' }).click()
  await expect(page.getByRole('table', { name: '未处理的收款' })).toContainText('摘要中的房号')
  await page.getByRole('button', { name: '生成 2 张凭证' }).click()
  await expect(page).toHaveURL(/\/vouchers\/draft/)

  await goWithin(page, '/complexes/1/gains?book=1')
  await typeDate(page.getByLabel('计息期首日'), '2025-09-01')
  await typeDate(page.getByLabel('计息期末日'), '2025-09-30')
  await typeDate(page.getByLabel('凭证日期'), '2025-09-30')
  await page.getByRole('button', { name: '试算' }).click()
  await expect(page.getByText('实得收益按积数分配')).toBeVisible()
  await page.getByRole('button', { name: '生成凭证草稿' }).click()
  await expect(page.getByText('已生成 1 张凭证草稿，请审核、记账。')).toBeVisible({ timeout: 60_000 })
  await passAll(page, 3)
  await changePersonTo(page, 'zhang')

  // The second building's two that never paid have to add their shares themselves.
  await goWithin(page, '/complexes/1/apportionments/new?book=1')
  await page.getByLabel('事项').fill('2 幢电梯大修')
  await page.getByLabel('金额').fill('89500')
  await choose(page, '受益范围', '按幢')
  await choose(page, '楼幢', '2幢')
  // A list of several stays open until one looks elsewhere.
  await page.getByRole('heading', { level: 1 }).click()
  await page.getByRole('button', { name: '试算' }).click()
  await expect(page.getByText('89,500.00').first()).toBeVisible()
  await page.getByRole('button', { name: '保存分摊表' }).click()
  await expect(page.getByText('重算一致')).toBeVisible()
  await page.getByRole('button', { name: '发起自筹征缴' }).click()
  await expect(page.getByRole('dialog')).toContainText('余额不足的 2 户')
  await page.getByRole('dialog').getByRole('button', { name: '发起自筹征缴' }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${COMPLEX} · 自筹征缴` })).toBeVisible()
  await expect(page.getByText('2 笔待收')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '征缴通知书' }).click()
  expect(await documentOf(page, /自筹征缴通知书.*\.pdf$/)).toContain('应交自筹895.00')
  await page.keyboard.press('Escape')

  await goWithin(page, '/periods/2025-09?book=1')
  await page.getByRole('button', { name: '查看结转分录' }).click()
  await expect(page.getByRole('table', { name: '结转分录' })).toContainText('3001 商品住宅维修资金')
  await page.getByRole('dialog').getByRole('button', { name: '生成结转凭证' }).click()
  await expect(page).toHaveURL(/\/vouchers\/draft\/\d+/)
  await passAll(page, 1)
  await goWithin(page, '/periods/2025-09?book=1')
  await page.getByRole('region', { name: /2025 年/ }).getByRole('button', { name: '结账' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '结账' }).click()
  await expect(page.getByText('本月已结账')).toBeVisible()

  await goWithin(page, '/books?book=1&edition=month&month=2025-09')
  const ties = page.getByRole('complementary', { name: '勾稽关系' })
  await expect(ties).toContainText('全部相符')
  await expect(ties).toContainText('已结账')
  await page.getByRole('button', { name: '打印与表格' }).click()
  const whole = (FUND + GAINS + 2 * DUE).toLocaleString('en-US', { minimumFractionDigits: 2 })
  expect(await documentOf(page, /会住维01表资产负债表\.pdf$/)).toContain(whole)
  expect(await documentOf(page, /会住维02表收支表\.pdf$/)).toContain('13,425.00')
  expect(await documentOf(page, /会住维03表净资产变动表\.pdf$/)).toContain('19,600.00')
})
