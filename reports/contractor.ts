/**
 * Papers about contractors: the published table of a quarter (考核公布表, 铜陵 13(6)), the register, and the record of one tender.
 * All are documents of ruled tables, so that each can be had as a spreadsheet too.
 */
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { formatPoints, type QuarterLine } from '#core/contractor/contractor-score.ts'
import {
  CONTRACTOR_ROLES, CONTRACTOR_ROLE_WORD, TENDER_METHOD_WORD, type ContractorRole, type TenderMethod,
} from '#core/contractor/tender.ts'
import { countOf, moneyOf, textOf, type DocumentCell, type DocumentTable, type TableDocument } from './table-document.ts'

export type Printed = { readonly office: string; readonly printedOn: BusinessDate; readonly printedBy: string }

type Parts = Pick<TableDocument, 'title' | 'subject' | 'periodText' | 'tables' | 'notes' | 'signers'> & {
  readonly watermark?: string
}

function documentOf(printed: Printed, parts: Parts): TableDocument {
  const { watermark = null, ...rest } = parts
  return {
    ...rest, form: null, issuer: printed.office, unit: '元', date: printed.printedOn, printedBy: printed.printedBy,
    isLandscape: true, watermark,
  }
}

function pointsOf(hundredths: number | null): DocumentCell {
  return textOf(hundredths === null ? '' : formatPoints(hundredths))
}

export type QuarterPaper = Printed & {
  /** `2026年第3季度`. */
  readonly quarter: string
  /** Null while it is a draft. */
  readonly published: {
    readonly version: number
    readonly on: BusinessDate
    readonly by: string
    readonly confirmedBy: string
  } | null
  readonly reason: string
  readonly lines: readonly QuarterLine[]
}

const QUARTER_COLUMNS: DocumentTable['columns'] = [
  { label: '名次', holds: 'count', width: 34 }, { label: '单位', holds: 'text', width: 170 },
  { label: '项目数', holds: 'count', width: 42 }, { label: '决算金额', holds: 'money', width: 88 },
  { label: '平均得分', holds: 'count', width: 52 }, { label: '回访满意', holds: 'count', width: 52 },
  { label: '奖励', holds: 'count', width: 34 }, { label: '扣分', holds: 'count', width: 34 },
  { label: '考核得分', holds: 'count', width: 52 }, { label: '奖励、扣分原因', holds: 'text' },
]

export function quarterPaper(model: QuarterPaper): TableDocument {
  const { published, lines, reason } = model
  const tables = CONTRACTOR_ROLES.flatMap((role): readonly DocumentTable[] => {
    const own = lines.filter((line) => line.role === role)
    if (own.length === 0) return []
    return [{
      caption: CONTRACTOR_ROLE_WORD[role],
      columns: QUARTER_COLUMNS,
      rows: own.map((line) => ({ weight: 'item', cells: [
        countOf(line.rank), textOf(line.name), countOf(line.jobs), moneyOf(line.amountFen), pointsOf(line.averageHundredths),
        countOf(role === 'auditor' ? null : line.satisfied), countOf(line.rewardPoints), countOf(line.deductionPoints),
        pointsOf(line.finalHundredths),
        textOf(line.reasons.join('；')),
      ] })),
      empty: '',
    }]
  })
  return documentOf(model, {
    title: '施工、监理、审计单位季度考核公布表',
    subject: published === null
      ? '尚未公布，仅供核对'
      : `第 ${published.version} 版，${dateInChinese(published.on)}公布${reason === '' ? '' : `；更正：${reason}`}`,
    periodText: model.quarter,
    tables: tables.length > 0 ? tables : [{ caption: null, columns: QUARTER_COLUMNS, rows: [], empty: '本季度没有考核。' }],
    notes: [
      '平均得分为本季度各项目考核得分（满分 100 分）的平均数；考核得分 = 平均得分 + 奖励 − 扣分。没有考核项目的单位不排名次。',
      '对考核有异议的，可以向本单位书面提出。',
      ...(published === null ? [] : [`公布：${published.by}；复核：${published.confirmedBy}。`]),
    ],
    signers: published === null ? ['制表', '复核'] : ['制表', '复核', '单位盖章'],
    ...(published === null && { watermark: '未公布' }),
  })
}

export type RegisterPaperLine = {
  readonly role: ContractorRole
  readonly name: string
  readonly validTo: BusinessDate | null
  readonly isInForce: boolean
  readonly jobs: number
  readonly amountFen: Fen
  /** Null: none scored. */
  readonly averageHundredths: number | null
  readonly rewardPoints: number
  readonly deductionPoints: number
}

/** 单位一览表: who may be given work on the day of printing. */
export function registerPaper(model: Printed & { readonly lines: readonly RegisterPaperLine[] }): TableDocument {
  return documentOf(model, {
    title: '施工、监理、审计单位一览表', subject: '以中选服务期为准', periodText: dateInChinese(model.printedOn),
    tables: [{
      caption: null,
      columns: [
        { label: '类别', holds: 'text', width: 62 }, { label: '单位', holds: 'text' }, { label: '服务期', holds: 'text', width: 120 },
        { label: '承接项目', holds: 'count', width: 56 }, { label: '项目金额', holds: 'money', width: 96 },
        { label: '平均得分', holds: 'count', width: 56 }, { label: '奖励', holds: 'count', width: 40 },
        { label: '扣分', holds: 'count', width: 40 },
      ],
      rows: model.lines.map((line) => ({ weight: 'item', cells: [
        textOf(CONTRACTOR_ROLE_WORD[line.role]), textOf(line.name),
        textOf(line.validTo === null ? '没有中选记录' : line.isInForce ? `至 ${line.validTo}` : `${line.validTo} 已止`),
        countOf(line.jobs), moneyOf(line.amountFen), pointsOf(line.averageHundredths), countOf(line.rewardPoints),
        countOf(line.deductionPoints),
      ] })),
      empty: '还没有登记单位。',
    }],
    notes: [], signers: ['制表', '复核'],
  })
}

export type TenderPaper = Printed & {
  readonly number: string
  readonly title: string
  readonly role: ContractorRole
  readonly method: TenderMethod
  /** `全部小区`, a complex's name, or a job's number. */
  readonly scope: string
  readonly announcedOn: BusinessDate
  readonly openedOn: BusinessDate
  readonly recordedBy: string
  /** Why it was revoked; null while it stands. */
  readonly revoked: string | null
  readonly quotes: readonly {
    readonly bidder: string
    readonly amountFen: Fen
    readonly scoreHundredths: number | null
    /** `中选，2026-01-01 至 2026-12-31；理由…`; '' for who was not chosen. */
    readonly outcome: string
  }[]
}

export function tenderPaper(model: TenderPaper): TableDocument {
  const first = model.quotes[0]?.amountFen ?? ZERO_FEN
  const lowest = model.quotes.reduce((least, { amountFen }) => (amountFen < least ? amountFen : least), first)
  return documentOf(model, {
    title: `${TENDER_METHOD_WORD[model.method]}记录`,
    subject: `${model.number}　${model.title}　选取：${CONTRACTOR_ROLE_WORD[model.role]}　范围：${model.scope}`,
    periodText: `${dateInChinese(model.openedOn)}开标`,
    tables: [{
      caption: null,
      columns: [
        { label: '序号', holds: 'count', width: 34 }, { label: '报价单位', holds: 'text' }, { label: '报价', holds: 'money', width: 100 },
        { label: '比最低价高', holds: 'money', width: 90 }, { label: '评分', holds: 'count', width: 56 },
        { label: '结果', holds: 'text', width: 260 },
      ],
      rows: model.quotes.map((quote, index) => ({
        weight: quote.outcome === '' ? 'item' : 'total',
        cells: [
          countOf(index + 1), textOf(quote.bidder), moneyOf(quote.amountFen),
          textOf(quote.amountFen === lowest ? '最低' : formatYuan(subtractFen(quote.amountFen, lowest))),
          pointsOf(quote.scoreHundredths), textOf(quote.outcome),
        ],
      })),
      empty: '没有报价。',
    }],
    notes: [
      `公告日期：${dateInChinese(model.announcedOn)}；报价登记：${model.recordedBy}。定标由另一人办理；不选排名在前的单位须写明理由。`,
      ...(model.revoked === null ? [] : [`本次已撤销：${model.revoked}`]),
    ],
    signers: ['评审人员', '监督人员', '定标', '单位盖章'],
    ...(model.revoked !== null && { watermark: '已撤销' }),
  })
}
