/** What a bank writes around the rows: account, period, currency, declared totals; and which lines are footers. */
import { cleanCell, titleOf, toHalfWidth } from './cells.ts'

export type DeclaredField =
  | 'account' | 'accountName' | 'currency' | 'from' | 'to' | 'range'
  | 'count' | 'inCount' | 'inFen' | 'outCount' | 'outFen' | 'opening' | 'closing'

export type Declaration = {
  readonly field: DeclaredField
  readonly text: string
  readonly line: number
  readonly scope: 'file' | 'page'
}

const LABELS: Readonly<Record<DeclaredField, readonly string[]>> = {
  account: ['查询账号', '本方账号', '账户账号', '账号', '帐号', '卡号'],
  accountName: ['本方账户名称', '账户名称', '账号名称', '账户户名', '单位名称', '户名'],
  currency: ['币种', '币别', '货币'],
  from: ['查询开始日期', '起始日期', '开始日期'],
  to: ['查询结束日期', '截止日期', '结束日期', '终止日期'],
  range: ['查询时间范围', '查询起止日期', '起止日期', '查询日期', '查询期间'],
  count: ['总笔数', '记录数', '总记录数', '合计笔数'],
  inCount: ['贷方发生总笔数', '贷方交易笔数', '贷方总笔数', '贷方笔数', '总收入笔数', '汇总收入笔数', '收入笔数'],
  inFen: ['贷方发生总额', '贷方发生额', '贷方总金额', '贷方合计', '总收入金额', '汇总收入金额', '收入合计'],
  outCount: ['借方发生总笔数', '借方交易笔数', '借方总笔数', '借方笔数', '总支出笔数', '汇总支出笔数', '支出笔数'],
  outFen: ['借方发生总额', '借方发生额', '借方总金额', '借方合计', '总支出金额', '汇总支出金额', '支出合计'],
  opening: ['期初余额', '上期余额', '上期结转', '承前页'],
  closing: ['期末余额', '本期余额', '结转下期'],
}

const isField = (key: string): key is DeclaredField => key in LABELS
const FIELD_OF = new Map(
  Object.entries(LABELS).flatMap(([key, labels]) => (isField(key) ? labels.map((label) => [label, key] as const) : [])),
)

// Longest first, so that 查询账号 is not taken for 账号; blanks inside a label  are typography.
const LABEL_PATTERN = [...FIELD_OF.keys()]
  .sort((one, other) => other.length - one.length)
  .map((label) => Array.from(label).join('\\s*'))
  .join('|')
// A Chinese character before the label makes it another word (对方账号); page and sum words may stand there.
const INLINE = new RegExp(`(?<!\\p{Script=Han})(?:本页|合计|总计)*\\s*(${LABEL_PATTERN})(?:\\s*\\[[^\\]]*\\])?\\s*:`, 'gu')

function labelField(cell: string): DeclaredField | undefined {
  return FIELD_OF.get(titleOf(cell).replace(/:$/, ''))
}

/** Label and value in one cell (`账号: 123`), side by side (`账号:`, `123`), or label above value (ABC's footer). */
export function declarationsIn(
  cells: readonly string[],
  below: readonly string[] | undefined,
  line: number,
): { declarations: Declaration[]; usesBelow: boolean } {
  const scope = cells.some((cell) => cell.includes('本页')) ? 'page' : 'file'
  const labels = cells.map(labelField)
  const declarations: Declaration[] = []
  if (isTitleRow(labels) && below) {
    for (const [index, field] of labels.entries()) {
      if (field) declarations.push({ field, text: below[index] ?? '', line: line + 1, scope })
    }
    return { declarations, usesBelow: true }
  }
  for (const [index, cell] of cells.entries()) {
    const field = labels[index]
    const value = cells[index + 1]
    if (field && value !== undefined && !labels[index + 1]) declarations.push({ field, text: value, line, scope })
    if (!field) declarations.push(...inlineDeclarations(cell, line, scope))
  }
  return { declarations: declarations.filter((declaration) => declaration.text !== ''), usesBelow: false }
}

function isTitleRow(labels: readonly (DeclaredField | undefined)[]): boolean {
  const filled = labels.filter((label) => label !== undefined)
  return filled.length >= 2 && labels.slice(0, filled.length).every((label) => label !== undefined)
}

function inlineDeclarations(cell: string, line: number, scope: 'file' | 'page'): Declaration[] {
  const text = toHalfWidth(cleanCell(cell)).replace(/^#\s*/, '')
  if (!text.includes(':')) return []
  const found = [...text.matchAll(INLINE)]
  return found.flatMap((match, index) => {
    const field = FIELD_OF.get((match[1] ?? '').replace(/\s/g, ''))
    const value = text.slice(match.index + match[0].length, found[index + 1]?.index ?? text.length)
    return field ? [{ field, text: value.replace(/^[\s"]+|[\s";,#]+$/g, ''), line, scope }] : []
  })
}

const FOOTER = new RegExp(
  '^(?:本页|本次|人民币)?(?:合计|总计|小计)|^(?:以上数据|以下|打印|制表|复核|记录数|汇总|说明|注[:1-9]|温馨提示|备注:|' +
    '第\\d+页|共\\d+[页笔条]|\\[|-{3,}|\\*{3,}|={3,})',
)

/** Text around the rows which is no transaction: totals, page ends, notes. Dated lines never get here. */
export function isFooter(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== '')
  const [first] = filled
  if (first === undefined) return true
  if (FOOTER.test(titleOf(first))) return true
  const isNote = filled.length === 1 && (first.match(/\p{Script=Han}/gu)?.length ?? 0) >= 4
  return isNote
}

export function isTotalsLine(cells: readonly string[]): boolean {
  const first = cells.find((cell) => cell !== '')
  return first !== undefined && /^(?:本页|本次|人民币)?(?:合计|总计|小计)/.test(titleOf(first))
}
