/** Printing from inside the page: as many sheets as the document has, none of them empty, none of the screen. */
import { readPdf } from '#tests/reports/pdf-text.ts'

import { expect, test } from './fixture.ts'
import { enterAs } from './signing-in.ts'

test('a printed notice has exactly the sheets of its document', async ({ page, office }) => {
  await enterAs(page, office.link, 'zhang')
  await page.goto(`${office.origin}/disclosure?complex=1&quarter=2026Q2`)
  const view = page.locator('.pdf')
  const sheet = view.locator('canvas.pdf-page')
  await expect(sheet.first()).toBeVisible()
  const count = await sheet.count()
  expect(count).toBeGreaterThan(1)
  // Stands in for the printer's dialog, which no test can answer: the sheets stay as they do while it is open.
  await page.evaluate(() => {
    window.print = () => {
      const sheets = document.querySelector('.print-sheets')
      if (sheets !== null) sheets.remove = () => undefined
    }
  })
  await view.getByRole('button', { name: '打印' }).click()
  await expect(page.locator('.print-sheets canvas')).toHaveCount(count)
  const { pages } = await readPdf(await page.pdf({ preferCSSPageSize: true }))
  expect(pages).toHaveLength(count)
  // Sheets are pictures: text would be the screen's, printed beside them.
  expect(pages.flat()).toEqual([])
})
