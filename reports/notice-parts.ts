/** The numbered parts of the notice, one table each. Rows stay whole, heads repeat, a total never stands alone. */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { yuanInCapitals } from '#core/voucher/capitals.ts'
import type { DateSpan, UseRow } from '#core/disclosure/quarter-input.ts'
import { formatHundredths } from '#core/disclosure/shares.ts'
import { counterpartyLabel, type QuarterSheet } from '#core/disclosure/sheet.ts'
import { addFen, formatYuan, type Fen } from '#core/money.ts'
import { joined, lines, money, numbered, NUMBER_WIDTH, partTable, totalCells, WHOLE_FLAT, WHOLE_TALL } from './notice-table.ts'
import { amountCell, ruledLayout, textCell } from './paper.ts'

/** Holds a column head of four characters; longer amounts are measured by `amountWidth`. */
const AMOUNT_WIDTH = 62

function longest(amounts: readonly (Fen | null)[]): number {
  return Math.max(0, ...amounts.map((amount) => (amount === null ? 0 : formatYuan(amount).length)))
}

/** All amount columns of a notice share one width, so that every table's points stand under each other. */
export function amountWidth(sheet: QuarterSheet): number {
  const { income, opening, closing, bank, uses } = sheet
  const sums = [income.receivable, income.received, income.yearToDate, opening.total, closing, uses.total].map((f) => f.amount)
  // 6.1 pt a digit at 11 pt; separators are narrower, so this never falls short.
  return Math.max(AMOUNT_WIDTH, Math.ceil(6.1 * longest([...sums, bank.total])))
}

/** `2025年7月1日至9月30日`; the year is said twice only where it changes. */
export function spanInChinese(span: DateSpan): string {
  const to = dateInChinese(span.to)
  return `${dateInChinese(span.from)}至${span.from.slice(0, 4) === span.to.slice(0, 4) ? to.slice(5) : to}`
}

function reasonLine(reason: string | null): string | null {
  return reason === null ? null : `说明：${reason}`
}

export function openingPart(sheet: QuarterSheet, width: number): Content {
  return partTable({
    id: 'opening',
    wholeUpTo: WHOLE_FLAT,
    title: '一、上期结余',
    columns: [
      { head: '序号', width: NUMBER_WIDTH },
      { head: '账户', width: '*' },
      { head: '金额', width },
    ],
    rows: sheet.opening.rows.map((row, index, all) => [
      numbered('opening', index, all.length),
      textCell(row.label),
      money(row.amount),
    ]),
    none: '没有上期结余。',
    total: totalCells('opening', '上期结余合计', 2, [sheet.opening.total.amount]),
  })
}

export function incomePart(sheet: QuarterSheet, width: number): Content {
  const income = sheet.income
  return partTable({
    id: 'income',
    wholeUpTo: WHOLE_TALL,
    title: '二、本期收入',
    columns: [
      { head: '序号', width: NUMBER_WIDTH },
      { head: '来源（对方、位置、合同、所属期间）', width: '*' },
      { head: '本期应收', width },
      { head: '本期实收', width },
      { head: '本年累计', width },
    ],
    rows: income.rows.map((row, index, all) => [
      numbered('income', index, all.length),
      lines([
        `${row.category}${row.basis === 'net' ? '（净额）' : ''}：${counterpartyLabel(row.counterparty)}`,
        joined([row.place, row.contractNo === null ? null : `合同 ${row.contractNo}`], '；'),
        row.covered === null ? null : spanInChinese(row.covered),
        row.note,
        reasonLine(row.reason),
      ]),
      money(row.receivable),
      money(row.received),
      money(row.yearToDate),
    ]),
    none: '本期没有收入。',
    total: totalCells('income', '收入合计', 2, [income.receivable.amount, income.received.amount, income.yearToDate.amount]),
  })
}

/** Shares per category; left out where it would only repeat the income rows, or where no share has a meaning. */
export function categoryPart(sheet: QuarterSheet, width: number): Content | null {
  const categories = sheet.income.categories
  if (categories.length < 2 || categories.length === sheet.income.rows.length) return null
  if (categories.some((row) => row.shareHundredths === null)) return null
  const sum = categories.reduce((total, row) => total + (row.shareHundredths ?? 0), 0)
  const percent = (hundredths: number, bold: boolean): TableCell => ({
    text: formatHundredths(hundredths),
    alignment: 'right',
    bold,
  })
  return partTable({
    id: 'category',
    wholeUpTo: WHOLE_FLAT,
    title: '附：本期收入分类',
    columns: [
      { head: '序号', width: NUMBER_WIDTH },
      { head: '类别', width: '*' },
      { head: '本期实收', width },
      { head: '占比', width: 56 },
    ],
    rows: categories.map((row, index, all) => [
      numbered('category', index, all.length),
      textCell(row.category),
      money(row.received),
      percent(row.shareHundredths ?? 0, false),
    ]),
    none: '',
    total: [...totalCells('category', '合计', 2, [sheet.income.received.amount]), percent(sum, true)],
  })
}

export function costPart(sheet: QuarterSheet, width: number): Content {
  return partTable({
    id: 'cost',
    wholeUpTo: WHOLE_FLAT,
    title: '三、扣减的税费和合理成本',
    columns: [{ head: '序号', width: NUMBER_WIDTH }, { head: '项目', width: '*' }, { head: '依据', width: '*' }, { head: '金额', width }],
    rows: sheet.costs.rows.map((row, index, all) => [
      numbered('cost', index, all.length),
      lines([row.item, row.note, reasonLine(row.reason)]),
      textCell(row.document ?? ''),
      money(row.amount),
    ]),
    none: '本期没有扣减。',
    total: totalCells('cost', '扣减合计', 3, [sheet.costs.total.amount]),
  })
}

const USE_WORD: Readonly<Record<UseRow['kind'], string>> = { use: '', distribution: '分配业主：', offset: '抵缴费用：' }

function decisionCell(decision: { readonly no: string; readonly date: BusinessDate } | null): TableCell {
  return decision === null ? textCell('') : lines([decision.no, dateInChinese(decision.date)])
}

export function usePart(sheet: QuarterSheet, width: number): Content {
  return partTable({
    id: 'use',
    wholeUpTo: WHOLE_TALL,
    title: '五、本期支出',
    columns: [
      { head: '序号', width: NUMBER_WIDTH },
      { head: '项目', width: '*' },
      { head: '决定依据', width: '*' },
      { head: '收款方', width: 66 },
      { head: '凭证号', width: 52 },
      { head: '金额', width },
    ],
    rows: sheet.uses.rows.map((row, index, all) => [
      numbered('use', index, all.length),
      lines([`${USE_WORD[row.kind]}${row.item}`, row.note, reasonLine(row.reason)]),
      decisionCell(row.decision),
      textCell(row.payeeType),
      textCell(row.voucherNo, { center: true }),
      money(row.amount),
    ]),
    none: '本期没有支出。',
    total: totalCells('use', '支出合计', 5, [sheet.uses.total.amount]),
  })
}

export function transferPart(sheet: QuarterSheet, width: number): Content {
  const { rows, total, ratioHundredths } = sheet.transfers
  const ratio = ratioHundredths === null ? null : `占本期净收益 ${formatHundredths(ratioHundredths)}`
  const rule = sheet.topUp === null ? null : `规则：${sheet.topUp.rule}`
  const label = joined(['转入合计', joined([ratio, rule], '；')], '　')
  return partTable({
    id: 'transfer',
    wholeUpTo: WHOLE_FLAT,
    title: '六、转入住宅专项维修资金',
    columns: [
      { head: '序号', width: NUMBER_WIDTH },
      { head: '转入日期', width: 92 },
      { head: '凭证号', width: 52 },
      { head: '备注', width: '*' },
      { head: '金额', width },
    ],
    rows: rows.map((row, index, all) => [
      numbered('transfer', index, all.length),
      textCell(dateInChinese(row.date), { center: true }),
      textCell(row.voucherNo, { center: true }),
      textCell(row.note),
      money(row.amount),
    ]),
    none: '本期没有转入。',
    total: totalCells('transfer', label, 4, [total.amount]),
  })
}

/** A part of one figure, with its formula and, for the closing balance, its capitals. */
export function figurePart(title: string, amount: Fen, width: number, capitals: boolean): Content {
  const label = capitals
    ? {
        stack: [
          { text: title, bold: true },
          { text: `大写：${yuanInCapitals(amount, { style: 'voucher', currencyPrefix: true })}` },
        ],
      }
    : { text: title, bold: true }
  return {
    table: { widths: ['*', width], body: [[label, amountCell(amount, { bold: true })]], dontBreakRows: true },
    layout: ruledLayout({ x: 4, y: 2.5 }),
    margin: [0, 0, 0, 8],
  }
}

export function bankPart(sheet: QuarterSheet, width: number): Content {
  const bank = sheet.bank
  type Line = { readonly label: TableCell; readonly figures: readonly (Fen | null)[] }
  const balances = bank.rows.map((row): Line => ({
    // The last four digits never stand torn from their bracket.
    label: { text: [row.name, { text: `（尾号${row.last4}）`, noWrap: true }] },
    figures: [row.demand, row.term, addFen(row.demand, row.term)],
  }))
  const items = bank.reconciling.map((item): Line => ({
    label: textCell(`未达：${item.item}`),
    figures: [null, null, item.amount.amount],
  }))
  const tied = bank.difference === 0 ? '与期末结余一致' : `与期末结余相差 ${formatYuan(bank.difference)} 元`
  return partTable({
    id: 'bank',
    wholeUpTo: WHOLE_FLAT,
    title: `八、银行余额核对（${dateInChinese(sheet.balanceDate)}）`,
    columns: [
      { head: '序号', width: NUMBER_WIDTH },
      { head: '账户和未达事项', width: '*' },
      { head: '活期', width },
      { head: '定期', width },
      { head: '合计', width },
    ],
    rows: [...balances, ...items].map((row, index, all) => [
      numbered('bank', index, all.length),
      row.label,
      ...row.figures.map((figure) => amountCell(figure)),
    ]),
    none: '没有银行账户。',
    total: totalCells('bank', `合计（${tied}）`, 2, [bank.demand, bank.term, bank.total]),
  })
}

export function dailyFundPart(sheet: QuarterSheet, width: number, title: string): Content | null {
  const daily = sheet.dailyFund
  if (daily === null) return null
  const rows: readonly (readonly [string, Fen])[] = [
    ['上期结余', daily.opening.amount],
    ['本期收入', daily.income.amount],
    ['本期支出', daily.spending.amount],
  ]
  return partTable({
    id: 'daily',
    wholeUpTo: WHOLE_FLAT,
    title,
    columns: [{ head: '序号', width: NUMBER_WIDTH }, { head: '项目', width: '*' }, { head: '金额', width }],
    rows: rows.map(([label, amount], index, all) => [numbered('daily', index, all.length), textCell(label), amountCell(amount)]),
    none: '',
    total: totalCells('daily', `期末结余（银行余额 ${formatYuan(daily.bankBalance)} 元）`, 2, [daily.closing.amount]),
  })
}

export function utilityPart(sheet: QuarterSheet, width: number, title: string): Content | null {
  if (sheet.utilities.length === 0) return null
  return partTable({
    id: 'utility',
    wholeUpTo: WHOLE_FLAT,
    title,
    columns: [
      { head: '序号', width: NUMBER_WIDTH },
      { head: '项目', width: '*' },
      { head: '期间', width: 92 },
      { head: '用量', width: 78 },
      { head: '列支', width: 78 },
      { head: '金额', width },
    ],
    rows: sheet.utilities.map((row, index, all) => [
      numbered('utility', index, all.length),
      textCell(row.item),
      textCell(row.period),
      textCell(row.usage),
      textCell(row.paidFrom),
      money(row.amount),
    ]),
    none: '',
    total: totalCells('utility', '合计', 5, [addFen(...sheet.utilities.map((row) => row.amount.amount))]),
  })
}
