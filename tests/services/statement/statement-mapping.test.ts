/** Column mappings per account: versions, recognition by heading, who may save, and what an import makes of them. */
import { describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import type { Role } from '#core/role.ts'
import type { ColumnMapping } from '#core/statement/mapping.ts'
import { batchOf, importStatement, previewStatement } from '#services/statement/statement.ts'
import { mappingsInForce, mappingVersions, retireMapping, saveMapping } from '#services/statement/statement-mapping.ts'
import { utf8 } from '#tests/core/statement/statement-files.ts'
import { statementOffice, type StatementOffice } from './statement-office.ts'

const MAPPING: ColumnMapping = {
  titles: ['序', '营业日', '发生数', '结存数'], fields: { 营业日: 'date', 发生数: 'amount', 结存数: 'balance' },
  rule: 'signed', positiveIs: 'in', inWords: [], outWords: [], dateOrder: 'year', brackets: 'byBalance',
}
const FILE = ['序,营业日,发生数,结存数', '1,2025-01-05,100.00,100.00', '2,2025-01-06,-30.00,70.00', ''].join('\r\n')

function refusal(work: () => unknown): string {
  try {
    work()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return 'accepted'
}

const preview = (office: StatementOffice, more: { mapping?: ColumnMapping } = {}) =>
  previewStatement(office.ledger, office.account, { name: '一月.csv', bytes: utf8(FILE), ...more })

describe('a saved mapping', () => {
  it('is tried out without being saved, then recognises the account’s next file by its titles', () => {
    const office = statementOffice()
    expect(preview(office).statement.errors).toMatchObject([{ code: 'header.missing' }])
    expect(preview(office, { mapping: MAPPING }).statement).toMatchObject({ errors: [], closing: 7_000 })
    expect(mappingVersions(office.ledger, office.account)).toEqual([])

    const id = saveMapping(office.preparer, office.account, { name: ' 示例银行 ', mapping: MAPPING })
    expect(preview(office).statement).toMatchObject({ errors: [], layout: `mapping:${id}`, bank: '示例银行' })
    const { batchId } = importStatement(office.preparer, preview(office))
    expect(batchOf(office.ledger, batchId)).toMatchObject({ layout: `mapping:${id}`, lineCount: 2, closingFen: 7_000 })
  })

  it('is of one account: another account’s files are not read by it', () => {
    const office = statementOffice()
    const other = office.ledger.prepare<[number], { id: typeof office.account }>(
      'SELECT id FROM bank_account WHERE id <> ? LIMIT 1',
    ).get(office.account)
    saveMapping(office.preparer, office.account, { name: '示例银行', mapping: MAPPING })
    if (other === undefined) throw new Error('the office has one account only')
    expect(
      previewStatement(office.ledger, other.id, { name: 'x.csv', bytes: utf8(FILE) }).statement.errors,
    ).toMatchObject([{ code: 'header.missing' }])
  })

  it('saved again is its next version; the old one stays on record and the new one counts', () => {
    const office = statementOffice()
    saveMapping(office.preparer, office.account, { name: '示例银行', mapping: MAPPING })
    const second = saveMapping(office.preparer, office.account, { name: '示例银行', mapping: { ...MAPPING, positiveIs: 'out' } })
    expect(
      mappingVersions(office.ledger, office.account).map(({ version, positiveIs }) => [version, positiveIs]),
    ).toEqual([[2, 'out'], [1, 'in']])
    expect(mappingsInForce(office.ledger, office.account)).toMatchObject([{ id: second, version: 2, setBy: '张制单' }])
    // Read the wrong way round, the balances say so.
    expect(preview(office).statement.errors).toMatchObject([{ code: 'balance.chain', line: 3 }])
  })

  it('retired is no longer tried, and cannot be retired twice', () => {
    const office = statementOffice()
    const id = saveMapping(office.preparer, office.account, { name: '示例银行', mapping: MAPPING })
    retireMapping(office.preparer, office.account, id)
    expect(mappingsInForce(office.ledger, office.account)).toEqual([])
    expect(preview(office).statement.errors).toMatchObject([{ code: 'header.missing' }])
    expect(refusal(() => { retireMapping(office.preparer, office.account, id) })).toBe('mapping.missing')
  })

  it('that does not fit together, has no name, or comes from a cashier is refused', () => {
    const office = statementOffice()
    const cashier = { ...office.preparer, actor: { ...office.preparer.actor, roles: new Set<Role>(['cashier']) } }
    const save = (
      name: string, mapping: ColumnMapping, by = office.preparer,
    ) => refusal(() => saveMapping(by, office.account, { name, mapping }))
    expect(save('', MAPPING)).toBe('mapping.name')
    expect(save('x', { ...MAPPING, fields: { 发生数: 'amount' } })).toBe('mapping.date')
    expect(save('x', MAPPING, cashier)).toBe('role.missing')
    expect(mappingVersions(office.ledger, office.account)).toEqual([])
  })

  it('tried out only cannot be imported', () => {
    const office = statementOffice()
    expect(
      () => importStatement(office.preparer, preview(office, { mapping: MAPPING })),
    ).toThrow('a mapping is saved before its file is imported')
  })
})
