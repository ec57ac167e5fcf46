/** Checks on what stands behind the figures: reasons, dates, documents, decisions, attachments, personal data. */
import { dateInChinese, quarterInChinese, type BusinessDate } from '../calendar.ts'
import { formatYuan, ZERO_FEN, type Fen } from '../money.ts'
import type { Finding } from './checks.ts'
import { findPersonalData, type PersonalDataFind } from './personal-data.ts'
import type { Figure, VoucherRefs } from './quarter-input.ts'
import { counterpartyLabel, type QuarterSheet } from './sheet.ts'
import { printedTexts, type PrintedText } from './texts.ts'

function amountOf(figure: Figure | null): Fen {
  return figure?.amount ?? ZERO_FEN
}

function refsOf(figure: Figure | null): VoucherRefs {
  return figure?.refs ?? []
}

/** 庐山金枫花园 was fined for "parking 0", 杨浦紫华丽苑 posted a list of zeros (audit finding 17). */
function silentRows(sheet: QuarterSheet): readonly Finding[] {
  const income = sheet.income.rows.flatMap((row): Finding[] => {
    if (amountOf(row.received) !== 0 || row.reason !== null) return []
    const state = row.received === null ? '为空白' : '为 0.00'
    const name = `“${row.category}·${counterpartyLabel(row.counterparty)}”`
    if (row.receivable !== null && row.receivable.amount !== 0) {
      const message = `${name}本期应收 ${formatYuan(row.receivable.amount)} 元，实收${state}。请写明原因。`
      return [{ check: 'silent-rows', level: 'block', message, refs: row.receivable.refs, rowId: row.id }]
    }
    if (row.lastMoney !== null) {
      const message = `${name}${quarterInChinese(row.lastMoney.quarter)}收入 ${formatYuan(row.lastMoney.received)} 元，` +
        `本期${state}。请写明原因。`
      return [{ check: 'silent-rows', level: 'block', message, refs: refsOf(row.received), rowId: row.id }]
    }
    if (row.contractNo !== null) {
      const message = `${name}有合同 ${row.contractNo}，本期${state}。请写明原因。`
      return [{ check: 'silent-rows', level: 'block', message, refs: refsOf(row.received), rowId: row.id }]
    }
    return []
  })
  const spending = [...sheet.costs.rows, ...sheet.uses.rows].flatMap((row): Finding[] => {
    if (amountOf(row.amount) !== 0 || row.reason !== null) return []
    const message = `“${row.item}”金额${row.amount === null ? '为空白' : '为 0.00'}。请填写金额，或写明原因。`
    return [{ check: 'silent-rows', level: 'block', message, refs: refsOf(row.amount), rowId: row.id }]
  })
  return [...income, ...spending]
}

function dates(sheet: QuarterSheet): readonly Finding[] {
  const { from, to } = sheet.period
  const outside = (date: BusinessDate): boolean => date < from || date > to
  const findings: Finding[] = []
  const add = (level: Finding['level'], message: string, refs: VoucherRefs, rowId?: string): void => {
    findings.push({ check: 'dates', level, message, refs, ...(rowId === undefined ? {} : { rowId }) })
  }
  // 大理 2023 printed a 2023 report with the balance "截止2022年12月31日".
  if (sheet.balanceDate !== to) {
    add('block', `银行余额取自${dateInChinese(sheet.balanceDate)}，公示期间止于${dateInChinese(to)}。请取期末当日余额。`, [])
  }
  for (const row of sheet.transfers.rows) {
    if (outside(row.date)) {
      const message = `转入维修资金 ${formatYuan(row.amount.amount)} 元的日期${dateInChinese(row.date)}不在公示期间内。请移到所属季度。`
      add('block', message, row.amount.refs, row.id)
    }
  }
  for (const row of sheet.income.rows) {
    if (row.covered !== null && row.covered.from > row.covered.to) {
      add('block', `“${row.category}”的所属期间止日早于起日。请核对合同期间。`, refsOf(row.received), row.id)
    }
  }
  for (const row of sheet.uses.rows) {
    if (row.decision !== null && row.decision.date > to) {
      const message = `“${row.item}”${formatYuan(amountOf(row.amount))} 元的决定` +
        `作于${dateInChinese(row.decision.date)}，晚于本期，疑似先支出后决定。请核对。`
      add('warn', message, refsOf(row.amount), row.id)
    }
  }
  const previous = sheet.previous
  if (previous !== null && previous.quarter >= sheet.quarter) {
    add('block', `对照的上次公示是${quarterInChinese(previous.quarter)}，不早于本期。请核对公示季度。`, [])
  }
  return findings
}

function costDocuments(sheet: QuarterSheet): readonly Finding[] {
  return sheet.costs.rows.flatMap((row): Finding[] => {
    if (amountOf(row.amount) === 0 || (row.document ?? '').trim() !== '') return []
    const message = `扣减“${row.item}”${formatYuan(amountOf(row.amount))} 元没有依据。请补录发票、完税凭证或合同条款。`
    return [{ check: 'cost-document', level: 'block', message, refs: refsOf(row.amount), rowId: row.id }]
  })
}

function useDecisions(sheet: QuarterSheet): readonly Finding[] {
  return sheet.uses.rows.flatMap((row): Finding[] => {
    if (amountOf(row.amount) === 0 || (row.decision !== null && row.decision.no.trim() !== '')) return []
    const message = `支出“${row.item}”${formatYuan(amountOf(row.amount))} 元没有业主决定。请补录年度计划或表决文号与日期。`
    return [{ check: 'use-decision', level: 'block', message, refs: refsOf(row.amount), rowId: row.id }]
  })
}

function attachments(sheet: QuarterSheet): readonly Finding[] {
  const rows = [
    ...sheet.income.rows.map((row) => ({ id: row.id, name: row.category, papers: row.attachments, amount: row.received })),
    ...sheet.costs.rows.map((row) => ({ id: row.id, name: row.item, papers: row.attachments, amount: row.amount })),
    ...sheet.uses.rows.map((row) => ({ id: row.id, name: row.item, papers: row.attachments, amount: row.amount })),
    ...sheet.transfers.rows.map((row) => ({ id: row.id, name: '转入维修资金', papers: row.attachments, amount: row.amount })),
  ]
  return rows.flatMap((row): Finding[] => {
    if (row.amount === null || row.amount.amount === 0 || row.papers > 0) return []
    const message = `“${row.name}”${formatYuan(row.amount.amount)} 元没有附件。请在凭证上补附件。`
    return [{ check: 'attachments', level: 'warn', message, refs: row.amount.refs, rowId: row.id }]
  })
}

const FIND_NAMES: Readonly<Record<PersonalDataFind['kind'], string>> = {
  phone: '手机号',
  'id-number': '身份证号',
  account: '完整账号',
  name: '个人姓名',
  'form-of-address': '个人称谓',
}

function personalData(texts: readonly PrintedText[], personNames: readonly string[]): readonly Finding[] {
  return texts.flatMap((printed) =>
    findPersonalData(printed.text, { personNames, isNumberField: printed.kind === 'number' }).map((find): Finding => {
      // A shop may carry its owner's name (李明建材店) and still be a company: a look, not a stop.
      const certain = find.certain && !(find.kind === 'name' && printed.field === '收入·对方')
      return {
        check: 'personal-data',
        level: certain ? 'block' : 'warn',
        message: `“${printed.field}”${printed.row === undefined ? '' : `第 ${printed.row} 行`}` +
          `疑似含${FIND_NAMES[find.kind]}（${find.shown}）。公示表不登个人信息，请删去或写“个人”。`,
        refs: printed.refs,
      }
    }),
  )
}

/** `versionTexts`: what the notice prints besides the sheet, such as the reason of a correction. */
export function checkPapers(
  sheet: QuarterSheet,
  personNames: readonly string[],
  versionTexts: readonly { readonly field: string; readonly text: string }[],
): readonly Finding[] {
  const texts = [...printedTexts(sheet), ...versionTexts.map((text) => ({ ...text, kind: 'text' as const, refs: [] }))]
  return [
    ...silentRows(sheet),
    ...dates(sheet),
    ...costDocuments(sheet),
    ...useDecisions(sheet),
    ...attachments(sheet),
    ...personalData(texts, personNames),
  ]
}
