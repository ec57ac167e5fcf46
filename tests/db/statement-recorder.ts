/** Which SQL the services read with, from which line of theirs, and what its plan reads whole. */
import fs from 'node:fs'
import path from 'node:path'
import { parseSync, Visitor } from 'vite'
import { expect } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { inProject } from '../../scripts/paths.ts'
import { expectNoTableScan, planOf } from './query-plan.ts'

export type Recorder = {
  readonly ledger: Ledger
  /** By text, the line of services/ that first prepared it. */
  readonly siteByText: ReadonlyMap<string, string>
  /** Every line that prepared something. */
  readonly sites: ReadonlySet<string>
  /** From now on each call is looked up, not only the first of a text: two lines may share one. Takes a millisecond each. */
  readonly watchEveryCall: () => void
}

/** The ledger, with every statement prepared on it written down. */
export function recordStatements(real: Ledger): Recorder {
  const siteByText = new Map<string, string>()
  const sites = new Set<string>()
  let isThorough = false
  const ledger: Ledger = {
    ...real,
    prepare(sql) {
      if (isThorough || !siteByText.has(sql)) {
        const site = callSite()
        sites.add(site)
        if (!siteByText.has(sql)) siteByText.set(sql, site)
      }
      return real.prepare(sql)
    },
  }
  return { ledger, siteByText, sites, watchEveryCall: () => { isThorough = true } }
}

/** `balance.ts:52`: the innermost line of services/ on the way here. */
function callSite(): string {
  const frame = (new Error().stack ?? '').split('\n').find((line) => /[/\\]services[/\\]/.test(line))
  const [, file, row] = /[/\\]services[/\\]([\w/\\-]+\.ts)(?:\?[^:]*)?:(\d+)/.exec(frame ?? '') ?? []
  return file === undefined ? 'elsewhere' : `${file}:${row}`
}

const WRITES = /^[`'"]?\s*(INSERT|UPDATE|DELETE)/i

export function isRead(sql: string): boolean {
  return !WRITES.test(sql)
}

/** Proving a ledger reads it whole, step by step. */
const WALKERS = ['verify.ts', 'household/verify-households.ts', 'backup.ts']

export function isWalker(site: string): boolean {
  return WALKERS.some((file) => site.startsWith(file))
}

/** Every line of services/ that prepares a read on the ledger, named as above. */
export function readSites(): readonly string[] {
  const files = fs
    .readdirSync(inProject('services'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('sample') && !isWalker(file))
    .sort()
  return files.flatMap((file) => {
    const text = fs.readFileSync(path.join(inProject('services'), file), 'utf8')
    const sites: string[] = []
    const visitor = new Visitor({
      CallExpression: ({ callee, arguments: [sql] }) => {
        if (callee.type !== 'MemberExpression' || !('name' in callee.property) || callee.property.name !== 'prepare') return
        const row = text.slice(0, callee.property.start).split('\n').length
        if (isRead(sql === undefined ? '' : text.slice(sql.start, sql.end))) sites.push(`${file}:${row}`)
      },
    })
    visitor.visit(parseSync(file, text).program)
    return sites
  })
}

/** NULL for every parameter: without statistics a plan does not depend on their values. */
function blanks(sql: string): readonly unknown[] | Readonly<Record<string, unknown>> {
  const bare = sql.replaceAll(/'[^']*'/g, '')
  const names = [...bare.matchAll(/[:@$](\w+)/g)].flatMap(([, name]) => name ?? [])
  return names.length > 0 ? Object.fromEntries(names.map((name) => [name, null])) : [...bare.matchAll(/\?/g)].map(() => null)
}

/** By number from the end: SQLite calls it a scan and stops at the limit. */
const FROM_THE_END = /ORDER BY (\w\.)?id DESC LIMIT (1|\?|:limit)$/

/**
 * `SEARCH voucher` without an index: the greatest number, which is one step, or the greatest of anything, which is all of
 * them.
 */
function readsForMaximum(ledger: Ledger, sql: string): readonly string[] {
  return planOf(ledger, sql, blanks(sql)).flatMap((step) => {
    const [, table] = /^SEARCH (\w+)$/.exec(step) ?? []
    return table === undefined || new RegExp(`max\\(id\\) FROM ${table}\\b`).test(sql) ? [] : [step]
  })
}

export function expectPlan(ledger: Ledger, sql: string, masters: readonly string[]): void {
  expect(readsForMaximum(ledger, sql), `whole tables are read by: ${sql}`).toEqual([])
  const fromTheEnd = FROM_THE_END.test(sql.trim()) ? /FROM (\w+)/.exec(sql)?.[1] : undefined
  expectNoTableScan(ledger, sql, blanks(sql), fromTheEnd === undefined ? masters : [...masters, fromTheEnd])
}
