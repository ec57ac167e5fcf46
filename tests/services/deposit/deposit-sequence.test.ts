import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'
import { isNoticeProduct } from '#core/deposit/certificate-life.ts'
import { DEPOSIT_PRODUCTS, type DepositProduct } from '#core/deposit/deposit.ts'
import type { CertificateId, DraftId } from '#core/id.ts'
import { fen, parseYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { parsePercent } from '#core/rate.ts'
import { trialBalance } from '#services/voucher/balance.ts'
import { certificateOf, listCertificates } from '#services/deposit/certificate.ts'
import { expectedOn, placeCertificate, withdrawCertificate } from '#services/deposit/deposit.ts'
import { expectedEarly, withdrawEarly } from '#services/deposit/deposit-early.ts'
import { drawNotice, expectedDraw, giveNotice } from '#services/deposit/deposit-notice.ts'
import { regroupCertificates, rolloverTotal } from '#services/deposit/deposit-rollover.ts'
import { amendCertificate, freezeCertificate, unfreezeCertificate } from '#services/deposit/deposit-terms.ts'
import { undoLastOperation } from '#services/deposit/deposit-undo.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { verifyLedger } from '#services/verify.ts'
import { draftOf, reviewDraft, voidDraft } from '#services/voucher/voucher-draft.ts'
import { listDrafts } from '#services/voucher/voucher-draft-list.ts'
import { makeOffice, type Office } from '../office.ts'

const DEMAND = parsePercent('0.05')
const NOTICE = parsePercent('0.45')

type Step = {
  readonly what:
    | 'place' | 'withdraw' | 'rollOver' | 'part' | 'early' | 'notice' | 'draw' | 'amend' | 'freeze' | 'unfreeze' | 'undo'
  readonly product: DepositProduct
  readonly pick: number
  readonly size: number
  readonly days: number
  /** Fen the bank paid more or less than computed. */
  readonly off: number
  readonly joins: boolean
  readonly then: 'post' | 'leave' | 'void'
}

const steps = fc.array(
  fc.record<Step>({
    what: fc.constantFrom<Step['what']>('place', 'place', 'withdraw', 'rollOver', 'rollOver', 'part', 'early', 'notice', 'draw',
      'amend', 'freeze', 'unfreeze', 'undo', 'undo'),
    product: fc.constantFrom(...DEPOSIT_PRODUCTS),
    pick: fc.nat(30), size: fc.integer({ min: 1, max: 9 }), days: fc.integer({ min: 0, max: 25 }),
    off: fc.integer({ min: -1, max: 1 }), joins: fc.boolean(),
    then: fc.constantFrom<Step['then']>('post', 'post', 'post', 'leave', 'void'),
  }),
  { minLength: 6, maxLength: 22 },
)

/** Walks an office through the steps; what the rules refuse is refused and changes nothing. */
class Walk {
  readonly office: Office
  day: BusinessDate = parseDate('2025-02-03')
  numbers = 0
  constructor(office: Office) {
    this.office = office
  }

  printed(product: DepositProduct, term: number) {
    this.numbers += 1
    return {
      certificateNo: `T${this.numbers}`, product, rateMicro: parsePercent('1.35'), demandRateMicro: DEMAND,
      dayCount: isNoticeProduct(product) ? 'actual_360' as const : 'months_odd_360' as const,
      term: { unit: 'days' as const, count: term }, rolloverInstruction: 'none' as const,
      personInCharge: this.office.preparer.actor.userId,
    }
  }

  slip(expected: Fen, step: Step) {
    const paid = fen(Math.max(0, expected + step.off))
    const slip = { date: this.day, interestPaidFen: paid, attachments: [this.office.paper] }
    return paid === expected ? slip : { ...slip, differenceReason: '银行尾差' }
  }

  take(step: Step): DraftId | null {
    const { office, day } = this
    const { ledger, preparer } = office
    this.day = addDays(day, step.days) > '2025-11-30' ? day : addDays(day, step.days)
    if (step.what === 'place') {
      return placeCertificate(preparer, {
        ...this.printed(step.product, 10 + step.size * 7), valueDate: this.day, complexId: office.complexId,
        bankAccountId: office.maintenanceBank, principalFen: fen(parseYuan('600000.00') + step.size * 1_234_567),
        attachments: [office.paper],
      }).draftId
    }
    const all = listCertificates(ledger, { inForceOnly: step.what !== 'undo', limit: 100 })
    const one = all[step.pick % Math.max(all.length, 1)]
    return one === undefined ? null : this.operate(step, one.id)
  }

  operate(step: Step, certificateId: CertificateId): DraftId | null {
    const { office: { ledger, preparer }, day: date } = this
    const { principalFen, dueDate } = certificateOf(ledger, certificateId)
    const part = fen(Math.floor((principalFen * step.size) / 10))
    const held = { certificateId, date, reason: '银行通知' }
    switch (step.what) {
      case 'withdraw':
        return withdrawCertificate(preparer, { certificateId, ...this.slip(this.atMaturity(certificateId), step) })
      case 'rollOver':
        return this.regroup(step, certificateId)
      case 'part':
      case 'early': {
        const question = { certificateId, date, amountFen: step.what === 'early' ? null : part, demandRateMicro: DEMAND }
        return withdrawEarly(preparer, { ...question, ...this.slip(expectedEarly(ledger, question).withdrawn.interest, step) })
      }
      case 'notice':
        giveNotice(preparer, { certificateId, givenOn: date, forDate: addDays(date, 7), amountFen: part })
        return null
      case 'draw': {
        const question = { certificateId, date, amountFen: part, noticeRateMicro: NOTICE, demandRateMicro: DEMAND }
        return drawNotice(preparer, { ...question, ...this.slip(expectedDraw(ledger, question).interest, step) })
      }
      case 'amend':
        amendCertificate(preparer, { certificateId, date, dueDate: addDays(dueDate, 3), rateMicro: null, reason: '回单更正' })
        return null
      case 'freeze':
        freezeCertificate(preparer, held)
        return null
      case 'unfreeze':
        unfreezeCertificate(preparer, held)
        return null
      default:
        return undoLastOperation(preparer, certificateId, held)
    }
  }

  atMaturity(id: CertificateId): Fen {
    const certificate = certificateOf(this.office.ledger, id)
    return expectedOn(certificate, this.day, certificate.product === 'treasuryBond' ? parsePercent('0') : DEMAND).interest
  }

  /** With every other certificate that is due, into one, two or three. */
  regroup(step: Step, id: CertificateId): DraftId {
    const { office: { ledger, preparer, paper }, day: date } = this
    const others = step.off === 0 ? [] : listCertificates(ledger, { inForceOnly: true, limit: 100 })
      .filter((other) => other.id !== id && other.status === 'inForce' && other.dueDate <= date && other.product === 'time')
    const old = [id, ...others.map((other) => other.id)].map((certificateId) => ({
      certificateId, interestPaidFen: this.atMaturity(certificateId), demandRateMicro: DEMAND,
    }))
    const mode = step.joins ? 'principal_and_interest' as const : 'principal_only' as const
    const withPrincipal = old.map((one) => ({ ...one, principalFen: certificateOf(ledger, one.certificateId).principalFen }))
    const total = rolloverTotal(withPrincipal, mode)
    const pieces = 1 + (step.size % 3)
    const piece = fen(Math.floor(total / pieces))
    let rest = total
    const next = Array.from({ length: pieces }, (_, index) => {
      const principalFen = index === pieces - 1 ? rest : piece
      rest = subtractFen(rest, principalFen)
      return { ...this.printed('time', 20), principalFen }
    })
    return regroupCertificates(preparer, { date, mode, old, next, attachments: [paper] }).draftId
  }
}

/** The voucher of an undo is refused to be voided: it waits like any other. */
function settleDraft(office: Office, draftId: DraftId, { then }: Pick<Step, 'then'>): void {
  if (then === 'leave') return
  if (then === 'void') {
    if (draftOf(office.ledger, draftId).state === 'draft') voidDraft(office.preparer, draftId, '重做')
    return
  }
  if (draftOf(office.ledger, draftId).state !== 'draft') return
  reviewDraft(office.reviewer, draftId)
  postDrafts(office.bookkeeper, [draftId])
}

function expectTied(office: Office): void {
  const { ledger } = office
  const { rows } = trialBalance(ledger, { bookId: office.maintenance, to: parseDate('2025-12-31') })
  const booked = (code: string) => rows.find((row) => row.code === code)?.closingFen ?? ZERO_FEN
  const inForce = listCertificates(ledger, { inForceOnly: true, limit: 500 })
  const registered = (isBond: boolean) => inForce
    .filter(({ product }) => (product === 'treasuryBond') === isBond)
    .reduce((sum, { principalFen }) => sum + principalFen, 0)
  expect([registered(false), registered(true)]).toEqual([booked('1001.02'), booked('1101')])
}

function damages(office: Office) {
  const steps = verifyLedger(office.ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value.damages
  }
}

/** Takes back what was voided by hand, then posts everything that waits: the register and the books are level again. */
function bringToRest(office: Office, day: BusinessDate): void {
  const { ledger } = office
  for (let again = true; again; ) {
    again = false
    for (const { id } of listCertificates(ledger, { inForceOnly: false, limit: 500 })) {
      const voided = ledger.sqlite
        .prepare(`SELECT 1 FROM certificate_standing_event e JOIN voucher_draft d ON d.id = e.draft_id
          WHERE e.certificate_id = ? AND d.state = 'void'`)
        .get(id)
      if (voided === undefined) continue
      try {
        undoLastOperation(office.preparer, id, { date: day, reason: '凭证已作废' })
        again = true
      } catch (error) {
        // Its other half has moved on: that one is taken back first, in another round.
        if (!(error instanceof Problem) || error.code !== 'certificate.nextMoved') throw error
      }
    }
  }
  for (const { id } of listDrafts(ledger, office.maintenance, 500)) settleDraft(office, id, { then: 'post' })
}

test('any sequence of certificate operations keeps Σ certificates in force = the sub-account (invariant 10)', () => {
  const done = new Map<string, number>()
  fc.assert(
    fc.property(steps, (sequence) => {
      const office = makeOffice({ openedOn: '2025-01-01', today: '2025-12-20' })
      // What a power cut does is not this test's subject.
      office.ledger.sqlite.pragma('synchronous = OFF')
      office.receive(office.maintenance, '4001', '90000000.00', '2025-01-08')
      const walk = new Walk(office)
      for (const step of sequence) {
        try {
          const draftId = walk.take(step)
          if (draftId !== null) settleDraft(office, draftId, step)
          done.set(step.what, (done.get(step.what) ?? 0) + 1)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
        }
        // Only what is posted counts on both sides, at every moment.
        expect(damages(office)).toEqual([])
      }
      bringToRest(office, walk.day)
      expect(damages(office)).toEqual([])
      expectTied(office)
    }),
    { numRuns: Number(process.env['DEPOSIT_RUNS'] ?? 20), seed: 20_261_009 },
  )
  // The walk really went everywhere.
  expect([...done.keys()].sort()).toEqual(
    ['amend', 'draw', 'early', 'freeze', 'notice', 'part', 'place', 'rollOver', 'undo', 'unfreeze', 'withdraw'])
}, 120_000)
