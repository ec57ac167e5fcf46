/** 收支结余表: brought forward, income, expenditure, carried on, with the detail below each item. */
import type { BusinessDate } from '#core/calendar.ts'
import { dateInChinese } from '#core/calendar.ts'
import type { StatementRow } from '#core/statements/sums.ts'
import { parentCode } from '#core/voucher/chart.ts'
import { moneyOf, textOf, type TableDocument } from './table-document.ts'

export type MovementModel = {
  readonly issuer: string
  readonly book: string
  readonly complex: string | null
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly rows: readonly StatementRow[]
  readonly printedOn: BusinessDate
  readonly printedBy: string
}

/** Depth below the first level, for indentation: `5101.13.01` is two steps in. */
function depthOf(code: string): number {
  const parent = parentCode(code)
  return parent === null ? 0 : depthOf(parent) + 1
}

export function movementDocument(model: MovementModel): TableDocument {
  return {
    title: `${model.book}收支结余表`,
    form: null,
    issuer: model.issuer,
    subject: `账簿：${model.book}　小区：${model.complex ?? '全部'}`,
    periodText: `${dateInChinese(model.from)}至${dateInChinese(model.to)}`,
    unit: '元',
    date: model.printedOn,
    printedBy: model.printedBy,
    isLandscape: false,
    tables: [{
      caption: null,
      columns: [{ label: '项目', holds: 'text' }, { label: '金额', holds: 'money', width: 130 }],
      rows: model.rows.map((row) => ({
        weight: row.kind,
        cells: [textOf(row.label, row.level === 0 ? 0 : depthOf(row.key) + 1), ...row.amounts.map(moneyOf)],
      })),
      empty: '',
    }],
    notes: [],
    signers: ['单位负责人', '会计主管', '制表'],
    watermark: null,
  }
}
