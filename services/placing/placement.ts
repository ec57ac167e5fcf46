/**
 * Placing idle money by plan (存放方案): what the ledger already knows of cash, needs and maturities is proposed and stays
 * editable; an accepted plan becomes certificates with their draft vouchers, in one transaction.
 */
import type { BusinessDate } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import {
  idOf, type BankAccountId, type BookId, type CertificateId, type ComplexId, type PlacementPlanId, type UserId,
} from '#core/id.ts'
import { addFen, fen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import {
  amountOf, breachesOf, refuseBadInput, type DatedCash, type PlacementInput, type PlacementLots,
} from '#core/placing/placement-plan.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'
import { trialBalance } from '../voucher/balance.ts'
import { bankAccountOf } from '../voucher/book.ts'
import { listCertificates } from '../deposit/certificate.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { placeCertificate } from '../deposit/deposit.ts'
import { logOperation } from '../operation-log.ts'
import { policyFor } from '../policy/policy.ts'
import { openContracts } from '../statement/proposal-contract.ts'

export type PlacementProposal = {
  /** On demand in the ledger today, of this complex in this book. */
  readonly idleFen: Fen
  /** Approved and not yet paid: may be asked for any day, so they stand on the day of placing; retention on its due day. */
  readonly needs: readonly DatedCash[]
  /**
   * Certificates in force, on their due dates (principal only; one already overdue on the day of placing), and what contracts
   * promise from that day on: the owners' part of each instalment.
   */
  readonly inflows: readonly DatedCash[]
  /** Principal in force per bank, for share limits. */
  readonly held: readonly { readonly bank: string; readonly heldFen: Fen }[]
  /** Of the certificate placed last; null where there is none. */
  readonly demandRateMicro: RateMicro | null
  readonly minimumFen: Fen | null
}

/**
 * Works in force after the engineering check approved an amount (core/repair): what is still to be paid out, and of it the
 * retention (质保金) on its own day.
 */
const APPROVED_UNPAID = `
  SELECT r.number, r.title,
    s.amount_fen - coalesce((SELECT sum(l.debit_fen - l.credit_fen) FROM voucher_line l INDEXED BY voucher_line_by_repair
      WHERE l.repair_id = r.id), 0) AS unpaidFen,
    coalesce((SELECT json_extract(e.detail, '$.retentionFen') FROM repair_event e WHERE e.repair_id = r.id
      AND e.kind = 'settled' ORDER BY e.seq DESC LIMIT 1), 0) AS retentionFen,
    (SELECT json_extract(e.detail, '$.retentionDue') FROM repair_event e WHERE e.repair_id = r.id
      AND e.kind = 'settled' ORDER BY e.seq DESC LIMIT 1) AS retentionDue
  FROM repair_standing s INDEXED BY repair_standing_by_complex JOIN repair r ON r.id = s.repair_id
  WHERE s.complex_id = :complexId AND r.book_id = :bookId
    AND s.step IN ('authority', 'contract', 'spotDraw', 'spotCheck', 'siteReview', 'acceptance', 'settlement', 'publication',
      'payment', 'voucher', 'followUp', 'retention')
  ORDER BY r.id`

const CERTIFICATE_LIMIT = 500

function demandBalance(ledger: Ledger, scope: { bookId: BookId; complexId: ComplexId }, on: BusinessDate): Fen {
  const { rows } = trialBalance(ledger, { ...scope, to: on })
  return rows.find(({ code }) => code === ACCOUNT.demandDeposit)?.closingFen ?? ZERO_FEN
}

type Scope = { readonly bookId: BookId; readonly complexId: ComplexId; readonly from: BusinessDate }
type Unpaid = {
  readonly number: string
  readonly title: string
  readonly unpaidFen: Fen
  readonly retentionFen: Fen
  readonly retentionDue: BusinessDate | null
}

function repairNeeds(ledger: Ledger, { bookId, complexId, from }: Scope): readonly DatedCash[] {
  const rows = ledger.prepare<[Record<string, unknown>], Unpaid>(APPROVED_UNPAID).all({ bookId, complexId })
  return rows.flatMap(({ number, title, unpaidFen, retentionFen, retentionDue }) => {
    const label = `${number} ${title}`
    const kept = retentionDue !== null && retentionDue > from ? fen(Math.min(unpaidFen, retentionFen)) : ZERO_FEN
    return [
      { label, date: from, amountFen: subtractFen(unpaidFen, kept) },
      { label: `${label} 质保金`, date: retentionDue ?? from, amountFen: kept },
    ].filter(({ amountFen }) => amountFen > 0)
  })
}

/** An instalment already overdue is no promise to plan with. */
function contractInflows(ledger: Ledger, { bookId, complexId, from }: Scope): readonly DatedCash[] {
  return openContracts(ledger, { bookId, complexId }).flatMap(({ number, counterpartyName, expected }) =>
    expected.filter(({ dueOn }) => dueOn > from).map(({ dueOn, amountFen }) => ({
      label: `合同 ${number} ${counterpartyName}`, date: dueOn, amountFen,
    })))
}

export function proposePlacement(ledger: Ledger, scope: Scope): PlacementProposal {
  const { bookId, complexId, from } = scope
  const certificates = listCertificates(ledger, { complexId, inForceOnly: true, limit: CERTIFICATE_LIMIT })
    .filter((certificate) => certificate.bookId === bookId && certificate.status === 'inForce')
  const banks = [...new Set(certificates.map(({ bankName }) => bankName))].sort()
  const latest = certificates.toSorted((a, b) => (a.valueDate < b.valueDate ? 1 : -1))[0]
  return {
    idleFen: demandBalance(ledger, { bookId, complexId }, from),
    needs: repairNeeds(ledger, scope),
    inflows: [...certificates.map(({ certificateNo, dueDate, principalFen }) => ({
      label: `存单 ${certificateNo}`, date: dueDate < from ? from : dueDate, amountFen: principalFen,
    })), ...contractInflows(ledger, scope)],
    held: banks.map((bank) => ({
      bank,
      heldFen: addFen(...certificates.filter((each) => each.bankName === bank).map(({ principalFen }) => principalFen)),
    })),
    demandRateMicro: latest?.demandRateMicro ?? null,
    minimumFen: policyFor(ledger, complexOf(ledger, complexId).profileCode, from).value('deposit.minimum'),
  }
}

export type OpenedCertificate = {
  /** Index in the input's offers. */
  readonly offer: number
  readonly certificateNo: string
  readonly attachments: readonly string[]
}

export type PlacementAcceptance = {
  readonly complexId: ComplexId
  /** Where the money comes from and returns to; its book is the plan's. */
  readonly bankAccountId: BankAccountId
  readonly input: PlacementInput
  readonly lots: PlacementLots
  /** One per offer that holds lots, as the banks opened them. */
  readonly certificates: readonly OpenedCertificate[]
  readonly personInCharge: UserId
}

export type AcceptedPlan = { readonly planId: PlacementPlanId; readonly certificateIds: readonly CertificateId[] }

function refuseUnsound(ledger: Ledger, acceptance: PlacementAcceptance, bookId: BookId): Fen {
  const { input, lots, certificates } = acceptance
  refuseBadInput(input)
  if (breachesOf(input, lots).length > 0) {
    throw new Problem({ code: 'placement.stale', message: '方案与填写的数据对不上：请重新求解后再接受' })
  }
  const placed = lots.flatMap((count, offer) => (count > 0 ? [offer] : []))
  const named = certificates.map(({ offer }) => offer)
  if (placed.length === 0) throw new Problem({ code: 'placement.empty', message: '方案没有要存入的存单，资金全部留在活期' })
  if (new Set(named).size !== named.length || named.length !== placed.length || !placed.every((offer) => named.includes(offer))) {
    throw new Problem({ code: 'placement.certificates', message: '请为方案的每一笔存入各填一张存单', field: 'certificates' })
  }
  const placedFen = addFen(...lots.map((count) => amountOf(input, count)))
  const balance = demandBalance(ledger, { bookId, complexId: acceptance.complexId }, input.from)
  if (placedFen > balance) {
    throw new Problem({ code: 'placement.balance', message: '方案存入的金额超过账上活期余额，请按账上余额重新求解', field: 'idleFen' })
  }
  return fen(placedFen)
}

/**
 * Writes every certificate of the plan with its draft voucher, and keeps the plan with what was asked. All or nothing.
 * Throws `placement.*` and what placing a certificate throws.
 */
export function acceptPlacement(context: ServiceContext, acceptance: PlacementAcceptance): AcceptedPlan {
  requireRole(context, 'preparer')
  const { ledger, clock, actor } = context
  const { input, lots, complexId, bankAccountId } = acceptance
  const account = bankAccountOf(ledger, bankAccountId)
  const placedFen = refuseUnsound(ledger, acceptance, account.bookId)
  return ledger.write(() => {
    const planId = idOf<'placementPlan'>(
      ledger
        .prepare<unknown[], never>(
          `INSERT INTO placement_plan (book_id, complex_id, starts_on, placed_fen, input, lots, accepted_by, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(account.bookId, complexId, input.from, placedFen, JSON.stringify(input), JSON.stringify(lots), actor.userId,
          clock.now())
        .lastInsertRowid,
    )
    const certificateIds = acceptance.certificates.map(({ offer: index, certificateNo, attachments }) => {
      const offer = input.offers[index]
      if (offer === undefined) throw new Problem({ code: 'placement.certificates', message: '方案里没有这条报价' })
      const { certificateId } = placeCertificate(context, {
        certificateNo, product: 'time', rateMicro: offer.rateMicro, demandRateMicro: input.demandRateMicro,
        dayCount: offer.dayCount, term: offer.term, valueDate: input.from, rolloverInstruction: 'none',
        personInCharge: acceptance.personInCharge,
        ...(offer.bank !== account.bankName && { bankName: offer.bank }),
        complexId, bankAccountId, principalFen: amountOf(input, lots[index] ?? 0), attachments,
      })
      ledger
        .prepare<unknown[], never>('INSERT INTO placement_plan_certificate (certificate_id, plan_id, offer) VALUES (?, ?, ?)')
        .run(certificateId, planId, index)
      return certificateId
    })
    logOperation(context, 'placement.accept', { kind: 'placementPlan', id: planId }, {
      complexId, bankAccountId, placedFen, lots, certificates: acceptance.certificates, certificateIds,
    })
    return { planId, certificateIds }
  })
}
