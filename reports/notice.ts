/**
 * The quarterly notice of public income for the board: A4, read standing, from half a metre, by people over sixty: body
 * 11 pt, black on white. Takes a frozen model and draws it; no figure is made here.
 */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { dateInChinese, quarterInChinese } from '#core/calendar.ts'
import { bankLabel } from '#core/disclosure/sheet.ts'
import { formatYuan } from '#core/money.ts'
import { FONT_FAMILY } from './font.ts'
import { noticeTexts, noticeTitle, type NoticeModel } from './notice-model.ts'
import {
  amountWidth,
  bankPart,
  categoryPart,
  costPart,
  dailyFundPart,
  figurePart,
  incomePart,
  openingPart,
  spanInChinese,
  transferPart,
  usePart,
  utilityPart,
} from './notice-parts.ts'
import { hangingList, headCell, keepTotals, pageOf, ruledLayout, textCell, type Paper } from './paper.ts'
import { qrSvg } from './qr.ts'

const BODY = 11
const SMALL = 9
const QR_SIZE = 56
const MARGIN = { left: 42, top: 44, right: 42, bottom: 82 }
/** A company seal is 42 mm across at most, about 119 pt. */
const SEAL_ROOM = 122

/** Long names get the title's second line to themselves instead of a torn word. */
function titleBlock(model: NoticeModel): Content {
  const { sheet, version } = model
  const name = sheet.complex.name
  const oneLine = name.length <= 16
  const draft = version.no > 1 ? `（第 ${version.no} 版）` : ''
  return {
    stack: [
      { text: oneLine ? `${noticeTitle(model)}${draft}` : name, fontSize: 18, bold: true, alignment: 'center' },
      ...(oneLine ? [] : [{ text: `公共收益收支公示表${draft}`, fontSize: 18, bold: true, alignment: 'center' as const }]),
      {
        columns: [
          { text: `${quarterInChinese(sheet.quarter)}（${spanInChinese(sheet.period)}）`, width: '*' },
          { text: '单位：元', width: 'auto' },
        ],
        margin: [0, 8, 0, 4],
      },
    ],
  }
}

function headTable(model: NoticeModel): Content {
  const { sheet } = model
  const label = (text: string): TableCell => textCell(text, { bold: true })
  const banks = sheet.bank.rows.map(bankLabel).join('、')
  return {
    table: {
      widths: [66, '*', 66, '*'],
      dontBreakRows: true,
      body: [
        [label('小区'), textCell(`${sheet.complex.name}（${sheet.complex.code}）`), label('服务区域'), textCell(sheet.serviceArea)],
        [label('物业企业'), textCell(sheet.manager), label('资金持有'), textCell(sheet.holder.name)],
        [
          label('专户银行'),
          textCell(banks === '' ? '未开立' : banks),
          label('公示依据'),
          textCell(`${sheet.profile.name} ${sheet.profile.ruleNo}`.trim()),
        ],
      ],
    },
    layout: ruledLayout({ x: 4, y: 2.5 }),
    margin: [0, 0, 0, 6],
  }
}

function correctionBox(model: NoticeModel): Content | null {
  const correction = model.version.correction
  if (correction === null) return null
  return {
    table: {
      widths: ['*'],
      body: [[{ text: [{ text: `更正公示：本表代替第 ${correction.replaces} 版。`, bold: true }, `更正原因：${correction.reason}`] }]],
    },
    layout: { ...ruledLayout({ x: 6, y: 4 }), hLineWidth: () => 1, vLineWidth: () => 1 },
    margin: [0, 0, 0, 6],
  }
}

/** The whole quarter in one line, for those who read no further. */
function summaryTable(model: NoticeModel): Content {
  const { sheet } = model
  const cells = [
    ['上期结余', sheet.opening.total.amount],
    ['＋ 本期净收益', sheet.net.amount],
    ['－ 本期支出', sheet.uses.total.amount],
    ['－ 转入维修资金', sheet.transfers.total.amount],
    ['＝ 期末结余', sheet.closing.amount],
  ] as const
  return {
    table: {
      widths: cells.map(() => '*'),
      body: [
        cells.map(([label]) => headCell(label)),
        cells.map(([, amount]): TableCell => ({
          text: formatYuan(amount),
          alignment: 'center',
          bold: true,
          fontSize: 12,
          noWrap: true,
        })),
      ],
      dontBreakRows: true,
    },
    layout: ruledLayout({ x: 2, y: 4 }),
    margin: [0, 0, 0, 8],
  }
}

function opening(model: NoticeModel): Content {
  const until = model.objection.until
  const whole = (text: string): Content => ({ text, noWrap: true })
  const objection: Content[] =
    until === null ? ['如有异议，请在公示期内提出。'] : ['如有异议，请于', whole(dateInChinese(until)), '前提出。']
  const period = quarterInChinese(model.sheet.quarter)
  return {
    text: ['各位业主：现将本小区', whole(period), '公共收益收支情况公示如下，请予监督。', ...objection],
    margin: [0, 0, 0, 6],
  }
}

function notes(model: NoticeModel): Content | null {
  if (model.sheet.notes.length === 0) return null
  return {
    stack: [{ text: '附注', bold: true, margin: [0, 0, 0, 2] }, hangingList(model.sheet.notes, 20)],
    margin: [0, 0, 0, 8],
  }
}

function postingLines(model: NoticeModel): readonly string[] {
  const { from, to, untilNext, places } = model.posting
  const open = '　　　　年　　月　　日'
  const start = from === null ? open : dateInChinese(from)
  const end = untilNext ? '下一期公示表张贴之日' : to === null ? open : dateInChinese(to)
  const phones = model.objection.phones.map((phone) => `${phone.office} ${phone.number}`).join('；')
  return [
    `公示时间：${start}至${end}`,
    `公示地点：${places.length === 0 ? '　' : places.join('、')}`,
    `监督电话：${phones === '' ? '　' : phones}`,
  ]
}

/** Names, seals, dates and places in one block that never breaks: a seal belongs under the figures it vouches for. */
function signOff(model: NoticeModel): Content {
  const seal = (label: string): TableCell => ({ text: `${label}（盖章）`, alignment: 'center' })
  const person = (label: string, name: string | null) => ({ text: `${label}：${name ?? ''}`, width: '*' })
  return {
    unbreakable: true,
    stack: [
      {
        columns: [
          { text: `编制单位：${model.preparedByUnit}`, width: '*' },
          { text: `编制日期：${dateInChinese(model.version.date)}`, width: 'auto' },
        ],
        margin: [0, 4, 0, 8],
      },
      {
        columns: [person('编制', model.preparedBy), person('审核', model.reviewedBy), person('项目负责人（签字）', null)],
        margin: [0, 0, 0, 8],
      },
      {
        table: {
          widths: ['*', '*', '*'],
          heights: [SEAL_ROOM],
          body: [[seal('编制单位'), seal('物业服务企业'), seal('业主委员会')]],
        },
        layout: ruledLayout({ x: 4, y: 4 }),
        margin: [0, 0, 0, 8],
      },
      ...postingLines(model).map((text): Content => ({ text, margin: [0, 0, 0, 2] })),
    ],
  }
}

function footer(model: NoticeModel, page: number, pages: number): Content {
  const code = model.version.code
  const small = (text: string, alignment: 'left' | 'right'): Content => ({ text, fontSize: SMALL, alignment })
  return {
    margin: [MARGIN.left, 10, MARGIN.right, 0],
    columns: [
      ...(code === null ? [] : [{ svg: qrSvg(code, QR_SIZE), width: QR_SIZE }]),
      {
        width: '*',
        margin: [6, 18, 0, 0],
        stack:
          code === null
            ? [small('预览稿，未公示，不得张贴。', 'left')]
            : [small(`校验码 ${code}`, 'left'), small('可持校验码到编制单位核对账簿。', 'left')],
      },
      { width: 'auto', margin: [0, 18, 0, 0], stack: [small(pageOf(page, pages), 'right')] },
    ],
  }
}

function runningHead(model: NoticeModel, page: number): Content | null {
  if (page === 1) return null
  const text = `${noticeTitle(model)}　${quarterInChinese(model.sheet.quarter)}（续）`
  return { text, fontSize: SMALL, alignment: 'center', margin: [MARGIN.left, 22, MARGIN.right, 0] }
}

function parts(model: NoticeModel): readonly (Content | null)[] {
  const { sheet } = model
  const width = amountWidth(sheet)
  const daily = dailyFundPart(sheet, width, '九、日常专项维修资金')
  return [
    openingPart(sheet, width),
    incomePart(sheet, width),
    categoryPart(sheet, width),
    costPart(sheet, width),
    figurePart('四、本期净收益（二－三）', sheet.net.amount, width, false),
    usePart(sheet, width),
    transferPart(sheet, width),
    figurePart('七、期末结余（一＋四－五－六）', sheet.closing.amount, width, true),
    bankPart(sheet, width),
    daily,
    utilityPart(sheet, width, daily === null ? '九、公共水电和电梯维保' : '十、公共水电和电梯维保'),
  ]
}

export function noticePaper(model: NoticeModel): Paper {
  const { sheet, version } = model
  const preview = version.code === null
  const content = [
    titleBlock(model),
    headTable(model),
    correctionBox(model),
    opening(model),
    summaryTable(model),
    ...parts(model),
    notes(model),
    signOff(model),
  ]
  return {
    title: `${noticeTitle(model)} ${quarterInChinese(sheet.quarter)}`,
    date: version.date,
    keywords: version.code,
    texts: noticeTexts(model),
    definition: {
      pageSize: 'A4',
      pageMargins: [MARGIN.left, MARGIN.top, MARGIN.right, MARGIN.bottom],
      defaultStyle: { font: FONT_FAMILY, fontSize: BODY },
      header: (page) => runningHead(model, page),
      footer: (page, pages) => footer(model, page, pages),
      content: content.filter((block) => block !== null),
      pageBreakBefore: keepTotals,
      ...(preview ? { watermark: { text: '预览', color: 'black', opacity: 0.1, bold: true } } : {}),
    },
  }
}
