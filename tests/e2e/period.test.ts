/** Closing the fund's oldest open month on screen, and taking it back with a second person. */
import sample from '#assets/sample/office.json' with { type: 'json' }

import { violationsOf } from './accessibility.ts'
import { expect, test } from './fixture.ts'
import { changePersonTo, signInAs } from './signing-in.ts'

test.describe('with a wrong second person', () => {
  test.use({ allowedErrors: /status of (400|401)/ })

  test('a month is closed through its list of blocks, and re-opened by two', async ({ page, office }) => {
    // Three people, nine pages.
    test.slow()
    await page.goto(office.link)
    await signInAs(page, 'zhang')
    await page.goto(`${office.origin}/periods?book=1`)
    const pane = page.getByRole('region', { name: /2026 年/ })
    const month = (await pane.getByRole('heading', { level: 2 }).textContent()) ?? ''
    await expect(pane).toContainText('余额未结转')
    expect(await violationsOf(page)).toEqual([])
    await pane.getByRole('button', { name: '查看结转分录' }).click()
    // What the rule will carry where is shown before any voucher exists.
    await expect(page.getByRole('table', { name: '结转分录' })).toContainText('3101 待分配累计收益')
    expect(await violationsOf(page)).toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: '生成结转凭证' }).click()
    await expect(page).toHaveURL(/\/vouchers\/draft\/\d+/)
    const draft = new URL(page.url()).pathname

    await changePersonTo(page, 'li')
    await page.goto(`${office.origin}${draft}?book=1`)
    await page.getByRole('button', { name: '审核', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '审核', exact: true }).click()
    await expect(page.getByText('已审核，等待记账')).toBeVisible()

    await changePersonTo(page, 'zhao')
    await page.goto(`${office.origin}/periods?book=1`)
    await expect(pane).toContainText('张凭证未记账')
    await page.goto(`${office.origin}${draft}?book=1`)
    await page.getByRole('button', { name: '记账', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '记账', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.goto(`${office.origin}/periods?book=1`)
    await expect(pane.getByRole('heading', { level: 2 })).toHaveText(month)
    await expect(pane).toContainText('各项已齐，可以结账')
    await pane.getByRole('button', { name: '结账' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '结账' }).click()
    // A deposit asleep at the month's end is explained before the month closes, by another person than who closes it.
    await expect(page.getByRole('dialog').getByRole('alert')).toContainText('到期存单未转存')
    await page.getByRole('dialog').getByRole('link', { name: '查看疑点' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '疑点' })).toBeVisible()
    await changePersonTo(page, 'li')
    await page.goto(`${office.origin}/findings`)
    await page.getByRole('gridcell', { name: /000101004-1/ }).click()
    await page.getByRole('button', { name: '说明情况' }).click()
    await page.getByRole('dialog').getByLabel('情况说明').fill('已约银行下周办理转存')
    await page.getByRole('dialog').getByRole('button', { name: '说明情况' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await changePersonTo(page, 'zhao')
    await page.goto(`${office.origin}/periods?book=1`)
    await pane.getByRole('button', { name: '结账' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '结账' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()

    const [, year = '', number = ''] = /(\d{4}) 年 (\d+) 月/.exec(month) ?? []
    await page.goto(`${office.origin}/periods/${year}-${number.padStart(2, '0')}?book=1`)
    await expect(pane).toContainText('本月已结账')
    await pane.getByRole('button', { name: '反结账' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('反结账原因').fill('补记利息')
    await dialog.getByLabel('第二人登录名').fill('zhao')
    await dialog.getByLabel('第二人密码').fill(sample.password)
    await dialog.getByRole('button', { name: '反结账' }).click()
    await expect(dialog.getByRole('alert')).toContainText('不能是同一个人')
    await dialog.getByLabel('第二人登录名').fill('li')
    await dialog.getByRole('button', { name: '反结账' }).click()
    await expect(dialog).toBeHidden()
    await expect(pane).toContainText('第二人 李审核')
    await expect(pane).toContainText('补记利息')
  })
})
