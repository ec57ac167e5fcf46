/**
 * What else happens to the sample's deposits: one chain split, one merged, a notice deposit drawn and announced again, a part
 * withdrawn early, a rate put right, a freeze; demand and agreement interest compared quarter by quarter, one of them short.
 */
import { addMonths, parseDate, type BusinessDate } from '#core/calendar.ts'
import { idOf, type CertificateId } from '#core/id.ts'
import { fen, formatYuan, parseYuan, subtractFen, type Fen } from '#core/money.ts'
import { parsePercent } from '#core/rate.ts'
import { expectedAccountInterest, recordAccountTerms } from '../deposit/account-interest.ts'
import { settleAccountInterest } from '../deposit/account-settlement.ts'
import { certificateOf, type Certificate } from '../deposit/certificate.ts'
import { expectedOn, placeCertificate } from '../deposit/deposit.ts'
import { expectedEarly, withdrawEarly } from '../deposit/deposit-early.ts'
import { drawNotice, expectedDraw, giveNotice } from '../deposit/deposit-notice.ts'
import { regroupCertificates } from '../deposit/deposit-rollover.ts'
import { amendCertificate, freezeCertificate } from '../deposit/deposit-terms.ts'
import { closeDifference } from '../deposit/interest-difference.ts'
import { paper, post, type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'

const DEMAND_RATE = parsePercent('0.05')
const NOTICE_RATE = parsePercent('0.30')

function seated(desk: Desk, code: string): SeatedComplex {
  const complex = desk.complexes.find(({ data }) => data.code === code)
  if (complex === undefined) throw new Error(`the sample has no complex ${code}`)
  return complex
}

/** The only certificate of a complex that matures on a day. */
function certificateDue(desk: Desk, code: string, dueDate: string): Certificate {
  const row = desk.ledger
    .prepare<[number, string], { id: CertificateId }>(
      'SELECT c.id FROM certificate c WHERE c.complex_id = ? AND c.due_date = ? ORDER BY c.id LIMIT 1')
    .get(seated(desk, code).id, dueDate)
  if (row === undefined) throw new Error(`the sample has no certificate of ${code} due ${dueDate}`)
  return certificateOf(desk.ledger, idOf<'certificate'>(row.id))
}

function printed(desk: Desk, certificateNo: string, rate: string, months: number) {
  return {
    certificateNo, product: 'time' as const, rateMicro: parsePercent(rate), demandRateMicro: DEMAND_RATE,
    dayCount: 'months_odd_360' as const, term: { unit: 'months' as const, count: months },
    rolloverInstruction: 'principal_and_interest' as const, personInCharge: desk.preparer.actor.userId,
  }
}

/** Half for a year, half for six months: the repairs of the autumn are planned. */
function split(desk: Desk): SampleEvent {
  const date = parseDate('2026-04-20')
  return {
    date,
    happen: () => {
      const old = certificateDue(desk, 'A02', date)
      const interest = expectedOn(old, date).interest
      const long = parseYuan('5000000.00')
      post(desk, [regroupCertificates(desk.preparer, {
        date, mode: 'principal_and_interest', old: [{ certificateId: old.id, interestPaidFen: interest }],
        next: [
          { ...printed(desk, '000201002-4', '1.05', 12), principalFen: long },
          { ...printed(desk, '000201002-5', '0.95', 6), principalFen: subtractFen(fen(old.principalFen + interest), long) },
        ],
        attachments: [paper(desk, '转存回单 000201002-4、5', formatYuan(interest))],
      }).draftId])
    },
  }
}

/** Two small certificates of one account into one. */
function merge(desk: Desk): SampleEvent[] {
  const placed = parseDate('2026-02-28')
  const date = parseDate('2026-08-31')
  const complex = seated(desk, 'S03')
  return [
    {
      date: placed,
      happen: () => post(desk, [placeCertificate(desk.preparer, {
        ...printed(desk, '001201014-1', '0.80', 6), valueDate: placed, complexId: complex.id, bankAccountId: complex.fundBank,
        principalFen: parseYuan('1000000.00'), dueDate: date, dueDateReason: '银行按月末对月末印制到期日',
        attachments: [paper(desk, '证实书 001201014-1', '1,000,000.00')],
      }).draftId]),
    },
    {
      date,
      happen: () => {
        const rows = desk.ledger
          .prepare<[number], { id: CertificateId }>(
            `SELECT n.id FROM certificate_now n WHERE n.complex_id = ? AND n.status = 'inForce' AND n.due_date = '2026-08-31'`)
          .all(complex.id)
        const olds = rows.map(({ id }) => certificateOf(desk.ledger, id))
        const old = olds.map((one) => ({ certificateId: one.id, interestPaidFen: expectedOn(one, date).interest }))
        const total = old.reduce((sum, one) => sum + one.interestPaidFen, olds.reduce((sum, one) => sum + one.principalFen, 0))
        post(desk, [regroupCertificates(desk.preparer, {
          date, mode: 'principal_and_interest', old,
          next: [{ ...printed(desk, '001201012-3', '0.90', 12), principalFen: fen(total) }],
          attachments: [paper(desk, '合并转存回单 001201012-3', formatYuan(fen(total)))],
        }).draftId])
      },
    },
  ]
}

/** Placed for a year to come, drawn once on notice, announced again for next week. */
function notice(desk: Desk): SampleEvent[] {
  const placed = parseDate('2025-11-10')
  const drawn = parseDate('2026-03-10')
  const complex = seated(desk, 'X01')
  let id: CertificateId | null = null
  const placedId = (): CertificateId => {
    if (id === null) throw new Error('the notice deposit was not placed')
    return id
  }
  const amountFen = parseYuan('400000.00')
  return [
    {
      date: placed,
      happen: () => {
        const result = placeCertificate(desk.preparer, {
          ...printed(desk, '7T000101-1', '0.30', 12), product: 'notice7', dayCount: 'actual_360', rolloverInstruction: 'none',
          valueDate: placed, complexId: complex.id, bankAccountId: complex.fundBank, principalFen: parseYuan('1500000.00'),
          attachments: [paper(desk, '通知存款证实书 7T000101-1', '1,500,000.00')],
        })
        post(desk, [result.draftId])
        id = result.certificateId
      },
    },
    {
      date: parseDate('2026-03-02'),
      happen: () => giveNotice(desk.preparer, {
        certificateId: placedId(), givenOn: parseDate('2026-03-02'), forDate: drawn, amountFen,
      }),
    },
    {
      date: drawn,
      happen: () => {
        const question = {
          certificateId: placedId(), date: drawn, amountFen, noticeRateMicro: NOTICE_RATE, demandRateMicro: DEMAND_RATE,
        }
        const { interest } = expectedDraw(desk.ledger, question)
        post(desk, [drawNotice(desk.preparer, {
          ...question, interestPaidFen: interest, attachments: [paper(desk, '通知存款支取回单 7T000101-1', formatYuan(interest))],
        })])
      },
    },
    {
      date: parseDate('2026-10-08'),
      happen: () => giveNotice(desk.preparer, {
        certificateId: placedId(), givenOn: parseDate('2026-10-08'), forDate: parseDate('2026-10-16'),
        amountFen: parseYuan('300000.00'),
      }),
    },
  ]
}

/** A roof could not wait: part of a term deposit broken, the rest under a new number. */
function part(desk: Desk): SampleEvent {
  const date = parseDate('2026-01-12')
  return {
    date,
    happen: () => {
      const { id } = certificateDue(desk, 'X02', '2026-10-16')
      const question = { certificateId: id, date, amountFen: parseYuan('400000.00'), demandRateMicro: DEMAND_RATE }
      const { interest } = expectedEarly(desk.ledger, question).withdrawn
      post(desk, [withdrawEarly(desk.preparer, {
        ...question, interestPaidFen: interest, newCertificateNo: '000001008-1A',
        attachments: [paper(desk, '部分提前支取回单 000001008-1', formatYuan(interest))],
      })])
    },
  }
}

function corrections(desk: Desk): SampleEvent[] {
  return [
    {
      date: parseDate('2025-11-03'),
      happen: () => amendCertificate(desk.preparer, {
        certificateId: certificateDue(desk, 'X04', '2026-10-24').id, date: parseDate('2025-11-03'), dueDate: null,
        rateMicro: parsePercent('0.98'), reason: '银行更正回单：按协议利率 0.98% 执行',
      }),
    },
    {
      date: parseDate('2026-09-15'),
      happen: () => freezeCertificate(desk.preparer, {
        certificateId: certificateDue(desk, 'S02', '2027-03-20').id, date: parseDate('2026-09-15'),
        reason: '银行通知：协助冻结，待补齐预留印鉴变更手续',
      }),
    },
  ]
}

/** Fund accounts whose quarters are compared: one at demand, one by agreement. */
function accounts(desk: Desk): SampleEvent[] {
  const opened = parseDate(desk.data.openedOn)
  const agreement = (from: string, rate: string) => ({
    date: parseDate(from),
    happen: () => recordAccountTerms(desk.preparer, {
      bankAccountId: seated(desk, 'A02').fundBank, validFrom: parseDate(from), yearDays: 360, source: '协定存款协议及利率通知',
      terms: {
        product: 'agreement', demandRateMicro: DEMAND_RATE, agreementRateMicro: parsePercent(rate),
        baseQuotaFen: parseYuan('500000.00'),
      },
    }),
  })
  const demand: SampleEvent = {
    date: opened,
    happen: () => {
      for (const { fundBank } of desk.complexes) {
        recordAccountTerms(desk.preparer, {
          bankAccountId: fundBank, validFrom: opened, yearDays: 360, source: '银行挂牌利率公告',
          terms: { product: 'demand', demandRateMicro: DEMAND_RATE },
        })
      }
    },
  }
  const quarters = Array.from({ length: 8 }, (_, at) => addMonths(parseDate('2024-12-21'), 3 * at))
  return [
    demand, agreement('2025-01-01', '0.60'), agreement('2025-05-20', '0.30'),
    ...quarters.flatMap((date) => ['A01', 'A02'].map((code) => quarterOf(desk, code, date))),
  ]
}

/** The quarter the bank took the new rate two days late; another person has closed it since. */
const SHORT_QUARTER = '2025-06-21'
const SHORT: Fen = parseYuan('12.35')

function quarterOf(desk: Desk, code: string, date: BusinessDate): SampleEvent {
  return {
    date,
    happen: () => {
      const bankAccountId = seated(desk, code).fundBank
      const day = parseDate(`${date.slice(0, 7)}-20`)
      const expected = expectedAccountInterest(desk.ledger, bankAccountId, day).interestFen
      const isShort = code === 'A02' && date === SHORT_QUARTER
      const paidFen = isShort ? subtractFen(expected, SHORT) : expected
      const { id, draftId } = settleAccountInterest(desk.preparer, {
        bankAccountId, day, paidFen, voucher: 'make', ...(isShort && { differenceReason: '银行早两天执行新的协定利率' }),
        attachments: [paper(desk, `结息单 ${code} ${date}`, formatYuan(paidFen))],
      })
      if (draftId !== null) post(desk, [draftId])
      if (isShort) closeDifference(desk.head, { source: 'account', id, reason: '已与银行核对执行日，差额金额小，银行不补付' })
    },
  }
}

export function depositStories(desk: Desk): SampleEvent[] {
  return [
    ...accounts(desk), split(desk), ...merge(desk), ...notice(desk), part(desk), ...corrections(desk),
  ]
}
