/** 开标评分汇总表 of a competitive placing, A4 landscape: every lot with its bids by rank, who won and why, room to sign. */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import type { FieldText } from './font.ts'
import { covered, headCell, listPage, ruledLayout, textCell, type Paper } from './paper.ts'

export type PlacingBidLine = {
  readonly bank: string
  /** Percent a year. */
  readonly rate: string
  /** `84.70`; '' before the evaluation. */
  readonly score: string
  readonly rank: number | null
  /** Standing aside, below the least rate, winner. */
  readonly remark: string
  readonly isWinner: boolean
}

export type PlacingLotBlock = {
  readonly seq: number
  readonly amountFen: Fen
  readonly term: string
  readonly minimumRate: string
  readonly note: string
  readonly bids: readonly PlacingBidLine[]
  /** `工商银行中标，年利率 1.10%`; `流标：…`; `待定标`. */
  readonly outcome: string
}

export type PlacingModel = {
  readonly office: string
  readonly book: string
  readonly number: string
  readonly title: string
  readonly decision: string
  readonly opensOn: BusinessDate
  readonly totalFen: Fen
  readonly minimumRate: string
  /** Sentences: lots per bank, share per bank. */
  readonly limits: readonly string[]
  readonly lots: readonly PlacingLotBlock[]
  readonly awardedFen: Fen
  readonly printedOn: BusinessDate
  readonly printedBy: string
}

const MARGIN = { side: 40, top: 40, bottom: 46 }
const BODY = 10.5
const COLUMNS = 6

function lotRows(lot: PlacingLotBlock): TableCell[][] {
  const note = lot.note === '' ? '' : `　${lot.note}`
  const head = `标段 ${lot.seq}　${formatYuan(lot.amountFen)} 元　存期 ${lot.term}　最低年利率 ${lot.minimumRate}%${note}`
  const bids = lot.bids.map((bid, index): TableCell[] => {
    const bold = bid.isWinner
    return [
      textCell(String(index + 1), { center: true, bold }),
      textCell(bid.bank, { bold }),
      { text: `${bid.rate}%`, alignment: 'right', bold },
      { text: bid.score, alignment: 'right', bold },
      textCell(bid.rank === null ? '' : String(bid.rank), { center: true, bold }),
      textCell(bid.remark, { bold }),
    ]
  })
  return [
    [{ text: head, bold: true, colSpan: COLUMNS, fillColor: '#f0f0f0' }, ...covered(COLUMNS - 1)],
    ...(bids.length > 0 ? bids : [[textCell('没有银行报价', { colSpan: COLUMNS }), ...covered(COLUMNS - 1)]]),
    [textCell(`结果：${lot.outcome}`, { colSpan: COLUMNS }), ...covered(COLUMNS - 1)],
  ]
}

function texts(model: PlacingModel): readonly FieldText[] {
  return [
    { field: '单位', text: model.office },
    { field: '批次名称', text: model.number + model.title },
    { field: '账簿', text: model.book },
    { field: '决策文件', text: model.decision },
    { field: '打印人', text: model.printedBy },
    ...model.lots.flatMap((lot) => [
      { field: '标段', row: lot.seq, text: lot.note + lot.outcome },
      ...lot.bids.map((bid): FieldText => ({ field: '银行', row: lot.seq, text: bid.bank + bid.remark })),
    ]),
  ]
}

function signatures(): Content {
  const line = '　　　　　　　　'
  return {
    columns: ['评审人员', '监督人员', '审批', '制表'].map((who) => ({ text: `${who}：${line}`, width: '*' })),
    margin: [0, 14, 0, 0],
  }
}

export function placingPaper(model: PlacingModel): Paper {
  const title = '公款竞争性存放开标评分汇总表'
  const facts = [
    `单位：${model.office}`, `批次：${model.number} ${model.title}`, `资金：${model.book}`, `决策文件：${model.decision}`,
    `开标日期：${dateInChinese(model.opensOn)}`, `总额：${formatYuan(model.totalFen)} 元`, `最低年利率：${model.minimumRate}%`,
    ...model.limits,
  ]
  return {
    title: `${title} ${model.number}`,
    date: model.printedOn,
    keywords: null,
    texts: texts(model),
    definition: listPage({
      title,
      margin: MARGIN,
      fontSize: BODY,
      foot: `打印：${model.printedBy}　${dateInChinese(model.printedOn)}`,
      content: [
        {
          columns: [0, 1].map((side) => ({ width: '*', stack: facts.filter((_, index) => index % 2 === side) })),
          columnGap: 24,
          lineHeight: 1.25,
          margin: [0, 10, 0, 6],
        },
        {
          table: {
            headerRows: 1,
            keepWithHeaderRows: 2,
            dontBreakRows: true,
            widths: [36, '*', 74, 60, 46, 270],
            body: [
              ['序号', '投标银行', '报价年利率', '得分', '名次', '说明'].map((text) => headCell(text)),
              ...model.lots.flatMap(lotRows),
            ],
          },
          layout: ruledLayout({ x: 4, y: 2 }),
        },
        // Signatures never stand on a sheet without the sum they are given for.
        {
          unbreakable: true,
          stack: [{ text: `中标合计：${formatYuan(model.awardedFen)} 元`, bold: true, margin: [0, 6, 0, 0] }, signatures()],
        },
      ],
    }),
  }
}
