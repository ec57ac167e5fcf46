/** Letters to owners, one page each: 续交通知书 (165号令 art. 17), and 余额转移确认单 when a house is sold (art. 28). */
import type { Content } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { Fen } from '#core/money.ts'
import { formatPercent, type RateMicro } from '#core/rate.ts'
import { FONT_FAMILY, type FieldText } from './font.ts'
import { amountCell, headCell, pageOf, ruledLayout, textCell, type Paper } from './paper.ts'

export type TopUpLetter = {
  readonly address: string
  readonly owners: string
  readonly firstDueFen: Fen
  readonly balanceFen: Fen
  readonly owedFen: Fen
}

export type HouseholdLettersModel = {
  readonly office: string
  readonly complex: string
  readonly date: BusinessDate
  readonly printedBy: string
} & (
  | {
      readonly kind: 'topUp'
      readonly below: RateMicro
      /** Where the money goes: holder, bank and number of the 专户. */
      readonly payInto: string
      readonly phone: string
      readonly letters: readonly TopUpLetter[]
    }
  | {
      readonly kind: 'transfer'
      readonly address: string
      readonly effectiveOn: BusinessDate
      readonly reason: string
      readonly before: string
      readonly after: string
      readonly principalFen: Fen
      readonly interestFen: Fen
      readonly totalFen: Fen
    }
)

const MARGIN = { side: 62, top: 64, bottom: 56 }
const BODY = 12

function paragraph(text: string): Content {
  return { text, leadingIndent: 2 * BODY, lineHeight: 1.6, margin: [0, 4, 0, 4] }
}

function heading(text: string): Content {
  return { text, fontSize: 20, bold: true, alignment: 'center', characterSpacing: 2, margin: [0, 0, 0, 18] }
}

function signed(office: string, date: BusinessDate): Content {
  return { text: `${office}（盖章）\n${dateInChinese(date)}`, alignment: 'right', lineHeight: 1.6, margin: [0, 36, 0, 0] }
}

function amounts(rows: readonly (readonly [string, Fen])[]): Content {
  return {
    table: {
      widths: ['*', 140],
      body: [
        [headCell('项目'), headCell('金额（元）')],
        ...rows.map(([label, amount]) => [textCell(label), amountCell(amount)]),
      ],
    },
    layout: ruledLayout({ x: 8, y: 5 }),
    margin: [24, 8, 24, 8],
  }
}

function topUpLetter(model: Extract<HouseholdLettersModel, { kind: 'topUp' }>, letter: TopUpLetter, isFirst: boolean): Content {
  return {
    stack: [
      heading('住宅专项维修资金续交通知书'),
      { text: `${model.complex} ${letter.address}　${letter.owners}：`, bold: true, margin: [0, 0, 0, 6] },
      paragraph(`截至${dateInChinese(model.date)}，您户的住宅专项维修资金余额已低于首期交存额的 ${formatPercent(model.below)}%。` +
        '按照《住宅专项维修资金管理办法》（165号令）第十七条，应当续交：'),
      amounts([['首期应交存', letter.firstDueFen], ['现有余额', letter.balanceFen], ['应续交', letter.owedFen]]),
      paragraph(`请交入：${model.payInto}。汇款时请在附言中写明“${letter.address} 续交维修资金”，以便记入您户的账户。`),
      paragraph(`您可以随时查询本户的交存、使用和结存。${model.phone === '' ? '' : `咨询电话：${model.phone}。`}`),
      signed(model.office, model.date),
    ],
    ...(!isFirst && { pageBreak: 'before' as const }),
  }
}

function transferSlip(model: Extract<HouseholdLettersModel, { kind: 'transfer' }>): Content {
  return {
    stack: [
      heading('住宅专项维修资金余额转移确认单'),
      paragraph(`${model.complex} ${model.address}的产权自${dateInChinese(model.effectiveOn)}起变更（${model.reason}）。` +
        '按照《住宅专项维修资金管理办法》（165号令）第二十八条，该户结余的维修资金随房屋所有权同时过户，不收付现金。'),
      {
        table: {
          widths: [100, '*'],
          body: [
            [headCell('原产权人'), textCell(model.before)],
            [headCell('现产权人'), textCell(model.after)],
          ],
        },
        layout: ruledLayout({ x: 8, y: 6 }),
        margin: [24, 8, 24, 4],
      },
      amounts([['本金', model.principalFen], ['利息', model.interestFen], ['余额合计', model.totalFen]]),
      paragraph('受让人已知悉以上余额，此后该户的交存、使用和结存均记在现产权人名下。'),
      {
        columns: [{ text: '转让人（签字）：' }, { text: '受让人（签字）：' }, { text: '经办人：' }],
        margin: [0, 36, 0, 0],
      },
      signed(model.office, model.date),
    ],
  }
}

function texts(model: HouseholdLettersModel): readonly FieldText[] {
  const common = [
    { field: '单位', text: model.office }, { field: '小区', text: model.complex }, { field: '打印人', text: model.printedBy },
  ]
  if (model.kind === 'transfer') {
    return [...common, { field: '产权人', text: model.address + model.before + model.after + model.reason }]
  }
  return [
    ...common,
    { field: '专户', text: model.payInto + model.phone },
    ...model.letters.map(({ address, owners }, index): FieldText => ({ field: '通知书', row: index + 1, text: address + owners })),
  ]
}

export function householdLettersPaper(model: HouseholdLettersModel): Paper {
  const name = model.kind === 'topUp' ? '住宅专项维修资金续交通知书' : '住宅专项维修资金余额转移确认单'
  return {
    title: `${name} ${model.complex} ${model.date}`,
    date: model.date,
    keywords: null,
    texts: texts(model),
    definition: {
      pageSize: 'A4',
      pageMargins: [MARGIN.side, MARGIN.top, MARGIN.side, MARGIN.bottom],
      defaultStyle: { font: FONT_FAMILY, fontSize: BODY },
      content: model.kind === 'topUp'
        ? model.letters.map((letter, index) => topUpLetter(model, letter, index === 0))
        : [transferSlip(model)],
      footer: (page, pages) => ({
        margin: [MARGIN.side, 16, MARGIN.side, 0],
        fontSize: 9,
        columns: [
          { text: `打印：${model.printedBy}`, width: '*' },
          { text: pageOf(page, pages), width: 'auto' },
        ],
      }),
    },
  }
}
