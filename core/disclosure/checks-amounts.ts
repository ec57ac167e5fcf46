/** Checks on the figures of the sheet itself: sums, continuity, bank, shares, unit, signs. */
import { quarterInChinese } from '../calendar.ts'
import { addFen, formatYuan, subtractFen, ZERO_FEN, type Fen } from '../money.ts'
import type { Finding } from './checks.ts'
import type { Figure } from './quarter-input.ts'
import { formatHundredths } from './shares.ts'
import { sumFigures, type QuarterSheet } from './sheet.ts'
import { printedTexts } from './texts.ts'

function detailSums(sheet: QuarterSheet): readonly Finding[] {
  const parts: readonly (readonly [string, readonly (Figure | null)[], Figure])[] = [
    ['上期结余', sheet.opening.rows.map((row) => row.amount), sheet.opening.total],
    ['本期应收', sheet.income.rows.map((row) => row.receivable), sheet.income.receivable],
    ['本期收入', sheet.income.rows.map((row) => row.received), sheet.income.received],
    ['本年累计收入', sheet.income.rows.map((row) => row.yearToDate), sheet.income.yearToDate],
    ['分类收入', sheet.income.categories.map((row) => row.received), sheet.income.received],
    ['扣减', sheet.costs.rows.map((row) => row.amount), sheet.costs.total],
    ['支出', sheet.uses.rows.map((row) => row.amount), sheet.uses.total],
    ['转入维修资金', sheet.transfers.rows.map((row) => row.amount), sheet.transfers.total],
  ]
  return parts.flatMap(([name, rows, total]): Finding[] => {
    const sum = sumFigures(rows)
    if (sum.amount === total.amount) return []
    const message = `“${name}”明细之和 ${formatYuan(sum.amount)} 元，合计 ${formatYuan(total.amount)} 元，` +
      `相差 ${formatYuan(subtractFen(sum.amount, total.amount))} 元。请核对明细。`
    return [{ check: 'detail-sums', level: 'block', message, refs: sum.refs }]
  })
}

function closingFormula(sheet: QuarterSheet): readonly Finding[] {
  const net = subtractFen(sheet.income.received.amount, sheet.costs.total.amount)
  const spent = addFen(sheet.uses.total.amount, sheet.transfers.total.amount)
  const expected = subtractFen(addFen(sheet.opening.total.amount, net), spent)
  const wrong = (name: string, is: Fen, should: Fen): Finding => ({
    check: 'closing-formula',
    level: 'block',
    message: `${name}应为 ${formatYuan(should)} 元，表上为 ${formatYuan(is)} 元。请重新编制本表。`,
    refs: sheet.closing.refs,
  })
  return [
    ...(sheet.net.amount === net ? [] : [wrong('净收益', sheet.net.amount, net)]),
    ...(sheet.closing.amount === expected ? [] : [wrong('期末结余', sheet.closing.amount, expected)]),
  ]
}

/** The daily maintenance fund (Xiamen) is a book of its own; its summary must hold together like the sheet. */
function dailyFund(sheet: QuarterSheet): readonly Finding[] {
  const daily = sheet.dailyFund
  if (daily === null) return []
  const refs = daily.closing.refs
  const expected = subtractFen(addFen(daily.opening.amount, daily.income.amount), daily.spending.amount)
  if (daily.closing.amount !== expected) {
    const message = `日常专项维修资金期末结余应为 ${formatYuan(expected)} 元，表上为 ${formatYuan(daily.closing.amount)} 元。请核对明细。`
    return [{ check: 'daily-fund', level: 'block', message, refs }]
  }
  if (daily.bankBalance === daily.closing.amount) return []
  const message = `日常专项维修资金期末结余 ${formatYuan(daily.closing.amount)} 元，银行余额 ${formatYuan(daily.bankBalance)} 元，` +
    `相差 ${formatYuan(subtractFen(daily.closing.amount, daily.bankBalance))} 元。请完成对账，并在附注中说明。`
  return [{ check: 'daily-fund', level: 'warn', message, refs }]
}

function openingContinues(sheet: QuarterSheet): readonly Finding[] {
  const opening = sheet.opening.total
  const previous = sheet.previous
  if (previous === null) {
    if (opening.amount === 0) return []
    const message = `首次公示，上期结余 ${formatYuan(opening.amount)} 元没有以往公示可对照。请在附注中写明来源。`
    return [{ check: 'opening-continues', level: sheet.notes.length > 0 ? 'hint' : 'warn', message, refs: opening.refs }]
  }
  if (previous.closing === opening.amount) return []
  const message = `上期结余 ${formatYuan(opening.amount)} 元，与${quarterInChinese(previous.quarter)}第 ${previous.version} 版` +
    `公示的期末结余 ${formatYuan(previous.closing)} 元相差 ` +
    `${formatYuan(subtractFen(opening.amount, previous.closing))} 元。请先更正上期公示，或查明差额。`
  return [{ check: 'opening-continues', level: 'block', message, refs: opening.refs }]
}

function bankTiesOut(sheet: QuarterSheet): readonly Finding[] {
  const bank = sheet.bank
  const items = addFen(...bank.reconciling.map((item) => item.amount.amount))
  const total = addFen(...bank.rows.flatMap((row) => [row.demand, row.term]), items)
  const difference = subtractFen(sheet.closing.amount, total)
  if (difference === 0 && bank.difference === 0 && bank.total === total) return []
  const message = `期末结余 ${formatYuan(sheet.closing.amount)} 元，银行余额加减未达事项 ${formatYuan(total)} 元，` +
    `相差 ${formatYuan(difference)} 元。请完成对账，把差额列为未达事项。`
  return [{ check: 'bank-ties-out', level: 'block', message, refs: sheet.closing.refs }]
}

function percentSum(sheet: QuarterSheet): readonly Finding[] {
  const shares = sheet.income.categories.map((row) => row.shareHundredths).filter((share) => share !== null)
  if (shares.length === 0) return []
  const sum = shares.reduce((total, share) => total + share, 0)
  if (sum === 10_000) return []
  const message = `收入占比合计 ${formatHundredths(sum)}，应为 100.00%。请重新编制本表。`
  return [{ check: 'percent-sum', level: 'block', message, refs: sheet.income.received.refs }]
}

/** 潮州 and others mix 元 and 万元 in one notice; a row exactly 10 000 times its earlier self is the same slip in figures. */
function unitConsistent(sheet: QuarterSheet): readonly Finding[] {
  const words = printedTexts(sheet).filter((printed) => /万元|亿元/.test(printed.text))
  const inWords = words.map((printed): Finding => ({
    check: 'unit-consistent',
    level: 'warn',
    message: `“${printed.field}”${printed.row === undefined ? '' : `第 ${printed.row} 行`}写有“${printed.text}”，` +
      '本表单位为元。请改写为元。',
    refs: printed.refs,
  }))
  const inFigures = sheet.income.rows.flatMap((row): Finding[] => {
    const now = row.received?.amount ?? ZERO_FEN
    const before = row.lastMoney?.received ?? ZERO_FEN
    if (now === 0 || before === 0) return []
    const tenThousandfold = BigInt(now) === BigInt(before) * 10_000n || BigInt(before) === BigInt(now) * 10_000n
    if (!tenThousandfold) return []
    const message = `“${row.category}”本期 ${formatYuan(now)} 元` +
      '与以往恰为一万倍之差，疑似把万元当成元。请核对原始凭证。'
    return [{ check: 'unit-consistent', level: 'warn', message, refs: row.received?.refs ?? [], rowId: row.id }]
  })
  return [...inWords, ...inFigures]
}

function grossNet(sheet: QuarterSheet): readonly Finding[] {
  return sheet.income.rows.flatMap((row): Finding[] => {
    if (row.basis === 'gross' || row.note.trim() !== '' || (row.received?.amount ?? 0) === 0) return []
    const message = `“${row.category}”${formatYuan(sumFigures([row.received]).amount)} 元是扣除分成后的净额。` +
      '请在备注中写明合同总额和分成比例。'
    return [{ check: 'gross-net', level: 'warn', message, refs: row.received?.refs ?? [], rowId: row.id }]
  })
}

function negativeRows(sheet: QuarterSheet): readonly Finding[] {
  const rows = [
    ...sheet.income.rows.map((row) => ({ id: row.id, name: row.category, note: row.note, amount: row.received })),
    ...sheet.costs.rows.map((row) => ({ id: row.id, name: row.item, note: row.note, amount: row.amount })),
    ...sheet.uses.rows.map((row) => ({ id: row.id, name: row.item, note: row.note, amount: row.amount })),
    ...sheet.transfers.rows.map((row) => ({ id: row.id, name: '转入维修资金', note: row.note, amount: row.amount })),
  ]
  return rows.flatMap((row): Finding[] => {
    if (row.amount === null || row.amount.amount >= 0 || row.note.trim() !== '') return []
    const message = `“${row.name}”为红字 ${formatYuan(row.amount.amount)} 元。请在备注中写明冲销的原因。`
    return [{ check: 'negative-rows', level: 'warn', message, refs: row.amount.refs, rowId: row.id }]
  })
}

export function checkAmounts(sheet: QuarterSheet): readonly Finding[] {
  return [
    ...detailSums(sheet),
    ...closingFormula(sheet),
    ...openingContinues(sheet),
    ...bankTiesOut(sheet),
    ...dailyFund(sheet),
    ...percentSum(sheet),
    ...unitConsistent(sheet),
    ...grossNet(sheet),
    ...negativeRows(sheet),
  ]
}
