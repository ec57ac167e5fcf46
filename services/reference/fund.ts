/** The maintenance fund of a reference complex: contributions, interest, certificates. Repairs are in repairs.ts. */
import { addDays, addMonths, datePartsOf, monthOf, type BusinessDate, type Month } from '#core/calendar.ts'
import { idOf, type CertificateId, type DraftId } from '#core/id.ts'
import { addFen, fen, ZERO_FEN, type Fen } from '#core/money.ts'
import { formatPercent, parsePercent, percentOf, rateMicro } from '#core/rate.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import { credit, debit } from '#core/voucher/voucher.ts'
import { certificateOf } from '../deposit/certificate.ts'
import { expectedOn, placeCertificate } from '../deposit/deposit.ts'
import { rollOverCertificate } from '../deposit/deposit-rollover.ts'
import { prepareContribution } from '../household/contribution.ts'
import { policyFor } from '../policy/policy.ts'
import { accountByCode } from '../voucher/book.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'
import { dayIn, monthlyPaper, monthNumber, payFund, receiveFund, type ReferenceDesk, type SeatedComplex } from './desk.ts'
import { endsQuarter } from './income.ts'
import { ownersDue } from './rooms.ts'
import { draw, DRAWN, firstDayOf, REFERENCE_PROFILE } from './scale.ts'

/** Kept at call; what is above it at the start lies on certificates. */
const CHAINS = [{ months: 12, share: '40' }, { months: 36, share: '30' }] as const
const DEMAND_RATE = parsePercent('0.35')

/** Two percent and a little, less with every year, as rates went. */
function certificateTerms(desk: ReferenceDesk, complex: SeatedComplex, chain: number, date: BusinessDate) {
  const { months } = CHAINS[chain] ?? CHAINS[0]
  const age = Number(date.slice(0, 4)) - Number(firstDayOf(desk.scale).slice(0, 4))
  const rate = rateMicro(Math.max(1_000_000, 2_600_000 + months * 10_000 - age * 150_000))
  return {
    certificateNo: `${complex.code}${chain + 1}${date.replaceAll('-', '')}`, product: 'time' as const, rateMicro: rate,
    demandRateMicro: DEMAND_RATE, dayCount: 'months_odd_360' as const, term: { unit: 'months' as const, count: months },
    rolloverInstruction: 'principal_and_interest' as const, personInCharge: desk.preparer.actor.userId,
  }
}

/** What a term deposit takes at least; a complex of a dozen rooms may have less to place. */
function leastPrincipal({ ledger }: ReferenceDesk, date: BusinessDate): Fen {
  return policyFor(ledger, REFERENCE_PROFILE, date).value('deposit.minimum') ?? ZERO_FEN
}

/** Placed in the office's first month, rolled over with its interest whenever due. */
export function certificateDrafts(desk: ReferenceDesk, complex: SeatedComplex, month: Month): readonly DraftId[] {
  const attachments = [monthlyPaper(desk, month)]
  const openedOn = firstDayOf(desk.scale)
  return CHAINS.flatMap(({ months, share }, chain): readonly DraftId[] => {
    const placedOn = addDays(openedOn, 4 + draw(desk.scale, 20, DRAWN.day, complex.index, chain))
    const elapsed = monthNumber(month) - monthNumber(monthOf(openedOn))
    const known = complex.certificates[chain]
    if (known === undefined) {
      const part = percentOf(complex.fundFen, parsePercent(share))
      const principalFen = fen(part - (part % 10_000))
      if (elapsed > 0 || principalFen < leastPrincipal(desk, placedOn)) return []
      const placed = placeCertificate(desk.preparer, {
        ...certificateTerms(desk, complex, chain, placedOn), valueDate: placedOn, complexId: complex.id,
        bankAccountId: complex.fundBank, principalFen, attachments,
      })
      return keepLink(desk, complex, { chain, ...placed, isNew: true })
    }
    if (elapsed === 0 || elapsed % months !== 0) return []
    const date = addMonths(placedOn, elapsed, datePartsOf(placedOn).day)
    const rolled = rollOverCertificate(desk.preparer, {
      certificateId: known, date, interestPaidFen: expectedOn(certificateOf(desk.ledger, known), date).interest,
      mode: 'principal_and_interest', attachments, next: certificateTerms(desk, complex, chain, date),
    })
    return keepLink(desk, complex, { chain, ...rolled, isNew: false })
  })
}

type Link = { readonly chain: number; readonly certificateId: CertificateId; readonly draftId: DraftId; readonly isNew: boolean }

function keepLink(desk: ReferenceDesk, complex: SeatedComplex, { chain, certificateId, draftId, isNew }: Link) {
  complex.certificates[chain] = certificateId
  if (isNew) payFund(complex, certificateOf(desk.ledger, certificateId).principalFen)
  return [draftId]
}

/** Demand interest of a quarter into 4101. */
export function interestDrafts(desk: ReferenceDesk, complex: SeatedComplex, month: Month): readonly DraftId[] {
  const amountFen = percentOf(complex.fundFen, rateMicro(DEMAND_RATE / 4))
  if (!endsQuarter(month) || amountFen <= 0) return []
  const { ledger, maintenance: bookId } = desk
  const line = { summary: `活期存款利息（年利率 ${formatPercent(DEMAND_RATE)}%）`, complexId: complex.id }
  receiveFund(complex, amountFen)
  return [saveDraft(desk.preparer, {
    bookId, kind: 'general', date: dayIn(desk, month, DRAWN.day, 0, monthNumber(month)),
    attachments: [monthlyPaper(desk, month)],
    lines: [
      { ...line, accountId: accountByCode(ledger, bookId, ACCOUNT.demandDeposit).id, bankAccountId: complex.fundBank,
        ...debit(amountFen) },
      { ...line, accountId: accountByCode(ledger, bookId, ACCOUNT.interestIncome).id, ...credit(amountFen) },
    ],
  })]
}

const PAYERS = 10

/** Some ten households twice a year pay in a part of their first contribution again. */
export function contributionDrafts(desk: ReferenceDesk, complex: SeatedComplex, month: Month): readonly DraftId[] {
  if (!month.endsWith('-05') && !month.endsWith('-11')) return []
  const at = monthNumber(month)
  const rooms = new Set(Array.from({ length: PAYERS }, (_, index) =>
    draw(desk.scale, complex.households, DRAWN.payer, complex.index, at, index)))
  const rows = [...rooms].flatMap((room) => {
    const due = ownersDue(desk.scale, complex, room)
    return due === null ? [] : [{
      householdId: idOf<'household'>(complex.firstHousehold + room), part: 'principal' as const,
      amountFen: percentOf(due, parsePercent('40')), receipt: null,
    }]
  })
  if (rows.length === 0) return []
  receiveFund(complex, addFen(...rows.map(({ amountFen }) => amountFen)))
  const date = dayIn(desk, month, DRAWN.day, complex.index, at, 20)
  return [prepareContribution(desk.preparer, {
    complexId: complex.id, date, bankDate: date, bankAccountId: complex.fundBank, rows,
    attachments: [monthlyPaper(desk, month)],
  })]
}
