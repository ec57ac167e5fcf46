/** Small statement files for the tests of core/statement, re-keyed with invented names. */
import { readStatement, type ReadOptions } from '#core/statement/read.ts'
import type { ParsedStatement } from '#core/statement/statement.ts'

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

let reverse: Map<string, readonly number[]> | undefined

/** The platform decodes GB18030 but does not encode it: the two-byte table is read backwards. */
function twoByteTable(): Map<string, readonly number[]> {
  if (reverse) return reverse
  const table = new Map<string, readonly number[]>()
  const decoder = new TextDecoder('gb18030')
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail])
    }
  }
  reverse = table
  return table
}

function fourBytes(character: string): number[] {
  const code = character.codePointAt(0) ?? 0
  const candidates = code > 0xffff ? [code - 0x10000 + 189_000] : Array.from({ length: 39_420 }, (_, index) => index)
  const decoder = new TextDecoder('gb18030')
  for (const linear of candidates) {
    const bytes = [
      0x81 + Math.floor(linear / 12_600),
      0x30 + (Math.floor(linear / 1260) % 10),
      0x81 + (Math.floor(linear / 10) % 126),
      0x30 + (linear % 10),
    ]
    if (decoder.decode(Uint8Array.from(bytes)) === character) return bytes
  }
  throw new Error(`no GB18030 bytes for ${character}`)
}

export function gb18030(text: string): Uint8Array {
  const bytes = Array.from(text).flatMap((character) =>
    character < '\u0080' ? [character.charCodeAt(0)] : (twoByteTable().get(character) ?? fourBytes(character)),
  )
  return Uint8Array.from(bytes)
}

export function parseText(text: string, options: Partial<ReadOptions> = {}): ParsedStatement {
  return readStatement(utf8(text), { fileName: '对账单.csv', ...options })
}

export function errorCodes(statement: ParsedStatement): string[] {
  return statement.errors.map((issue) => issue.code)
}

export function warningCodes(statement: ParsedStatement): string[] {
  return statement.warnings.map((issue) => issue.code)
}

export const CMB_HEADER = '交易日,交易时间,交易类型,借方金额,贷方金额,余额,摘要,流水号,收(付)方名称,收(付)方账号'

/** A CMB file of the given rows, ending with a line break as the bank's do. */
export function cmb(...rows: readonly string[]): string {
  return [
    '# 账号: 5510000000000001,# 账户名称: 示例小区业主大会',
    '# 查询开始日期,20240101,# 查询结束日期,20240331',
    CMB_HEADER,
    ...rows,
    '',
  ].join('\r\n')
}

export const CMB_INCOME = '20240105,101522,网银转账,,12000.00,512000.00,广告费,C0001,示例传媒有限公司,62220000000009'
export const CMB_INTEREST = '20240321,000501,结息,,345.67,512345.67,1季度结息,C0002,,'
export const CMB_FEE = '20240322,090000,收费,10.00,,512335.67,对公汇款手续费,C0003,,'

export const ICBC_HEADER =
  '凭证号,本方账号,对方账号,交易时间,借/贷,借方发生额,贷方发生额,对方行号,摘要,用途,对方单位名称,余额,个性化信息'

export function icbc(...rows: readonly string[]): string {
  return ['[HISTORYDETAIL]', ICBC_HEADER, ...rows, ''].join('\r\n')
}
