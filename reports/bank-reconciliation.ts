/**
 * 银行存款余额调节表 of one account and month, two halves side by side as the field draws it: each side's balance, what the other
 * has and it has not, and the adjusted balance on one bottom line. A4 landscape, and the same as a spreadsheet.
 */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, negateFen, type Fen } from '#core/money.ts'
import type { ReconciliationTable } from '#core/reconciliation/table.ts'
import type { FieldText } from './font.ts'
import { amountCell, covered, headCell, listPage, ruledLayout, textCell, type Paper } from './paper.ts'
import type { Workbook, WorkbookCell } from './workbook.ts'

export type ReconciliationItem = {
  readonly side: 'bank' | 'book'
  readonly date: BusinessDate
  /** + in, − out. */
  readonly amountFen: Fen
  readonly text: string
  /** The bank's serial, or the voucher. */
  readonly reference: string
  /** Days open at the month's end. */
  readonly age: number
}

export type ReconciliationModel = {
  readonly office: string
  readonly book: string
  readonly bank: string
  readonly account: string
  readonly holder: string
  readonly asOf: BusinessDate
  readonly printedOn: BusinessDate
  readonly table: ReconciliationTable
  readonly items: readonly ReconciliationItem[]
  /** Null while the table is not sealed: printed as a preview then. */
  readonly seal: { readonly reconciler: string; readonly sealedOn: BusinessDate; readonly checker: string | null } | null
  /** What the reader has to know, e.g. that the sealed figures have changed since. */
  readonly remarks: readonly string[]
}

const MARGIN = { side: 36, top: 36, bottom: 46 }
const BODY = 9

const TITLE = '银行存款余额调节表'

/** One line of a half: a heading with its sum, or an item under it. */
type HalfLine =
  | { readonly kind: 'balance' | 'sum' | 'result'; readonly text: string; readonly amountFen: Fen }
  | { readonly kind: 'item'; readonly item: ReconciliationItem }

type Part = readonly HalfLine[]
type Half = readonly [balance: Part, plus: Part, minus: Part, result: Part]

function halvesOf({ table, items }: ReconciliationModel): readonly [Half, Half] {
  const part = (text: string, amountFen: Fen, side: 'bank' | 'book', isIn: boolean): readonly HalfLine[] => [
    { kind: 'sum', text, amountFen },
    ...items.filter((item) => item.side === side && item.amountFen > 0 === isIn).map((item) => ({ kind: 'item' as const, item })),
  ]
  return [
    [
      [{ kind: 'balance', text: '单位银行存款日记账余额', amountFen: table.journalFen }],
      part('加：银行已收、单位未收', table.bankInFen, 'bank', true),
      part('减：银行已付、单位未付', table.bankOutFen, 'bank', false),
      [{ kind: 'result', text: '调节后的存款余额', amountFen: table.adjustedJournalFen }],
    ],
    [
      [{ kind: 'balance', text: '银行对账单余额', amountFen: table.statementFen }],
      part('加：单位已收、银行未收', table.bookInFen, 'book', true),
      part('减：单位已付、银行未付', table.bookOutFen, 'book', false),
      [{ kind: 'result', text: '调节后的存款余额', amountFen: table.adjustedStatementFen }],
    ],
  ]
}

/** Both halves line by line: part stands beside part, the shorter one is filled up. */
function linesOf(model: ReconciliationModel): readonly (readonly [HalfLine | null, HalfLine | null])[] {
  const [left, right] = halvesOf(model)
  return left.flatMap((part, index) => {
    const other = right[index] ?? []
    return Array.from({ length: Math.max(part.length, other.length) },
      (_, row): readonly [HalfLine | null, HalfLine | null] => [part[row] ?? null, other[row] ?? null])
  })
}

/** Open payments stand under 减 and are printed without their sign. */
function itemAmount({ amountFen }: ReconciliationItem): Fen {
  return amountFen < 0 ? negateFen(amountFen) : amountFen
}

function conclusion({ table }: ReconciliationModel): string {
  return table.differenceFen === 0
    ? '调节后余额相符。'
    : `调节后余额不相符，差额 ${formatYuan(table.differenceFen)} 元，应查明原因。`
}

const NOTE = '本表只用于核对，不作记账依据；未达账项应在取得银行单据后记账。'

function halfCells(line: HalfLine | null): TableCell[] {
  if (line === null) return [textCell(''), textCell(''), textCell(''), amountCell(null)]
  if (line.kind === 'item') {
    const { item } = line
    const text = item.reference === '' ? item.text : `${item.text}（${item.reference}）`
    return [textCell(item.date), textCell(text), { text: `${item.age}`, alignment: 'right' }, amountCell(itemAmount(item))]
  }
  return [textCell(line.text, { bold: true, colSpan: 3 }), ...covered(2), amountCell(line.amountFen, { bold: true })]
}

function signatures({ seal }: ReconciliationModel): string[] {
  return [
    `编制（对账）：${seal?.reconciler ?? ''}`,
    `封存日期：${seal === null ? '' : dateInChinese(seal.sealedOn)}`,
    `复核：${seal?.checker ?? ''}`,
    '单位（盖章）：',
  ]
}

function texts(model: ReconciliationModel): readonly FieldText[] {
  return [
    { field: '单位', text: model.office },
    { field: '账簿', text: model.book },
    { field: '开户银行', text: model.bank },
    { field: '户名', text: model.holder },
    ...model.items.map(({ text, reference }, index): FieldText => ({ field: '未达账项', row: index + 1, text: text + reference })),
  ]
}

export function reconciliationPaper(model: ReconciliationModel): Paper {
  const heads = () => ['日期', '摘要', '天数', '金额'].map((word) => headCell(word))
  return {
    title: `${TITLE} ${model.account} ${model.asOf}`,
    date: model.printedOn,
    keywords: null,
    texts: texts(model),
    definition: listPage({
      title: TITLE,
      margin: MARGIN,
      fontSize: BODY,
      foot: `打印：${dateInChinese(model.printedOn)}`,
      content: [
        {
          text: `${dateInChinese(model.asOf)}${model.seal === null ? '　（未封存，仅供核对）' : ''}`, alignment: 'center',
          margin: [0, 4, 0, 0],
        },
        {
          columns: [
            { text: `单位：${model.office}　账簿：${model.book}`, width: '*' },
            { text: '金额单位：元', width: 'auto' },
          ],
          margin: [0, 8, 0, 2],
        },
        { text: `开户银行：${model.bank}　账号：${model.account}　户名：${model.holder}　存款种类：活期`, margin: [0, 0, 0, 4] },
        {
          table: {
            headerRows: 1,
            dontBreakRows: true,
            widths: [50, '*', 26, 86, 50, '*', 26, 86],
            body: [
              // Made anew: pdfmake writes into the cells it lays out.
              [...heads(), ...heads()],
              ...linesOf(model).map(([left, right]) => [...halfCells(left), ...halfCells(right)]),
            ],
          },
          layout: { ...ruledLayout({ x: 3, y: 2 }), vLineWidth: (line: number) => (line === 4 ? 1.2 : 0.5) },
        },
        {
          unbreakable: true,
          stack: [
            { text: conclusion(model), bold: true, margin: [0, 6, 0, 0] },
            ...model.remarks.map((text): Content => ({ text, margin: [0, 2, 0, 0] })),
            { text: NOTE, margin: [0, 2, 0, 0] },
            { columns: signatures(model).map((text) => ({ text, width: '*' })), margin: [0, 18, 0, 0] },
          ],
        },
      ],
    }),
  }
}

function sheetCells(line: HalfLine | null): (WorkbookCell | null)[] {
  if (line === null) return Array.from({ length: 4 }, () => ({ text: '', border: true }))
  if (line.kind === 'item') {
    const { item } = line
    const text = item.reference === '' ? item.text : `${item.text}（${item.reference}）`
    return [
      { date: item.date, border: true, align: 'left' }, { text, border: true, wrap: true }, { integer: item.age, border: true },
      { fen: itemAmount(item), border: true },
    ]
  }
  const look = { bold: true, border: true }
  return [{ text: line.text, ...look, columns: 3 }, null, null, { fen: line.amountFen, ...look }]
}

export function reconciliationWorkbook(model: ReconciliationModel): Workbook {
  const head = ['日期', '摘要', '天数', '金额'].map((text): WorkbookCell => ({ text, bold: true, border: true, align: 'center' }))
  const rest = Array.from({ length: 7 }, () => null)
  const across = (cell: WorkbookCell): (WorkbookCell | null)[] => [{ ...cell, columns: 8 }, ...rest]
  return {
    title: `${TITLE} ${model.account} ${model.asOf}`,
    date: model.printedOn,
    sheets: [{
      name: `${model.account.slice(-4)} ${model.asOf.slice(0, 7)}`,
      widths: [12, 34, 6, 17, 12, 34, 6, 17],
      landscape: true,
      headRows: 5,
      rows: [
        across({ text: TITLE, bold: true, align: 'center', size: 18 }),
        across({ text: `${dateInChinese(model.asOf)}${model.seal === null ? '　（未封存，仅供核对）' : ''}`, align: 'center' }),
        across({ text: `单位：${model.office}　账簿：${model.book}　金额单位：元` }),
        across({ text: `开户银行：${model.bank}　账号：${model.account}　户名：${model.holder}` }),
        [...head, ...head],
        ...linesOf(model).map(([left, right]) => [...sheetCells(left), ...sheetCells(right)]),
        across({ text: conclusion(model), bold: true }),
        ...model.remarks.map((text) => across({ text })),
        across({ text: NOTE }),
        across({ text: signatures(model).join('　　　') }),
      ],
    }],
  }
}
