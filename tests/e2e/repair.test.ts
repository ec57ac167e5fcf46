/** One repair of exactly 2,000.00 walked by the people whose steps they are, from the report form to the payment voucher. */
import fs from 'node:fs'

import type { Page } from '@playwright/test'
import Database from 'better-sqlite3'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { inProject } from '../../scripts/paths.ts'
import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { changePersonTo, signInAs } from './signing-in.ts'

// A file of its own: bytes the office knows already keep the name they came with.
const PHOTO = Buffer.concat([fs.readFileSync(inProject('assets/sample/roof.png')), Buffer.from('wall')])
const complex = sample.complexes.find(({ profile }) => profile === 'AH-TONGLING')
if (complex === undefined) throw new Error('the sample office has no complex under the Tongling profile')
const complexName = complex.name

async function actAs(page: Page, login: string): Promise<void> {
  const name = page.getByLabel('登录名')
  await expect(name.or(page.getByRole('button', { name: '当前人员' }))).toBeVisible()
  await (await name.isVisible() ? signInAs(page, login) : changePersonTo(page, login))
}

/** An Ant Design select by its label: types, takes the first match. */
async function choose(page: Page, label: string, typed: string): Promise<void> {
  await page.getByRole('main').getByLabel(label, { exact: true }).click()
  await page.keyboard.type(typed)
  await page.keyboard.press('Enter')
}

async function filePaper(page: Page, kind: string): Promise<void> {
  await page.getByLabel('资料种类').click()
  await page.locator('.ant-select-item-option', { hasText: kind }).click()
  await page.locator('.repair-add input[type=file]').setInputFiles({
    name: `${kind}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${kind} ${complexName}`),
  })
  await expect(page.getByRole('link', { name: `${kind}.txt` })).toBeVisible()
}

async function sign(page: Page, sheet: string, party: string, person: string): Promise<void> {
  await page.getByLabel('一方', { exact: true }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: party }).click()
  await page.getByLabel('签字人姓名').fill(person)
  await page.getByRole('button', { name: '登记签字' }).click()
  const signed = page.getByRole('region', { name: '签字' }).getByRole('listitem').filter({ hasText: sheet })
  await expect(signed.filter({ hasText: person })).toContainText(party)
}

const next = (page: Page) => page.getByRole('region', { name: /^下一步/ })

// The wrong amount is typed on purpose, and refused.
test.use({ allowedErrors: /status of 400 .*repair\.instructPayment/ })

const TITLE = 'a job of 2,000.00 takes the stricter path and is paid only with every paper, signature and person in place'

test(TITLE, async ({ page, office }) => {
  test.setTimeout(180_000)
  await page.goto(office.link)

  await actAs(page, 'zhang')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '维修' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '维修' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Control+n')
  await choose(page, '小区', complexName)
  await page.getByLabel('部位').fill('围墙')
  await page.keyboard.press('Escape')
  await page.getByLabel('事项').fill('围墙局部倒塌修复')
  await choose(page, '施工单位', '宏达')
  await choose(page, '监理单位', '监理')
  await page.getByLabel('报价（元）').fill('1e5')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await expect(page.getByText('“1e5”不是金额')).toBeVisible()
  await page.getByLabel('报价（元）').fill('2000')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: '围墙局部倒塌修复' })).toBeVisible()
  const address = page.url()
  expect(await violationsOf(page)).toEqual([])

  for (const answer of await next(page).getByRole('radio', { name: '否' }).all()) await answer.check()
  await next(page).getByRole('radio', { name: '没有保修责任' }).check()
  await next(page).getByRole('button', { name: '初审通过' }).click()
  await expect(next(page)).toContainText('由有“审核”或“会计主管”岗位的人办理')
  await filePaper(page, '报价单')

  await actAs(page, 'li')
  await page.goto(address)
  await next(page).getByRole('button', { name: '复审通过' }).click()
  await expect(page.getByText('恰为 2,000.00 元：规定未写明，按较严的现场复核办理')).toBeVisible()
  await expect(next(page)).toContainText('缺科室现场复核签字')
  await filePaper(page, '现场复核记录')
  await page.getByRole('region', { name: '现场照片' }).locator('input[type=file]').setInputFiles({
    name: '围墙.png', mimeType: 'image/png', buffer: PHOTO,
  })
  const thumbnail = page.getByRole('img', { name: '现场照片 围墙.png' })
  await expect(thumbnail).toBeVisible()
  await expect.poll(() => thumbnail.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)).toBe(true)
  await sign(page, '现场复核', '科室', '钱科长')
  await sign(page, '现场复核', '监理', '孙监理')
  await next(page).getByLabel('现场情况和结论').fill('倒塌六米，与报价一致')
  await next(page).getByRole('button', { name: '登记结果' }).click()

  await expect(next(page)).toContainText('科室签字须 2 人，现有 0 人')
  for (const kind of ['三方签章的分类汇总表', '现场验收记录', '决算单']) await filePaper(page, kind)
  for (const [party, person] of [
    ['科室', '钱科长'], ['科室', '陈科员'], ['监理', '孙监理'], ['监理', '吴监理'], ['施工单位', '周工长'],
  ] as const) await sign(page, '验收', party, person)
  await next(page).getByLabel('决算金额（元）').fill('2000.00')
  for (const party of ['科室', '监理', '施工单位']) await next(page).getByRole('checkbox', { name: party }).check()
  await next(page).getByLabel('到场科室人员').click()
  await page.keyboard.type('钱科长、陈科员、')
  await next(page).getByLabel('回访', { exact: true }).fill('门卫确认完工')
  await next(page).getByRole('button', { name: '验收通过' }).click()
  await expect(next(page)).toContainText('复审由您办理，通知付款要由另一人办理')
  await expect(next(page)).toContainText('缺合同或派工单、发票')

  await actAs(page, 'zhang')
  await page.goto(address)
  await expect(next(page)).toContainText('缺合同或派工单、发票')
  for (const kind of ['合同或派工单', '发票']) await filePaper(page, kind)
  await expect(page.getByText('资料齐全')).toBeVisible()
  await expect(page.getByText('贰仟元整')).toBeVisible()
  await next(page).getByLabel('再次录入金额（元）').fill('200.00')
  await next(page).getByLabel('付款账户').click()
  await page.keyboard.press('Enter')
  await next(page).getByRole('button', { name: '通知付款，制作凭证' }).click()
  await expect(next(page)).toContainText('与决算待付金额 2,000.00 元不一致')
  await next(page).getByLabel('再次录入金额（元）').fill('2,000.00')
  await page.keyboard.press('Control+Enter')
  await expect(next(page)).toContainText('付款凭证已制作，请审核、记账')
  expect(await violationsOf(page)).toEqual([])

  const ledger = new Database(office.file, { readonly: true })
  const draft = ledger
    .prepare(
      `SELECT d.rule, l.debit_fen AS debitFen, p.name AS payee,
              (SELECT count(*) FROM voucher_draft_attachment a WHERE a.draft_id = d.id) AS papers
       FROM voucher_draft_line l JOIN voucher_draft d ON d.id = l.draft_id JOIN repair r ON r.id = l.repair_id
         JOIN counterparty p ON p.id = l.counterparty_id WHERE r.title = '围墙局部倒塌修复'`,
    )
    .all()
  ledger.close()
  expect(draft).toEqual([
    { rule: expect.stringContaining('repair.payment'), debitFen: 200_000, payee: expect.stringContaining('宏达'), papers: 8 },
  ])
})
