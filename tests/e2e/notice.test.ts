import fs from 'node:fs'
import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { enterAs } from './signing-in.ts'

const { password } = sample
const PHOTO = new URL('../../assets/sample/lift.png', import.meta.url).pathname

async function openNotices(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: '公示' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '公示' })).toBeVisible()
}

async function requestAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: '批量办理' }).click()
  await page.getByText('报请公示（没有缺项的小区）').click()
  await page.getByRole('button', { name: '开始' }).click()
  const result = page.getByRole('dialog', { name: /报请公示/ })
  await expect(result).toContainText(/已报请公示：\d+ 个小区中 \d+ 个完成/)
  await expect(result).toContainText(/缺 \d+ 项/)
  await result.getByRole('button', { name: '关闭' }).last().click()
}

test('the heat table shows two years of every complex and has no accessibility fault', async ({ page, office }) => {
  await enterAs(page, office.link, 'zhang')
  await openNotices(page)
  const grid = page.getByRole('grid', { name: '各小区各季度的公示情况' })
  await expect(grid.getByText('已满').first()).toBeVisible()
  await expect(grid.getByText(/逾期 \d+ 天/).first()).toBeVisible()
  await expect(grid.getByText(/提前撤下/).first()).toBeVisible()
  await expect(page.getByText('专户率')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByLabel('按编号或名称查找').fill('A03')
  await expect(grid.getByRole('row')).toHaveCount(2)
})

test('a quarter is asked for, withdrawn, published by two, posted up and checked', async ({ page, office }) => {
  test.slow()
  await enterAs(page, office.link, 'zhang')
  await openNotices(page)
  await requestAll(page)
  await page.getByRole('link', { name: '待公示' }).first().click()

  await expect(page.getByText('张会计已报请，待公示')).toBeVisible()
  await page.getByRole('button', { name: '撤回' }).click()
  await page.getByLabel('原因').fill('再核对一遍')
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click()
  await expect(page.getByText('还没有报请')).toBeVisible()
  await expect(page.getByRole('img', { name: /第 1 页/ })).toBeVisible()

  await page.getByRole('button', { name: '报请公示' }).click()
  await page.getByText('审核人在场，现在就公示').click()
  const asked = page.getByRole('dialog', { name: '报请公示' })
  await asked.getByLabel('第二人登录名').fill('zhao')
  await asked.getByLabel('第二人密码').fill(password)
  await asked.getByRole('button', { name: '报请并公示' }).click()
  await expect(page.getByText(/第 1 版 2026-10-09 公示/)).toBeVisible()
  await expect(page.getByText('已公示，账上没有变动。')).toBeVisible()

  await page.getByRole('button', { name: '登记张贴' }).click()
  const posting = page.getByRole('dialog', { name: '登记张贴' })
  await posting.locator('input[type=file]').setInputFiles(PHOTO)
  await expect(posting.getByRole('list', { name: '附件' })).toBeVisible()
  await posting.getByRole('button', { name: '登记张贴' }).click()
  await expect(page.getByText('在张贴').first()).toBeVisible()
  expect(await violationsOf(page)).toEqual([])

  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载' }).or(page.getByRole('button', { name: '下载' })).click(),
  ])
  const pdf = await saved.path()
  await page.goto(`${office.origin}/disclosure/check`)
  await page.locator('input[type=file]').setInputFiles(pdf)
  await expect(page.getByRole('heading', { name: '属实' })).toBeVisible()
  await expect(page.getByText('文件与公示时逐字节相同。')).toBeVisible()
  fs.appendFileSync(pdf, '\n')
  await page.locator('input[type=file]').setInputFiles(pdf)
  await expect(page.getByRole('heading', { name: '不符' })).toBeVisible()
})

test.describe('a code nobody published', () => {
  test.use({ allowedErrors: /status of 400/ })

  test('is told apart from a mistyped one', async ({ page, office }) => {
    await enterAs(page, office.link, 'li')
    await page.goto(`${office.origin}/disclosure/check`)
    await page.getByLabel('校验码').fill('A01 2025Q3')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/不是公示校验码/)).toBeVisible()
    await page.getByLabel('校验码').fill('MZ-A99-2025Q3-V1-7K3M-9QXB-2F4T')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/本账簿没有公示过/)).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
  })
})
