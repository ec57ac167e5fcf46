/** axe-core over the page as it stands: WCAG A and AA and its best practices. */
import fs from 'node:fs'
import { createRequire } from 'node:module'

import type { Page } from '@playwright/test'
import type { AxeResults, RunOptions } from 'axe-core'

const source = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type AxeWindow = { readonly axe: { readonly run: (context: Document, options: RunOptions) => Promise<AxeResults> } }

/** One line per violation; empty when the page is clean. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  // Evaluated through the debugger, which the page's policy does not touch; a script element would be refused.
  await page.evaluate(source)
  return page.evaluate(async () => {
    // Half-way through a fade a colour is one nobody reads; endless ones (a spinner) are left running.
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
    const { axe } = window as unknown as AxeWindow
    const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id} ${html} ${failureSummary ?? ''}`))
  })
}
