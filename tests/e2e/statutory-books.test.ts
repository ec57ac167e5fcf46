/** The three statements on screen and on paper, the figure's vouchers, the yearly table, and ledgers to bind. */
import fs from 'node:fs'
import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { readPdf, textOf } from '../reports/pdf-text.ts'
import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link)
  await page.getByLabel('登录名').fill('zhao')
  await page.getByLabel('密码').fill(sample.password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: '当前人员' })).toBeVisible()
}

/** The document of that name in the finished job's dialog, as bytes. */
async function documentOf(page: Page, name: RegExp): Promise<Uint8Array> {
  const link = page.getByRole('dialog').getByRole('link', { name })
  await expect(link).toBeVisible({ timeout: 30_000 })
  const download = page.waitForEvent('download')
  await link.click()
  return new Uint8Array(fs.readFileSync(await (await download).path()))
}

async function pdfText(bytes: Uint8Array): Promise<string> {
  return (await readPdf(bytes)).pages.map(textOf).join('')
}

test('statements tie out, open their vouchers and print what the screen shows', async ({ page, office }) => {
  test.slow()
  await signIn(page, office.link)
  await page.goto(`${office.origin}/books?book=1&edition=year&year=2025`)
  const ties = page.getByRole('complementary', { name: '勾稽关系' })
  await expect(ties).toContainText('全部相符')
  await expect(ties).toContainText('已结账')
  const sheet = page.getByRole('table', { name: '会住维01表 资产负债表' })
  const total = (await sheet.getByRole('row', { name: /资产总计/ }).getByRole('cell').nth(1).textContent()) ?? ''
  expect(total).toMatch(/^[\d,]+\.\d\d$/)
  expect(await violationsOf(page)).toEqual([])

  await page.getByRole('button', { name: '查看“交存收入”本年数的科目和凭证' }).click()
  const drawer = page.getByRole('dialog')
  await expect(drawer.getByRole('link', { name: /^记-\d{4}号$/ }).first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await drawer.getByRole('link', { name: /^记-\d{4}号$/ }).first().click()
  await expect(page).toHaveURL(/\/vouchers\/\d+/)
  await page.goBack()

  await page.getByRole('button', { name: '打印与表格' }).click()
  const printed = await pdfText(await documentOf(page, /会住维01表资产负债表\.pdf$/))
  expect(printed).toContain('会住维01表')
  expect(printed).toContain(total)
  // A closed year is final; nothing is printed across it.
  expect(printed).not.toContain('未结账')
  await expect(page.getByRole('dialog').getByRole('link', { name: /\.xlsx$/ })).toBeVisible()
})

test('the year per complex and the ledgers come as paper', async ({ page, office }) => {
  test.slow()
  await signIn(page, office.link)
  await page.goto(`${office.origin}/books/annual?book=1&year=2025`)
  await expect(page.getByRole('treegrid', { name: /分小区2025年度表/ }).or(page.getByRole('grid', { name: /分小区2025年度表/ })))
    .toContainText(sample.complexes[0]?.name ?? '')
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '打印年度公示' }).click()
  expect(await pdfText(await documentOf(page, /2025年度公示\.pdf$/))).toContain('列支的项目、费用')
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()

  await page.goto(`${office.origin}/books/movement?book=2&from=2026-07&to=2026-09`)
  await expect(page.getByRole('table', { name: '公共收益收支结余表' })).toContainText('期末结余')
  expect(await violationsOf(page)).toEqual([])

  await page.goto(`${office.origin}/books/ledgers?book=2&from=2026-01&to=2026-09`)
  await expect(page.getByRole('heading', { name: '总账' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '打印总账' }).click()
  expect(await pdfText(await documentOf(page, /总账.*\.pdf$/))).toContain('上年结转')
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).last().click()
  await page.getByRole('button', { name: '打印凭证封面' }).click()
  expect(await pdfText(await documentOf(page, /凭证封面.*\.pdf$/))).toContain('附件张数')
})
