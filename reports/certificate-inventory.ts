/**
 * 定期存款盘点表 of one settlement account: certificate by certificate as they lie in the safe, against the sub-ledger and the
 * bank's confirmation, with the treasury bonds at the end; signed by who keeps them and who watched the count. A4 landscape.
 */
import type { Content } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { DepositProduct } from '#core/deposit/deposit.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { formatPercent, type RateMicro } from '#core/rate.ts'
import type { FieldText } from './font.ts'
import {
  amountCell, covered, headCell, keepTotals, lastRowId, listPage, ruledLayout, textCell, totalRowId, type Paper,
} from './paper.ts'

export type InventoryRow = {
  readonly certificateNo: string
  readonly complex: string
  readonly product: DepositProduct
  readonly valueDate: BusinessDate
  readonly dueDate: BusinessDate
  readonly rate: RateMicro
  readonly principalFen: Fen
}

export type InventoryModel = {
  readonly office: string
  readonly book: string
  readonly bank: string
  readonly account: string
  readonly asOf: BusinessDate
  readonly printedOn: BusinessDate
  readonly rows: readonly InventoryRow[]
  readonly certificatesFen: Fen
  /** 1001.02 of the account by the book. */
  readonly ledgerFen: Fen
  /** Treasury bonds against 1101; they are among the rows. Null where there are none. */
  readonly bonds: { readonly countedFen: Fen; readonly ledgerFen: Fen } | null
  /** Null: the bank's confirmation of that day has not been recorded. */
  readonly confirmation: { readonly amountFen: Fen; readonly asOf: BusinessDate; readonly paper: string } | null
}

const MARGIN = { side: 36, top: 36, bottom: 46 }
const ID = 'inventory'

const PRODUCT: Readonly<Record<DepositProduct, string>> = {
  time: '定期', notice1: '一天通知', notice7: '七天通知', largeCertificate: '大额存单', treasuryBond: '国债',
}

function findings({ certificatesFen, ledgerFen, bonds, confirmation }: InventoryModel): readonly string[] {
  return [
    certificatesFen === ledgerFen
      ? '存单合计与账面相符。'
      : `存单合计与账面相差 ${formatYuan(certificatesFen)} − ${formatYuan(ledgerFen)} 元，应查明原因。`,
    ...(bonds === null
      ? []
      : [bonds.countedFen === bonds.ledgerFen
          ? '国债合计与账面相符。'
          : `国债合计与账面相差 ${formatYuan(bonds.countedFen)} − ${formatYuan(bonds.ledgerFen)} 元，应查明原因。`]),
    confirmation === null
      ? '尚未登记银行回函。'
      : confirmation.amountFen === ledgerFen
        ? `账面与银行回函相符（${dateInChinese(confirmation.asOf)}，${confirmation.paper}）。`
        : `银行回函为 ${formatYuan(confirmation.amountFen)} 元（${dateInChinese(confirmation.asOf)}），与账面不符，应查明原因。`,
  ]
}

function texts(model: InventoryModel): readonly FieldText[] {
  return [
    { field: '单位', text: model.office }, { field: '账簿', text: model.book }, { field: '银行', text: model.bank },
    { field: '回函', text: model.confirmation?.paper ?? '' },
    ...model.rows.map((row, index): FieldText => ({ field: '存单', row: index + 1, text: row.certificateNo + row.complex })),
  ]
}

export function inventoryPaper(model: InventoryModel): Paper {
  const title = '定期存款盘点表'
  const heads = ['序号', '证实书（存单）号', '小区', '种类', '存入日', '到期日', '年利率', '本金', '盘点（√）']
  const body = [
    heads.map((word) => headCell(word)),
    ...(model.rows.length === 0
      ? [[textCell('该账户没有在存的存单。', { colSpan: 9 }), ...covered(8)]]
      : model.rows.map((row, index) => [
          textCell(String(index + 1), { center: true, ...(index === model.rows.length - 1 && { id: lastRowId(ID) }) }),
          textCell(row.certificateNo), textCell(row.complex), textCell(PRODUCT[row.product]),
          textCell(row.valueDate, { center: true }), textCell(row.dueDate, { center: true }),
          { text: `${formatPercent(row.rate)}%`, alignment: 'right' as const }, amountCell(row.principalFen),
          textCell(''),
        ])),
    ...([
      ['存单合计', model.certificatesFen], ['账面余额（1001.02 定期存款）', model.ledgerFen],
      ['银行回函金额', model.confirmation?.amountFen ?? null],
      ...(model.bonds === null
        ? []
        : [['国债合计', model.bonds.countedFen], ['账面余额（1101 国债投资）', model.bonds.ledgerFen]] as const),
    ] as const).map(([word, amount], index) => [
      textCell(word, { bold: true, colSpan: 7, ...(index === 0 && { id: totalRowId(ID) }) }), ...covered(6),
      amountCell(amount, { bold: true }), textCell(''),
    ]),
  ]
  return {
    title: `${title} ${model.account} ${model.asOf}`,
    date: model.printedOn,
    keywords: null,
    texts: texts(model),
    definition: {
      ...listPage({
        title,
        margin: MARGIN,
        fontSize: 9,
        foot: `打印：${dateInChinese(model.printedOn)}`,
        content: [
          { text: `盘点基准日：${dateInChinese(model.asOf)}`, alignment: 'center', margin: [0, 4, 0, 0] },
          {
            columns: [
              { text: `单位：${model.office}　账簿：${model.book}　开户银行：${model.bank}　账号：${model.account}`, width: '*' },
              { text: '金额单位：元', width: 'auto' },
            ],
            margin: [0, 8, 0, 4],
          },
          {
            table: { headerRows: 1, dontBreakRows: true, widths: [28, 118, '*', 80, 62, 62, 56, 96, 56], body },
            layout: ruledLayout({ x: 3, y: 3 }),
          },
          {
            unbreakable: true,
            stack: [
              ...findings(model).map((text): Content => ({ text, bold: true, margin: [0, 4, 0, 0] })),
              {
                columns: ['保管人：', '盘点人：', '监盘人：', '会计主管：', '盘点日期：'].map((text) => ({ text, width: '*' })),
                margin: [0, 20, 0, 0],
              },
            ],
          },
        ],
      }),
      pageBreakBefore: keepTotals,
    },
  }
}
