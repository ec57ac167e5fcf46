/** The title row of an office's deposit sheet: which column is what, and in which unit. Found by its words, not its place. */
import { Problem } from '../problem.ts'
import type { MoneyUnit, TermUnit } from './deposit-import-cells.ts'
import { titleOf } from '../statement/cells.ts'

export type SheetRecord = { readonly line: number; readonly cells: readonly string[] }

/** Titles in order of preference: 账号 names the certificate only where nothing better does. */
export const IMPORT_COLUMNS = {
  certificateNo: [
    '存单号', '存单号码', '存单编号', '证实书号', '证实书号码', '证实书编号', '开户证实书号', '定期存单号', '定期账号', '存单账号', '凭证号码', '账号',
  ],
  settlementAccount: ['结算账号', '结算账户', '专户账号', '活期账号', '活期账户', '转出账号', '本息转入账号', '专户'],
  complex: ['小区', '小区名称', '小区编号', '项目', '项目名称'],
  bank: ['银行', '存款银行', '存放银行', '开户银行', '开户行', '存入银行', '存款行'],
  principal: ['本金', '存款本金', '存款金额', '存单金额', '存入金额', '金额'],
  rate: ['年利率', '执行利率', '约定利率', '存款利率', '利率'],
  demandRate: ['活期利率', '活期年利率'],
  valueDate: ['起息日', '起息日期', '起存日', '起存日期', '存入日', '存入日期', '存款日期', '开户日期'],
  dueDate: ['到期日', '到期日期'],
  term: ['存期', '期限', '存款期限', '存款期'],
  product: ['品种', '存款种类', '存款品种', '存款类型', '产品'],
  instruction: ['转存方式', '约定转存', '是否转存', '到期转存', '到期处理'],
  person: ['经办人', '负责人'],
} as const

export type ImportField = keyof typeof IMPORT_COLUMNS

function isField(text: string): text is ImportField {
  return Object.hasOwn(IMPORT_COLUMNS, text)
}

export const IMPORT_FIELDS: readonly ImportField[] = Object.keys(IMPORT_COLUMNS).filter(isField)

const REQUIRED = ['certificateNo', 'principal', 'rate', 'valueDate'] as const satisfies readonly ImportField[]

export type ImportHeader = {
  /** Position in the records. */
  readonly index: number
  readonly line: number
  readonly columns: Readonly<Partial<Record<ImportField, number>>>
  readonly titles: Readonly<Partial<Record<ImportField, string>>>
  readonly moneyUnit: MoneyUnit | null
  readonly termUnit: TermUnit | null
}

const SEARCHED_RECORDS = 50

type Title = { readonly name: string; readonly unit: string; readonly full: string }

/** `本金(万元)` → 本金, 万元; `年利率%` → 年利率. */
function titleParts(raw: string): Title {
  const full = titleOf(raw)
  const match = /^(.*?)(?:\(([^()]*)\)|(%))?$/.exec(full)
  return { name: match?.[1] ?? full, unit: match?.[2] ?? '', full }
}

function moneyUnitOf(unit: string | undefined): MoneyUnit | null {
  if (unit === undefined) return null
  if (/^万元?$/.test(unit)) return 'wan'
  return /元$/.test(unit) ? 'yuan' : null
}

function termUnitOf(unit: string | undefined): TermUnit | null {
  if (unit === undefined) return null
  if (unit === '年') return 'years'
  if (/^个?月$/.test(unit)) return 'months'
  return /^[天日]$/.test(unit) ? 'days' : null
}

function columnsOf(titles: readonly Title[], line: number): ImportHeader['columns'] {
  const columns: Partial<Record<ImportField, number>> = {}
  for (const field of IMPORT_FIELDS) {
    for (const alias of IMPORT_COLUMNS[field]) {
      const at = titles.findIndex(({ name }) => name === alias)
      if (at < 0) continue
      const again = titles.findIndex(({ name }, index) => index > at && name === alias)
      if (again >= 0) {
        throw new Problem({
          code: 'import.ambiguous', message: `第 ${line} 行有两列都叫“${alias}”：请删去不用的一列或改名后再导入`, row: line,
        })
      }
      columns[field] ??= at
      break
    }
  }
  return columns
}

/** Throws `import.header` where no row has the columns every certificate needs, `import.ambiguous` for a title used twice. */
export function findImportHeader(records: readonly SheetRecord[]): ImportHeader {
  let best: { readonly missing: readonly ImportField[]; readonly line: number } | null = null
  for (const [index, { line, cells }] of records.slice(0, SEARCHED_RECORDS).entries()) {
    const titles = cells.map(titleParts)
    const names = new Set<string>(titles.map(({ name }) => name))
    const known = (field: ImportField): boolean => IMPORT_COLUMNS[field].some((alias) => names.has(alias))
    const missing = REQUIRED.filter((field) => !known(field))
    if (missing.length < REQUIRED.length && (best === null || missing.length < best.missing.length)) best = { missing, line }
    if (missing.length > 0) continue
    const columns = columnsOf(titles, line)
    const unitOf = (field: ImportField): string | undefined => titles[columns[field] ?? -1]?.unit
    return {
      index, line, columns,
      titles: Object.fromEntries(IMPORT_FIELDS.flatMap((field) => {
        const at = columns[field]
        return at === undefined ? [] : [[field, titles[at]?.full ?? '']]
      })),
      moneyUnit: moneyUnitOf(unitOf('principal')),
      termUnit: termUnitOf(unitOf('term')),
    }
  }
  throw headerMissing(best)
}

function headerMissing(best: { readonly missing: readonly ImportField[]; readonly line: number } | null): Problem {
  if (best === null) {
    const message = '找不到表头：第一行标题应有存单号（证实书号）、本金、年利率、起息日等列'
    return new Problem({ code: 'import.header', message, row: 1 })
  }
  const words = best.missing.map((field) => `“${IMPORT_COLUMNS[field][0]}”`).join('、')
  return new Problem({ code: 'import.header', message: `第 ${best.line} 行是表头，但缺少${words}列`, row: best.line })
}
