import { z } from 'zod'

import { keptUntil, retentionStart } from '#core/retention.ts'
import { compare, type Vector } from './vector.ts'

const inputSchema = z.object({ fiscal_year: z.number().int() })

/** 会计档案管理办法 附表1. */
const LONG = { kind: 'years', years: 30 } as const
const SHORT = { kind: 'years', years: 10 } as const

export function check(vector: Vector): void {
  const { fiscal_year: year } = inputSchema.parse(vector.input)
  const forEver = keptUntil(year, { kind: 'permanent' }) ?? 'permanent'
  compare(vector.expected, {
    count_from: retentionStart(year),
    voucher_ledger_until: keptUntil(year, LONG),
    bank_statement_and_reconciliation_until: keptUntil(year, SHORT),
    monthly_quarterly_report_until: keptUntil(year, SHORT),
    annual_report: forEver,
    transfer_list_until: keptUntil(year, LONG),
    custody_destruction_lists: forEver,
  })
}
