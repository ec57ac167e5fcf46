/**
 * Letters to owners, one page each: 续交通知书 (165号令 art. 17), 自筹征缴通知书 (art. 20), and 余额转移确认单 when a house is sold
 * (art. 28).
 */
import type { Content } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, negateFen, type Fen } from '#core/money.ts'
import { formatArea } from '#core/register/area.ts'
import { AREA_SOURCE_WORD, type AreaSource } from '#core/register/area-source.ts'
import { yuanInCapitals } from '#core/voucher/capitals.ts'
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

/** One household's own, with the sheet it comes from: 自筹征缴通知书. */
export type SelfFundingLetter = {
  readonly address: string
  /** The owner, the developer of an unsold unit, or the selling unit of sold public housing. */
  readonly payer: string
  readonly title: string
  readonly shareFen: Fen
  readonly drawnFen: Fen
  readonly paidFen: Fen
  readonly leftFen: Fen
  readonly dueOn: BusinessDate
}

export type SlipArea = { readonly source: AreaSource; readonly areaDm2: number; readonly basis: string }

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
      readonly kind: 'selfFunding'
      readonly payInto: string
      readonly phone: string
      readonly letters: readonly SelfFundingLetter[]
    }
  | {
      readonly kind: 'transfer'
      readonly address: string
      readonly effectiveOn: BusinessDate
      readonly reason: string
      readonly before: string
      readonly after: string
      /** As the register has it, and what certificate, survey and contract say, the one that counts first. */
      readonly areaDm2: number
      readonly areas: readonly SlipArea[]
      readonly principalFen: Fen
      readonly interestFen: Fen
      readonly totalFen: Fen
      /** Of the first contribution: + what it lacks, − what was paid too much by area; null where it is not known. */
      readonly settleFen: Fen | null
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

function selfFundingLetter(
  model: Extract<HouseholdLettersModel, { kind: 'selfFunding' }>, letter: SelfFundingLetter, isFirst: boolean,
): Content {
  const rows: readonly (readonly [string, Fen])[] = [
    ['应分摊', letter.shareFen], ['账户已承担', letter.drawnFen],
    ...(letter.paidFen > 0 ? [['已交自筹', letter.paidFen] as const] : []), ['应交自筹', letter.leftFen],
  ]
  return {
    stack: [
      heading('住宅专项维修资金自筹征缴通知书'),
      { text: `${model.complex} ${letter.address}　${letter.payer}：`, bold: true, margin: [0, 0, 0, 6] },
      paragraph(`${model.complex}实施“${letter.title}”，费用由受益的业主分摊。该户的住宅专项维修资金余额不足以承担应分摊的费用，` +
        '按照《住宅专项维修资金管理办法》（165号令）第二十条、第二十一条和《民法典》第二百八十三条，不足部分须自筹：'),
      amounts(rows),
      paragraph((letter.dueOn < model.date
        ? `交款期限${dateInChinese(letter.dueOn)}已过，请尽快交入：${model.payInto}。`
        : `请于${dateInChinese(letter.dueOn)}前交入：${model.payInto}。`) +
        `汇款时请在附言中写明“${letter.address} 自筹”。款项记入该户的账户，工程付款时从账户列支。`),
      paragraph(`各户的分摊依据和金额可向我单位查询。${model.phone === '' ? '' : `咨询电话：${model.phone}。`}`),
      signed(model.office, model.date),
    ],
    ...(!isFirst && { pageBreak: 'before' as const }),
  }
}

function areaText({ areaDm2, areas }: Extract<HouseholdLettersModel, { kind: 'transfer' }>): string {
  const [counting] = areas
  const listed = areas.map((each) => `${AREA_SOURCE_WORD[each.source]} ${formatArea(each.areaDm2)} ㎡（${each.basis}）`).join('\n')
  if (counting === undefined) return `${formatArea(areaDm2)} ㎡（楼盘表）`
  const difference = counting.areaDm2 === areaDm2 ? '' : `\n楼盘表 ${formatArea(areaDm2)} ㎡，以${AREA_SOURCE_WORD[counting.source]}为准`
  return listed + difference
}

/** What the owners settle between them before the balance passes on: the first contribution follows the house as well. */
function settledText(settleFen: Fen | null): readonly Content[] {
  if (settleFen === null || settleFen === 0) return []
  return [paragraph(settleFen > 0
    ? `首期应交存的维修资金尚欠 ${formatYuan(settleFen)} 元，由转让双方约定补交，补交后记入该户账户。`
    : `按面积结算，首期多交 ${formatYuan(negateFen(settleFen))} 元，可凭本单和交存票据申请退还。`)]
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
            [headCell('建筑面积'), textCell(areaText(model))],
          ],
        },
        layout: ruledLayout({ x: 8, y: 6 }),
        margin: [24, 8, 24, 4],
      },
      amounts([['本金', model.principalFen], ['利息', model.interestFen], ['余额合计', model.totalFen]]),
      paragraph(`余额合计（大写）：${yuanInCapitals(model.totalFen, { style: 'voucher', currencyPrefix: true })}。`),
      ...settledText(model.settleFen),
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
    return [...common, { field: '产权人', text: model.address + model.before + model.after + model.reason + areaText(model) }]
  }
  if (model.kind === 'selfFunding') {
    return [
      ...common,
      { field: '专户', text: model.payInto + model.phone },
      ...model.letters.map(({ address, payer, title }, index): FieldText =>
        ({ field: '通知书', row: index + 1, text: address + payer + title })),
    ]
  }
  return [
    ...common,
    { field: '专户', text: model.payInto + model.phone },
    ...model.letters.map(({ address, owners }, index): FieldText => ({ field: '通知书', row: index + 1, text: address + owners })),
  ]
}

const NAME: Readonly<Record<HouseholdLettersModel['kind'], string>> = {
  topUp: '住宅专项维修资金续交通知书', selfFunding: '住宅专项维修资金自筹征缴通知书', transfer: '住宅专项维修资金余额转移确认单',
}

function contentOf(model: HouseholdLettersModel): Content[] {
  switch (model.kind) {
    case 'topUp':
      return model.letters.map((letter, index) => topUpLetter(model, letter, index === 0))
    case 'selfFunding':
      return model.letters.map((letter, index) => selfFundingLetter(model, letter, index === 0))
    case 'transfer':
      return [transferSlip(model)]
  }
}

export function householdLettersPaper(model: HouseholdLettersModel): Paper {
  return {
    title: `${NAME[model.kind]} ${model.complex} ${model.date}`,
    date: model.date,
    keywords: null,
    texts: texts(model),
    definition: {
      pageSize: 'A4',
      pageMargins: [MARGIN.side, MARGIN.top, MARGIN.side, MARGIN.bottom],
      defaultStyle: { font: FONT_FAMILY, fontSize: BODY },
      content: contentOf(model),
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
