/**
 * Every free text a sheet prints, with the name the clerk knows it by. The personal-data check and the font's glyph
 * check read the same list, so that no field can be printed without both having seen it.
 */
import type { VoucherRefs } from './quarter-input.ts'
import { counterpartyLabel, type QuarterSheet } from './sheet.ts'

/** `row` is 1-based within its part. `kind: 'number'` marks contract, decision and voucher numbers. */
export type PrintedText = {
  readonly field: string
  readonly row?: number
  readonly kind: 'text' | 'number'
  readonly text: string
  readonly refs: VoucherRefs
}

type Cell = readonly [field: string, text: string | null, kind?: 'number']

function rowTexts(row: number, refs: VoucherRefs, cells: readonly Cell[]): readonly PrintedText[] {
  return cells.flatMap(([field, text, kind]) =>
    text === null || text === '' ? [] : [{ field, row, kind: kind ?? 'text', text, refs }],
  )
}

function headTexts(sheet: QuarterSheet): readonly PrintedText[] {
  const heads: readonly Cell[] = [
    ['小区代码', sheet.complex.code, 'number'],
    ['小区名称', sheet.complex.name],
    ['物业服务区域', sheet.serviceArea],
    ['物业服务企业', sheet.manager],
    ['资金持有人', sheet.holder.name],
    ['政策口径', sheet.profile.name],
    ['政策文号', sheet.profile.ruleNo],
    ['补充维修资金规则', sheet.topUp?.rule ?? null],
  ]
  return heads.flatMap(([field, text, kind]) =>
    text === null || text === '' ? [] : [{ field, kind: kind ?? 'text', text, refs: [] }],
  )
}

export function printedTexts(sheet: QuarterSheet): readonly PrintedText[] {
  const of = <Row>(rows: readonly Row[], refs: (row: Row) => VoucherRefs, cells: (row: Row) => readonly Cell[]) =>
    rows.flatMap((row, index) => rowTexts(index + 1, refs(row), cells(row)))
  return [
    ...headTexts(sheet),
    ...of(sheet.opening.rows, (row) => row.amount.refs, (row) => [['上期结余·账户', row.label]]),
    ...of(sheet.income.rows, (row) => row.received?.refs ?? [], (row) => [
      ['收入·类别', row.category],
      ['收入·对方', counterpartyLabel(row.counterparty)],
      ['收入·位置', row.place],
      ['收入·合同号', row.contractNo, 'number'],
      ['收入·备注', row.note],
      ['收入·说明', row.reason],
    ]),
    ...of(sheet.costs.rows, (row) => row.amount?.refs ?? [], (row) => [
      ['扣减·项目', row.item],
      ['扣减·依据', row.document],
      ['扣减·备注', row.note],
      ['扣减·说明', row.reason],
    ]),
    ...of(sheet.uses.rows, (row) => row.amount?.refs ?? [], (row) => [
      ['支出·项目', row.item],
      ['支出·决定文号', row.decision?.no ?? null, 'number'],
      ['支出·收款方类型', row.payeeType],
      ['支出·凭证号', row.voucherNo, 'number'],
      ['支出·备注', row.note],
      ['支出·说明', row.reason],
    ]),
    ...of(sheet.transfers.rows, (row) => row.amount.refs, (row) => [
      ['转入·凭证号', row.voucherNo, 'number'],
      ['转入·备注', row.note],
    ]),
    ...of(sheet.bank.rows, () => [], (row) => [
      ['银行·名称', row.name],
      ['银行·账号后四位', row.last4, 'number'],
    ]),
    ...of(sheet.bank.reconciling, (row) => row.amount.refs, (row) => [['未达·事项', row.item]]),
    ...of(sheet.utilities, (row) => row.amount.refs, (row) => [
      ['公共水电·项目', row.item],
      ['公共水电·期间', row.period],
      ['公共水电·用量', row.usage],
      ['公共水电·列支', row.paidFrom],
    ]),
    ...of(sheet.notes, () => [], (note) => [['附注', note]]),
  ]
}
