/** Signing in as a person of the sample office, as every end-to-end test begins. */
import type { Page } from '@playwright/test'

import sample from '#assets/sample/office.json' with { type: 'json' }

import { expect } from './fixture.ts'

/** The person's own button, in the frame of every screen; the sign-in page has a heading too, but not this. */
function personButton(page: Page) {
  return page.getByRole('button', { name: '当前人员' })
}

/** On the sign-in page already. */
export async function signInAs(page: Page, login: string): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill(sample.password)
  await page.keyboard.press('Enter')
  await expect(personButton(page)).toBeVisible()
}

/** Through the opening link to the home screen. */
export async function enterAs(page: Page, link: string, login: string): Promise<void> {
  await page.goto(link)
  await signInAs(page, login)
  await expect(page.getByRole('heading', { level: 1, name: '今日' })).toBeVisible()
}

export async function changePersonTo(page: Page, login: string): Promise<void> {
  await personButton(page).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await signInAs(page, login)
}
