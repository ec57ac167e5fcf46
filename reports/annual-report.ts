/**
 * The yearly table per complex (columns of 福州's 2022 notice), and the publication 165号令 art. 30 asks for: totals, projects,
 * composition. Amounts in 元 for a complex, in 万元 where a city reports.
 */
import {
  composition, inTenThousands, USE_CATEGORIES, useCategory, type Share, type YearTotals,
} from '#core/disclosure/annual-report.ts'
import type { BusinessDate } from '#core/calendar.ts'
import { formatHundredths, ratioHundredths } from '#core/disclosure/shares.ts'
import { addFen, formatYuan, type Fen } from '#core/money.ts'
import { countOf, moneyOf, textOf, type DocumentRow, type DocumentTable, type TableDocument } from './table-document.ts'

export type AnnualModel = {
  readonly issuer: string
  readonly fundName: string
  /** Null for all complexes of the book. */
  readonly complex: string | null
  readonly year: number
  readonly rows: readonly (YearTotals & { readonly name: string })[]
  readonly totals: YearTotals
  readonly projects: readonly {
    readonly complex: string
    readonly number: string | null
    readonly title: string | null
    readonly part: string | null
    readonly accountName: string
    readonly contractor: string | null
    readonly amountFen: Fen
    readonly emergencyFen: Fen
  }[]
  /** Of one complex, by door; no owner is named on a notice board. */
  readonly households: readonly {
    readonly building: string
    readonly door: string
    readonly openingFen: Fen
    readonly paidInFen: Fen
    readonly refundedFen: Fen
    readonly usedFen: Fen
    readonly gainFen: Fen
    readonly closingFen: Fen
  }[]
  readonly distributedFen: Fen
  readonly unit: '元' | '万元'
  readonly printedOn: BusinessDate
  readonly printedBy: string
  readonly watermark: string | null
}

const SIGNERS = ['单位负责人', '会计主管', '制表']

const GAIN_NOTE = '增值收益为存款利息、国债利息、经营、共用设施处置和其他收入，减去其他支出；退款含房屋灭失返还和移交转出。'

function shownIn(unit: AnnualModel['unit']): (amount: Fen) => Fen {
  return unit === '元' ? (amount) => amount : inTenThousands
}

function shared(model: AnnualModel) {
  return {
    form: null,
    issuer: model.issuer,
    periodText: `${model.year}年度`,
    unit: model.unit,
    date: model.printedOn,
    printedBy: model.printedBy,
    signers: SIGNERS,
    watermark: model.watermark,
  }
}

function yearTable(model: AnnualModel, caption: string | null): DocumentTable {
  const { year, rows, totals } = model
  const shown = shownIn(model.unit)
  const cells = (row: YearTotals): DocumentRow['cells'] => [
    moneyOf(shown(row.openingFen)), moneyOf(shown(row.paidInFen)), moneyOf(shown(row.refundedFen)), moneyOf(shown(row.usedFen)),
    moneyOf(shown(row.gainFen)), moneyOf(shown(row.closingFen)), moneyOf(shown(row.termFen)), moneyOf(shown(row.demandFen)),
  ]
  return {
    caption,
    columns: [
      { label: '小区名称', holds: 'text' },
      ...['历年总额', `${year}年缴交金额`, '退款金额', '使用金额', '增值收益', '结存余额', '年末定期', '年末活期']
        .map((label) => ({ label, holds: 'money' as const })),
    ],
    rows: [
      ...rows.map((row): DocumentRow => ({ weight: 'item', cells: [textOf(row.name), ...cells(row)] })),
      ...(rows.length > 1 ? [{ weight: 'total' as const, cells: [textOf('合计'), ...cells(totals)] }] : []),
    ],
    empty: '本年没有小区发生业务。',
  }
}

function shareTable(caption: string, name: string, shares: readonly Share[], unit: AnnualModel['unit']): DocumentTable {
  const shown = shownIn(unit)
  const total = addFen(...shares.map(({ amountFen }) => amountFen))
  const percent = (hundredths: number | null) => (hundredths === null ? '—' : formatHundredths(hundredths))
  return {
    caption,
    columns: [
      { label: name, holds: 'text' },
      { label: '金额', holds: 'money', width: 120 },
      { label: '占比', holds: 'money', width: 80 },
    ],
    rows: [
      ...shares.map((share): DocumentRow => ({
        weight: 'item',
        cells: [textOf(share.name), moneyOf(shown(share.amountFen)), textOf(percent(share.hundredths))],
      })),
      { weight: 'total', cells: [textOf('合计'), moneyOf(shown(total)), textOf(total > 0 ? '100.00%' : '—')] },
    ],
    empty: '',
  }
}

function useShares(projects: AnnualModel['projects']): readonly Share[] {
  return composition(
    USE_CATEGORIES.map((name) => {
      const ofKind = projects.filter(({ part, accountName }) => useCategory(part, accountName) === name)
      return { name, amountFen: addFen(...ofKind.map(({ amountFen }) => amountFen)) }
    }),
  )
}

function paidInBy(rows: AnnualModel['rows']) {
  return rows.map(({ name, paidInFen }) => ({ name, amountFen: paidInFen }))
}

function emergencyNote(projects: AnnualModel['projects'], unit: AnnualModel['unit']): string[] {
  const used = addFen(...projects.map(({ amountFen }) => amountFen))
  const emergency = addFen(...projects.map(({ emergencyFen }) => emergencyFen))
  if (emergency === 0 || used <= 0) return []
  return [`其中应急维修使用 ${formatYuan(shownIn(unit)(emergency))} ${unit}，占使用总额 ${formatHundredths(ratioHundredths(emergency, used))}。`]
}

function distributedNote({ distributedFen, unit }: AnnualModel): string[] {
  return distributedFen === 0 ? [] : [`本年分配业主增值收益 ${formatYuan(shownIn(unit)(distributedFen))} ${unit}。`]
}

/** 住宅专项维修资金分小区年度表: one row per complex. */
export function annualTable(model: AnnualModel): TableDocument {
  return {
    ...shared(model),
    title: '住宅专项维修资金分小区年度表',
    subject: `资金名称：${model.fundName}`,
    isLandscape: true,
    tables: [yearTable(model, null)],
    notes: [GAIN_NOTE],
  }
}

function projectTable(model: AnnualModel): DocumentTable {
  const shown = shownIn(model.unit)
  return {
    caption: '二、列支的项目、费用',
    columns: [
      { label: '序号', holds: 'count', width: 30 },
      ...(model.complex === null ? [{ label: '小区', holds: 'text' as const, width: 110 }] : []),
      { label: '项目', holds: 'text' },
      { label: '部位', holds: 'text', width: 76 },
      { label: '施工单位', holds: 'text', width: 130 },
      { label: '金额', holds: 'money', width: 100 },
    ],
    rows: model.projects.map((project, index): DocumentRow => ({
      weight: 'item',
      cells: [
        countOf(index + 1),
        ...(model.complex === null ? [textOf(project.complex)] : []),
        textOf(project.title === null ? `${project.accountName}（未登记维修项目）` : `${project.number ?? ''} ${project.title}`),
        textOf(project.part ?? ''),
        textOf(project.contractor ?? ''),
        moneyOf(shown(project.amountFen)),
      ],
    })),
    empty: '本年没有使用维修资金。',
  }
}

function householdTable(model: AnnualModel, caption: string): DocumentTable {
  const shown = shownIn(model.unit)
  const amounts = ['上年结存', '交存', '退款', '使用', '增值收益', '结存'].map((label) => ({ label, holds: 'money' as const, width: 92 }))
  return {
    caption,
    columns: [{ label: '幢', holds: 'text', width: 70 }, { label: '房号', holds: 'text' }, ...amounts],
    rows: model.households.map((household): DocumentRow => ({
      weight: 'item',
      cells: [
        textOf(household.building), textOf(household.door), moneyOf(shown(household.openingFen)),
        moneyOf(shown(household.paidInFen)), moneyOf(shown(household.refundedFen)), moneyOf(shown(household.usedFen)),
        moneyOf(shown(household.gainFen)),
        moneyOf(shown(household.closingFen)),
      ],
    })),
    empty: '',
  }
}

/**
 * 165号令 art. 30: (1) totals, (2) projects and their cost, (3) each sub-account; and how contributions and spending were
 * made up.
 */
export function annualPublication(model: AnnualModel): TableDocument {
  const { complex, year, rows, projects, households, unit } = model
  // Numbered as they come: a table without rows is left out.
  const captioned = (tables: readonly ((number: string) => DocumentTable)[]) =>
    tables.map((table, index) => table(['三', '四', '五'][index] ?? ''))
  return {
    ...shared(model),
    title: `${complex ?? ''}住宅专项维修资金${year}年度公示`,
    subject: `资金名称：${model.fundName}`,
    isLandscape: true,
    tables: [
      yearTable(model, '一、交存、使用、增值收益和结存的总额'),
      projectTable(model),
      ...captioned([
        ...(rows.length > 1
          ? [(number: string) => shareTable(`${number}、归集情况`, '小区', composition(paidInBy(rows)), unit)]
          : []),
        ...(projects.length > 0
          ? [(number: string) => shareTable(`${number}、使用情况`, '维修类别', useShares(projects), unit)]
          : []),
        ...(households.length > 0
          ? [(number: string) => householdTable(model, `${number}、分户账交存、使用、增值收益和结存`)]
          : []),
      ]),
    ],
    notes: [
      GAIN_NOTE,
      ...emergencyNote(projects, unit),
      ...distributedNote(model),
      '业主对公示情况有异议的，可以向编制单位书面提出，要求复核（《住宅专项维修资金管理办法》第三十条）。',
    ],
  }
}

