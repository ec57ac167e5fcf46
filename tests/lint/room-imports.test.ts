import path from 'node:path'

import { RuleTester } from 'oxlint/plugins-dev'
import { describe, it } from 'vitest'

import { roomImports } from '../../scripts/lint/room-imports.ts'

RuleTester.describe = describe
RuleTester.it = it

const root = path.resolve(import.meta.dirname, '../..')
const tester = new RuleTester({ languageOptions: { sourceType: 'module', parserOptions: { lang: 'ts' } }, cwd: root })

function good(filename: string, code: string) {
  return { name: `${filename} may: ${code}`, filename: path.join(root, filename), code }
}

function bad(filename: string, code: string, messageId: string) {
  const name = `${filename} may not (${messageId}): ${code}`
  return { name, filename: path.join(root, filename), code, errors: [{ messageId }] }
}

tester.run('room-imports', roomImports, {
  valid: [
    good('core/voucher.ts', `import { addFen } from './money.ts'`),
    good('core/bank/icbc.ts', `import { addFen } from '../money.ts'`),
    good('core/statement.ts', `import Papa from 'papaparse'`),
    good('db/open.ts', `import { a } from '#core/money.ts'; import fs from 'node:fs'; import D from 'better-sqlite3'`),
    good('services/deposit.ts', `import { a } from '#core/deposit/deposit.ts'; import { b } from '#db/deposit.ts'`),
    good('reports/notice.ts', `import { a } from '#core/disclosure.ts'; import p from 'pdfmake'`),
    good('server/cli/main.ts', `import '#services/a.ts'; import '#reports/b.ts'; import '#db/open.ts'`),
    good('electron/main/index.ts', `import { app } from 'electron'; import type { Door } from '#server/api.ts'`),
    good('electron/server.ts', `import { serve } from '#server/entry.ts'`),
    good('renderer/api.ts', `import type { Api } from '#server/api.ts'; import { addFen } from '#core/money.ts'`),
    good('renderer/api.ts', `export type { Api } from '#server/api.ts'`),
    good('renderer/api.ts', `type Api = import('#server/api.ts').Api`),
    good('tests/e2e/turn.test.ts', `import '../../services/a.ts'; import '#renderer/b.ts'; import 'better-sqlite3'`),
    good('bench/main.ts', `import '#db/open.ts'; import fs from 'fs'`),
    good('vite.config.ts', `import './scripts/build.ts'`),
    good('core/money.ts', `export const a = 1; export { a as b }`),
  ],
  invalid: [
    bad('core/voucher.ts', `import { open } from '#db/open.ts'`, 'room'),
    bad('core/voucher.ts', `import { open } from '../db/open.ts'`, 'room'),
    bad('core/voucher.ts', `import type { Row } from '#db/schema.ts'`, 'room'),
    bad('core/bank/icbc.ts', `import { open } from '../../db/open.ts'`, 'room'),
    bad('core/voucher.ts', `import { readFileSync } from 'node:fs'`, 'node'),
    bad('core/voucher.ts', `import { readFileSync } from 'fs'`, 'node'),
    bad('core/voucher.ts', `import dayjs from 'dayjs'`, 'package'),
    bad('core/voucher.ts', `import { z } from 'hono/validator'`, 'package'),
    bad('core/voucher.ts', `await import('#services/voucher/voucher.ts')`, 'room'),
    bad('core/voucher.ts', `const name = './money.ts'; await import(name)`, 'unreadable'),
    bad('core/voucher.ts', `const fs = require('fs')`, 'node'),
    bad('core/voucher.ts', `export { a } from '#services/a.ts'`, 'room'),
    bad('core/voucher.ts', `export * from '#services/a.ts'`, 'room'),
    bad('core/voucher.ts', `import { office } from '#tests/office.ts'`, 'room'),
    bad('db/open.ts', `import { a } from '#services/a.ts'`, 'room'),
    bad('db/open.ts', `import { a } from '../core/money.ts'`, 'subpath'),
    bad('services/deposit.ts', `import { a } from '#server/api.ts'`, 'room'),
    bad('services/deposit.ts', `import { a } from '#reports/a.ts'`, 'room'),
    bad('services/deposit.ts', `import D from 'better-sqlite3'`, 'home'),
    bad('reports/notice.ts', `import { a } from '#db/open.ts'`, 'room'),
    bad('reports/notice.ts', `import type { a } from '#services/a.ts'`, 'room'),
    bad('server/api.ts', `import { a } from '#renderer/a.ts'`, 'room'),
    bad('server/api.ts', `import { app } from 'electron'`, 'home'),
    bad('server/api.ts', `import { app } from 'electron/main'`, 'home'),
    bad('electron/main/index.ts', `import { a } from '#services/a.ts'`, 'room'),
    bad('electron/main/index.ts', `import { a } from '#server/api.ts'`, 'typesOnly'),
    bad('renderer/api.ts', `import { api } from '#server/api.ts'`, 'typesOnly'),
    bad('renderer/api.ts', `import { type Api } from '#server/api.ts'`, 'typesOnly'),
    bad('renderer/api.ts', `import type { Api } from '../server/api.ts'`, 'subpath'),
    bad('renderer/api.ts', `import type { Row } from '#db/schema.ts'`, 'room'),
    bad('renderer/api.ts', `type Row = import('#db/schema.ts').Row`, 'room'),
    bad('renderer/api.ts', `import path from 'node:path'`, 'node'),
    bad('renderer/api.ts', `const at = new Map(); const api = await import('#server/api.ts')`, 'typesOnly'),
  ],
})
