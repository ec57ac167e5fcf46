/** 住宅专项维修资金分户对账单: what came into and left each household's account; every household begins a new page. */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { formatArea } from '#core/register/area.ts'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { HOUSEHOLD_MOVEMENT_WORD, HOUSEHOLD_MOVEMENTS, type HouseholdMovement } from '#core/household/household-account.ts'
import {
  HOUSEHOLD_PART_WORD, HOUSEHOLD_PARTS, type HouseholdBalance, type HouseholdPart,
} from '#core/household/household-entry.ts'
import { formatYuan, negateFen, type Fen } from '#core/money.ts'
import { FONT_FAMILY, type FieldText } from './font.ts'
import { amountCell, covered, headCell, pageOf, ruledLayout, textCell, type Paper } from './paper.ts'

export type HouseholdStatement = {
  readonly complex: string
  readonly address: string
  readonly areaDm2: number
  /** Masked, or a word for sealed and unknown. */
  readonly owners: string
  readonly firstDueFen: Fen | null
  readonly opening: HouseholdBalance
  readonly lines: readonly {
    readonly date: BusinessDate
    readonly word: string
    readonly summary: string
    readonly movement: HouseholdMovement
    readonly part: HouseholdPart
    readonly amountFen: Fen
    readonly balanceFen: Fen
  }[]
  readonly sums: Readonly<Record<HouseholdMovement, Fen>>
  readonly closing: HouseholdBalance
}

export type HouseholdStatementsModel = {
  readonly office: string
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly printedOn: BusinessDate
  readonly printedBy: string
  readonly statements: readonly HouseholdStatement[]
}

const MARGIN = { side: 40, top: 40, bottom: 48 }
const COLUMNS = ['日期', '凭证', '摘要', '事项', '部分', '转入', '转出', '余额'] as const
const WIDTHS = [52, 52, '*', 44, 44, 62, 62, 68] as const

/** Money out carries no minus: its column says it. */
function lineCells(line: HouseholdStatement['lines'][number]): TableCell[] {
  const { amountFen } = line
  return [
    textCell(line.date), textCell(line.word), textCell(line.summary), textCell(HOUSEHOLD_MOVEMENT_WORD[line.movement]),
    textCell(HOUSEHOLD_PART_WORD[line.part]), amountCell(amountFen > 0 ? amountFen : null),
    amountCell(amountFen < 0 ? negateFen(amountFen) : null), amountCell(line.balanceFen),
  ]
}

function balanceRow(label: string, balance: HouseholdBalance): TableCell[] {
  return [textCell(label, { bold: true, colSpan: 7 }), ...covered(6), amountCell(balance.totalFen, { bold: true })]
}

/** Parts the household ever had; principal and interest always. */
function partsText(balance: HouseholdBalance): string {
  return HOUSEHOLD_PARTS.filter((part) => part === 'principal' || part === 'interest' || balance[part] !== 0)
    .map((part) => `${HOUSEHOLD_PART_WORD[part]} ${formatYuan(balance[part])} 元`)
    .join('，')
}

function sumsText(sums: HouseholdStatement['sums']): string {
  const moved = HOUSEHOLD_MOVEMENTS.filter((movement) => sums[movement] !== 0)
  if (moved.length === 0) return '本期没有变动。'
  return `本期：${moved.map((movement) => `${HOUSEHOLD_MOVEMENT_WORD[movement]} ${formatYuan(sums[movement])} 元`).join('，')}。`
}

function drawn(statement: HouseholdStatement, { from, to }: HouseholdStatementsModel, isFirst: boolean): Content {
  const { firstDueFen } = statement
  return {
    stack: [
      { text: '住宅专项维修资金分户对账单', fontSize: 18, bold: true, alignment: 'center' },
      { text: `${dateInChinese(from)}至${dateInChinese(to)}`, alignment: 'center', margin: [0, 4, 0, 10] },
      {
        columns: [
          { text: `小区：${statement.complex}\n户室：${statement.address}`, width: '*' },
          {
            text: `产权人：${statement.owners}\n建筑面积：${formatArea(statement.areaDm2)} 平方米　` +
              `应交首期：${firstDueFen === null ? '未登记' : `${formatYuan(firstDueFen)} 元`}`,
            width: 'auto',
          },
        ],
        lineHeight: 1.3,
      },
      { text: '金额单位：元', alignment: 'right', margin: [0, 0, 0, 3] },
      {
        table: {
          headerRows: 1,
          keepWithHeaderRows: 1,
          dontBreakRows: true,
          widths: [...WIDTHS],
          body: [
            COLUMNS.map((text) => headCell(text)),
            balanceRow('期初余额', statement.opening),
            ...statement.lines.map(lineCells),
            balanceRow('期末余额', statement.closing),
          ],
        },
        layout: ruledLayout({ x: 3, y: 3 }),
      },
      { text: sumsText(statement.sums), margin: [0, 8, 0, 2] },
      { text: `期末余额 ${formatYuan(statement.closing.totalFen)} 元，其中${partsText(statement.closing)}。` },
      { text: '如有疑问，请持本单到代管单位核对（165号令第三十条、第三十一条）。', margin: [0, 8, 0, 0] },
    ],
    ...(!isFirst && { pageBreak: 'before' as const }),
  }
}

function texts({ office, printedBy, statements }: HouseholdStatementsModel): readonly FieldText[] {
  return [
    { field: '单位', text: office },
    { field: '打印人', text: printedBy },
    ...statements.map(({ complex, address, owners, lines }, index): FieldText => ({
      field: '对账单', row: index + 1, text: complex + address + owners + lines.map(({ summary }) => summary).join(''),
    })),
  ]
}

export function householdStatementsPaper(model: HouseholdStatementsModel): Paper {
  const [first] = model.statements
  const isOne = model.statements.length === 1 && first !== undefined
  const subject = isOne ? `${first.complex} ${first.address}` : first?.complex ?? ''
  return {
    title: `住宅专项维修资金分户对账单 ${subject} ${model.to}`,
    date: model.printedOn,
    keywords: null,
    texts: texts(model),
    definition: {
      pageSize: 'A4',
      pageMargins: [MARGIN.side, MARGIN.top, MARGIN.side, MARGIN.bottom],
      defaultStyle: { font: FONT_FAMILY, fontSize: 9.5 },
      content: model.statements.map((statement, index) => drawn(statement, model, index === 0)),
      footer: (page, pages) => ({
        margin: [MARGIN.side, 16, MARGIN.side, 0],
        columns: [
          { text: `${model.office}　打印：${model.printedBy}　${dateInChinese(model.printedOn)}`, width: '*' },
          { text: pageOf(page, pages), width: 'auto' },
        ],
      }),
    },
  }
}
