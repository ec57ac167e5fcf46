/** One repair of exactly 2,000.00 walked by the people whose steps they are, from the report form to the payment voucher. */
import fs from 'node:fs'

import type { Locator, Page } from '@playwright/test'
import Database from 'better-sqlite3'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { inProject } from '../../scripts/paths.ts'
import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { changePersonTo, signInAs } from './signing-in.ts'
import { fillVisit } from './site-visit.ts'

// A file of its own: bytes the office knows already keep the name they came with.
function pictureOf(what: string): Buffer {
  return Buffer.concat([fs.readFileSync(inProject('assets/sample/roof.png')), Buffer.from(what)])
}
const PHOTO = pictureOf('wall')
const complex = sample.complexes.find(({ profile, register }) => profile === 'AH-TONGLING' && register?.keepsSubLedger !== true)
if (complex === undefined) throw new Error('the sample office has no complex under the Tongling profile without a sub-ledger')
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
  // The first missing paper is chosen already.
  if (!(await page.locator('.repair-add .ant-select').innerText()).includes(kind)) {
    await page.getByLabel('资料种类').click()
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: kind }).click()
  }
  const isPicture = kind.endsWith('照片')
  const name = `${kind}.${isPicture ? 'png' : 'txt'}`
  await page.locator('.repair-add input[type=file]').setInputFiles({
    name,
    mimeType: isPicture ? 'image/png' : 'text/plain',
    buffer: isPicture ? pictureOf(kind) : Buffer.from(`${kind} ${complexName}`),
  })
  await expect(page.getByRole('link', { name }).first()).toBeVisible()
}

/** A select of the next step's form: the first choice that reads so. */
async function chooseNext(page: Page, label: string, option: string): Promise<void> {
  await next(page).getByRole('combobox', { name: label }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first().click()
}

async function setDate(page: Page, label: string, day: string): Promise<void> {
  const field = next(page).getByLabel(label, { exact: true })
  await field.fill(day)
  await field.press('Tab')
}

async function typeNames(page: Page, within: Locator, label: string, names: readonly string[]): Promise<void> {
  await within.getByLabel(label).click()
  await page.keyboard.type(`${names.join('\u3001')}\u3001`)
}

async function sign(page: Page, sheet: string, party: string, person: string): Promise<void> {
  await page.getByLabel('一方', { exact: true }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: party }).click()
  await page.getByLabel('签字人姓名').fill(person)
  await page.getByRole('button', { name: `登记${sheet}签字` }).click()
  const signed = page.getByRole('region', { name: '签字' }).getByRole('listitem').filter({ hasText: sheet })
  await expect(signed.filter({ hasText: person })).toContainText(party)
}

/** The papers here are older than the checks of the job: what is asked about that is answered by another than who pays. */
async function answerFindings(page: Page, repairId: number): Promise<void> {
  const answered = await page.evaluate(async (id) => {
    const send = async (name: string, body: object): Promise<unknown> => {
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(`/api/trpc/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
      if (!reply.ok) throw new Error(`${name}: ${await reply.text()}`)
      return reply.json()
    }
    const listed = await send('finding.list', { complexId: null, repairId: id, state: 'open', limit: 50 })
    const { result } = listed as { result: { data: readonly { id: number }[] } }
    for (const finding of result.data) await send('finding.answer', { id: finding.id, reason: '补录：合同和施工在前，已核对原件' })
    return result.data.length
  }, repairId)
  expect(answered).toBeGreaterThan(0)
}

const next = (page: Page) => page.getByRole('region', { name: /^下一步/ })

// A signer short, a fen too much and a wrong amount are typed on purpose, and refused.
test.use({ allowedErrors: /status of 400 .*repair\.(instructPayment|settle|addVisa)/ })

const TITLE = 'a job of 2,000.00 takes the stricter path and is paid only with every paper, signature and person in place'

test(TITLE, async ({ page, office }) => {
  test.setTimeout(240_000)
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
  await page.getByLabel('报修日期').fill('2026-09-20')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1, name: '围墙局部倒塌修复' })).toBeVisible()
  const address = page.url()
  expect(await violationsOf(page)).toEqual([])

  for (const answer of await next(page).getByRole('radio', { name: '否' }).all()) await answer.check()
  await expect(next(page)).toContainText('没有法定最低年限，保修书约定也没有登记')
  await next(page).getByRole('radio', { name: '查不到' }).check()
  await next(page).getByLabel('查找经过').fill('围墙为2003年建成，档案中无保修书')
  await next(page).getByRole('button', { name: '初审通过' }).click()
  await expect(next(page)).toContainText('由有“审核”或“会计主管”岗位的人办理')
  await filePaper(page, '报价单')

  await actAs(page, 'li')
  await page.goto(address)
  await next(page).getByRole('radio', { name: '有，验收前须办签证' }).check()
  await next(page).getByRole('button', { name: '复审通过' }).click()
  await expect(page.getByText('恰为 2,000.00 元：规定未写明，按较严的现场复核办理')).toBeVisible()
  await expect(next(page)).toContainText('由有“制单”或“会计主管”岗位的人办理')

  await actAs(page, 'zhang')
  await page.goto(address)
  await next(page).getByRole('radio', { name: '业主授权' }).check()
  await chooseNext(page, '业主授权', '共用部位中小修一次授权')
  await next(page).getByRole('button', { name: '登记使用依据' }).click()
  await expect(next(page)).toContainText('缺合同或派工单')
  await filePaper(page, '合同或派工单')
  await next(page).getByLabel('合同编号').fill('HT-2026-031')
  await next(page).getByLabel('分期付款').fill('验收结算款 95')
  await next(page).getByLabel('质保金（%）').fill('5')
  await next(page).getByLabel('质保金几个月后退还').fill('12')
  await setDate(page, '签订日期', '2026-09-21')
  await setDate(page, '约定开工日', '2026-09-22')
  await setDate(page, '约定完工日', '2026-09-24')
  await next(page).getByRole('button', { name: '登记合同' }).click()
  await expect(page.getByText('HT-2026-031', { exact: true })).toBeVisible()

  await actAs(page, 'li')
  await page.goto(address)
  await expect(next(page)).toContainText('缺科室现场复核签字')
  await filePaper(page, '现场复核记录')
  await page.getByRole('region', { name: '现场照片' }).locator('input[type=file]').setInputFiles([
    { name: '围墙.png', mimeType: 'image/png', buffer: PHOTO },
    { name: '墙基.png', mimeType: 'image/png', buffer: pictureOf('foot') },
  ])
  const thumbnail = page.getByRole('img', { name: '现场照片 围墙.png' })
  await expect(thumbnail).toBeVisible()
  await expect.poll(() => thumbnail.evaluate((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)).toBe(true)
  await sign(page, '现场复核', '科室', '钱科长')
  await sign(page, '现场复核', '监理', '孙监理')
  await fillVisit(next(page), { party: '科室', person: '钱科长', photo: '围墙.png', on: '2026-09-22' })
  await fillVisit(next(page), { party: '监理', person: '孙监理', photo: '墙基.png', on: '2026-09-22' })
  await next(page).getByRole('button', { name: '登记结果' }).click()

  await expect(next(page)).toContainText('科室签字须 2 人，现有 0 人')
  await page.getByRole('button', { name: '登记签证' }).click()
  const visa = page.getByRole('dialog', { name: '隐蔽工程签证' })
  await visa.getByLabel('隐蔽工程内容和部位').fill('围墙基础')
  await visa.getByLabel('核对的工程量').fill('毛石基础 1.2 立方米')
  await typeNames(page, visa, '科室签字人', ['钱科长', '陈科员'])
  await typeNames(page, visa, '监理签字人', ['孙监理'])
  await visa.locator('input[type=file]').setInputFiles({ name: '基础.png', mimeType: 'image/png', buffer: pictureOf('base') })
  await expect(visa.getByRole('link', { name: '基础.png' })).toBeVisible()
  await visa.getByRole('button', { name: '登记签证' }).click()
  await expect(visa).toContainText('监理签字须 2 人，现有 1 人，签证无效')
  await typeNames(page, visa, '监理签字人', ['吴监理'])
  await visa.getByRole('button', { name: '登记签证' }).click()
  await expect(visa).toBeHidden()
  await expect(page.getByText('毛石基础 1.2 立方米')).toBeVisible()
  for (const kind of ['三方签章的分类汇总表', '现场验收记录']) await filePaper(page, kind)
  for (const [party, person] of [
    ['科室', '钱科长'], ['科室', '陈科员'], ['监理', '孙监理'], ['监理', '吴监理'], ['施工单位', '周工长'],
  ] as const) await sign(page, '验收', party, person)
  await setDate(page, '日期', '2026-09-25')
  await expect(next(page)).toContainText('合同工期：2026-09-22 至 2026-09-24，3 天')
  await setDate(page, '开工日', '2026-09-22')
  await setDate(page, '完工日', '2026-09-24')
  await next(page).getByLabel('验收情况和结论').fill('倒塌段已砌筑粉刷，与分类汇总表一致')
  for (const party of ['科室', '监理', '施工单位']) await next(page).getByRole('checkbox', { name: party }).check()
  await typeNames(page, next(page), '到场科室人员', ['钱科长', '陈科员'])
  await next(page).getByLabel('回访', { exact: true }).fill('门卫确认完工')
  await next(page).getByRole('button', { name: '验收通过' }).click()
  await expect(next(page)).toContainText('缺决算单')
  await filePaper(page, '决算单')
  await setDate(page, '日期', '2026-09-26')
  await next(page).getByLabel('决算金额（元）').fill('2000.01')
  await next(page).getByRole('button', { name: '决算完成' }).click()
  await expect(next(page)).toContainText('决算超过合同价加签证共 2,000.00 元')
  await next(page).getByLabel('决算金额（元）').fill('2000.00')
  await next(page).getByRole('button', { name: '决算完成' }).click()
  await expect(next(page)).toContainText('由有“制单”或“会计主管”岗位的人办理')

  await actAs(page, 'zhang')
  await page.goto(address)
  await filePaper(page, '公示张贴照片')
  await setDate(page, '张贴日', '2026-09-26')
  await setDate(page, '公示止日', '2026-10-02')
  await next(page).getByLabel('张贴地点').fill('小区公告栏')
  await next(page).getByRole('button', { name: '登记公示' }).click()
  await expect(next(page)).toContainText('缺发票')
  await filePaper(page, '发票')
  await expect(page.getByText('资料齐全')).toBeVisible()
  await expect(page.getByText('贰仟元整')).toBeVisible()

  // What an owner disputes stays back until somebody who neither accepted nor settled has answered.
  await page.getByRole('button', { name: '登记异议' }).click()
  const objection = page.getByRole('dialog', { name: '登记异议' })
  await objection.getByLabel('提出人').fill('围墙边 2 户业主')
  await objection.getByLabel('异议内容').fill('砌筑的长度多算一米')
  await objection.getByLabel('异议金额（元）').fill('300')
  await objection.getByRole('button', { name: '登记异议' }).click()
  await expect(objection).toBeHidden()
  await expect(next(page)).toContainText('本次应付 1,700.00 元')
  await actAs(page, 'zhao')
  await page.goto(address)
  await page.getByRole('button', { name: '办结异议' }).click()
  const answer = page.getByRole('dialog', { name: '办结异议' })
  await answer.getByLabel('答复和理由').fill('会同业主复量，长度与签证一致')
  await answer.getByRole('button', { name: '办结异议' }).click()
  await expect(answer).toBeHidden()
  await answerFindings(page, Number(/\/repairs\/(\d+)/.exec(address)?.[1]))
  await actAs(page, 'zhang')
  await page.goto(address)
  await expect(next(page)).toContainText('本次应付 1,900.00 元')
  await next(page).getByLabel('再次录入金额（元）').fill('200.00')
  await next(page).getByLabel('付款账户').click()
  await page.keyboard.press('Enter')
  await next(page).getByRole('button', { name: '通知付款，制作凭证' }).click()
  await expect(next(page)).toContainText('与决算待付金额 1,900.00 元不一致')
  await next(page).getByLabel('再次录入金额（元）').fill('1,900.00')
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
    { rule: expect.stringContaining('repair.payment'), debitFen: 190_000, payee: expect.stringContaining('宏达'), papers: 11 },
  ])
})
