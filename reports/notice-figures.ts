/** The figures of a notice as plain JSON, for programs: amounts in yuan text (`-1234.50`), blanks as null. */
import type { Figure } from '#core/disclosure/quarter-input.ts'
import { counterpartyLabel } from '#core/disclosure/sheet.ts'
import { formatHundredths } from '#core/disclosure/shares.ts'
import { plainYuan } from '#core/money.ts'
import { noticeTitle, type NoticeModel } from './notice-model.ts'

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

function yuan(figure: Figure | null): string | null {
  return figure === null ? null : plainYuan(figure.amount)
}

/** Same numbers and labels as the paper; carries no voucher ids and nothing the paper does not show. */
export function noticeFigures(model: NoticeModel): { readonly [key: string]: Json } {
  const { sheet, version } = model
  const daily = sheet.dailyFund
  return {
    title: noticeTitle(model),
    complex: { code: sheet.complex.code, name: sheet.complex.name },
    quarter: sheet.quarter,
    period: { from: sheet.period.from, to: sheet.period.to },
    unit: '元',
    version: {
      no: version.no,
      date: version.date,
      code: version.code,
      correction:
        version.correction === null
          ? null
          : { replaces: version.correction.replaces, reason: version.correction.reason },
    },
    opening: {
      rows: sheet.opening.rows.map((row) => ({ label: row.label, amount: yuan(row.amount) })),
      total: yuan(sheet.opening.total),
    },
    income: {
      rows: sheet.income.rows.map((row) => ({
        category: row.category,
        counterparty: counterpartyLabel(row.counterparty),
        place: row.place,
        contractNo: row.contractNo,
        covered: row.covered === null ? null : { from: row.covered.from, to: row.covered.to },
        receivable: yuan(row.receivable),
        received: yuan(row.received),
        yearToDate: yuan(row.yearToDate),
        basis: row.basis,
        note: row.note,
        reason: row.reason,
      })),
      categories: sheet.income.categories.map((row) => ({
        category: row.category,
        received: yuan(row.received),
        share: row.shareHundredths === null ? null : formatHundredths(row.shareHundredths),
      })),
      receivable: yuan(sheet.income.receivable),
      received: yuan(sheet.income.received),
      yearToDate: yuan(sheet.income.yearToDate),
    },
    costs: {
      rows: sheet.costs.rows.map((row) => ({
        item: row.item,
        document: row.document,
        amount: yuan(row.amount),
        reason: row.reason,
      })),
      total: yuan(sheet.costs.total),
    },
    net: yuan(sheet.net),
    uses: {
      rows: sheet.uses.rows.map((row) => ({
        kind: row.kind,
        item: row.item,
        decision: row.decision === null ? null : { no: row.decision.no, date: row.decision.date },
        payeeType: row.payeeType,
        voucherNo: row.voucherNo,
        amount: yuan(row.amount),
        reason: row.reason,
      })),
      total: yuan(sheet.uses.total),
    },
    transfers: {
      rows: sheet.transfers.rows.map((row) => ({
        date: row.date,
        voucherNo: row.voucherNo,
        amount: yuan(row.amount),
        note: row.note,
      })),
      total: yuan(sheet.transfers.total),
      ratio: sheet.transfers.ratioHundredths === null ? null : formatHundredths(sheet.transfers.ratioHundredths),
    },
    closing: yuan(sheet.closing),
    bank: {
      date: sheet.balanceDate,
      rows: sheet.bank.rows.map((row) => ({
        name: row.name,
        last4: row.last4,
        demand: plainYuan(row.demand),
        term: plainYuan(row.term),
      })),
      reconciling: sheet.bank.reconciling.map((row) => ({ item: row.item, amount: yuan(row.amount) })),
      total: plainYuan(sheet.bank.total),
      difference: plainYuan(sheet.bank.difference),
    },
    dailyFund:
      daily === null
        ? null
        : {
            opening: yuan(daily.opening),
            income: yuan(daily.income),
            spending: yuan(daily.spending),
            closing: yuan(daily.closing),
            bankBalance: plainYuan(daily.bankBalance),
          },
    utilities: sheet.utilities.map((row) => ({
      item: row.item,
      period: row.period,
      usage: row.usage,
      amount: yuan(row.amount),
      paidFrom: row.paidFrom,
    })),
    notes: [...sheet.notes],
  }
}
