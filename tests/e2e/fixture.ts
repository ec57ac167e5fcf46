/**
 * What every end-to-end test starts from: `office`, a copy of the sample office served by the real command on its own
 * port, and `page`, a browser page that fails the test on any console error, page error or policy violation.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { test as base } from '@playwright/test'

import { serveLedger } from '../../scripts/serving.ts'

export { expect } from '@playwright/test'

export type Office = {
  /** The ledger file, for tests that look behind the page; the server holds its lock. */
  readonly file: string
  /** The opening link with its one-time token. */
  readonly link: string
  /** `http://127.0.0.1:PORT` */
  readonly origin: string
}

type Options = {
  /** Console errors a test provokes on purpose, e.g. `/status of 401/` for a wrong password. */
  allowedErrors: RegExp | undefined
}

type Fixtures = { office: Office; violations: string[] }

function sampleOffice(): string {
  const file = process.env['MINGZHANG_SAMPLE_OFFICE']
  if (file === undefined) throw new Error('tests/e2e/prepare.ts did not make the sample office')
  return file
}

/** Copies the ledger and its attachments; the sample was closed properly, so there is no write-ahead log beside it. */
export function copyOffice(folder: string): string {
  const from = sampleOffice()
  const file = path.join(folder, 'office.mzdb')
  fs.copyFileSync(from, file)
  const attachments = from.replace(/\.mzdb$/, '.files')
  if (fs.existsSync(attachments)) fs.cpSync(attachments, path.join(folder, 'office.files'), { recursive: true })
  return file
}

export const test = base.extend<Options & Fixtures>({
  allowedErrors: [undefined, { option: true }],

  office: async ({}, use, testInfo) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-e2e-'))
    const log: string[] = []
    const serving = await serveLedger(copyOffice(folder), (line) => log.push(line))
    const { origin } = new URL(serving.link)
    await use({ file: path.join(folder, 'office.mzdb'), link: serving.link, origin })
    await serving.stop()
    if (log.length > 0) await testInfo.attach('server.log', { body: log.join('\n'), contentType: 'text/plain' })
    fs.rmSync(folder, { recursive: true, force: true })
  },

  violations: async ({ allowedErrors }, use) => {
    const violations: string[] = []
    await use(violations)
    const unexpected = violations.filter((text) => allowedErrors?.test(text) !== true)
    if (unexpected.length > 0) throw new Error(`the page complained:\n${unexpected.join('\n')}`)
  },

  page: async ({ page, violations, office }, use) => {
    page.on('console', (message) => {
      if (message.type() === 'error') violations.push(`console: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', (error) => violations.push(`page: ${error.stack ?? error.message}`))
    await page.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`policy: ${event.violatedDirective} refused ${event.blockedURI} in ${event.sourceFile}`)
      })
    })
    await use(page)
    // Closed before its server stops: questions still on their way would fail and count as complaints.
    if (page.url().startsWith(office.origin)) await page.close()
  },
})
