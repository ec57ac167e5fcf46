/** Reading competitive placing: the list of batches, and one batch with its lots, bids, awards and certificates. */
import type { BusinessDate } from '#core/calendar.ts'
import type {
  BookId, CertificateId, ComplexId, PlacingAwardId, PlacingBatchId, PlacingBidId, PlacingLotId, UserId,
} from '#core/id.ts'
import type { DepositTerm } from '#core/deposit/interest.ts'
import { addFen, type Fen } from '#core/money.ts'
import {
  batchState, batchTotals, lotState, type BatchState, type BatchTerms, type BatchTotals, type LotStanding, type LotState,
  type OfferedCertificate, type StandingAward, type StandingBid,
} from '#core/placing/placing.ts'
import { Problem } from '#core/problem.ts'
import type { RateMicro } from '#core/rate.ts'
import type { Ledger } from '#db/ledger.ts'

export type PlacingBatch = BatchTerms & {
  readonly id: PlacingBatchId
  readonly number: string
  readonly title: string
  readonly bookId: BookId
  readonly bookName: string
  readonly decisionNo: string
  readonly decisionSha256: string
  readonly decisionName: string
  readonly recordedBy: UserId
  readonly recorder: string
  readonly at: string
}

const BATCH = `SELECT t.id, t.number, t.title, t.book_id AS bookId, b.name AS bookName, t.decision_no AS decisionNo,
    t.decided_on AS decidedOn, t.decision_sha256 AS decisionSha256, a.name AS decisionName, t.total_fen AS totalFen,
    t.minimum_rate_micro AS minimumRateMicro, t.opens_on AS opensOn, t.lots_per_bank AS lotsPerBank,
    t.share_limit_micro AS shareLimitMicro, t.recorded_by AS recordedBy, u.name AS recorder, t.at
  FROM placing_batch t JOIN book b ON b.id = t.book_id JOIN attachment a ON a.sha256 = t.decision_sha256
    JOIN user u ON u.id = t.recorded_by`

export type BidVersion = StandingBid & {
  readonly lotId: PlacingLotId
  readonly replacesId: PlacingBidId | null
  readonly reason: string
  readonly recorder: string
  readonly at: string
}

export type AwardVersion = {
  readonly id: PlacingAwardId
  readonly lotId: PlacingLotId
  readonly bidId: PlacingBidId | null
  readonly awardedOn: BusinessDate
  readonly reason: string
  readonly awarder: string
  readonly at: string
  /** Null while it stands. */
  readonly revokedReason: string | null
  readonly agreementNo: string | null
  readonly agreementSha256: string | null
  readonly validFrom: BusinessDate | null
  readonly validTo: BusinessDate | null
}

export type LinkedCertificate = {
  readonly linkId: number
  readonly awardId: PlacingAwardId
  readonly certificateId: CertificateId
  readonly certificateNo: string
  readonly complexName: string
  readonly principalFen: Fen
  readonly rateMicro: RateMicro
  readonly valueDate: BusinessDate
  readonly dueDate: BusinessDate
  /** Null while it counts. */
  readonly unlinkedReason: string | null
}

export type PlacingLot = LotStanding & {
  readonly note: string
  readonly state: LotState
  /** Every bid and award as recorded, oldest first. */
  readonly bidVersions: readonly BidVersion[]
  readonly awards: readonly AwardVersion[]
  readonly certificates: readonly LinkedCertificate[]
}

export type PlacingCard = PlacingBatch & {
  readonly state: BatchState
  readonly totals: BatchTotals
  readonly lots: readonly PlacingLot[]
}

type LotRow = {
  readonly id: PlacingLotId
  readonly seq: number
  readonly amountFen: Fen
  readonly termMonths: number | null
  readonly termDays: number | null
  readonly minimumRateMicro: RateMicro
  readonly note: string
}

function lotsOf(ledger: Ledger, batchId: PlacingBatchId): readonly LotRow[] {
  return ledger
    .prepare<[number], LotRow>(
      `SELECT id, seq, amount_fen AS amountFen, term_months AS termMonths, term_days AS termDays,
              minimum_rate_micro AS minimumRateMicro, note FROM placing_lot WHERE batch_id = ? ORDER BY seq`,
    )
    .all(batchId)
}

function bidsOf(ledger: Ledger, lotId: PlacingLotId): readonly BidVersion[] {
  return ledger
    .prepare<[number], BidVersion>(
      `SELECT b.id, b.lot_id AS lotId, b.bank, b.rate_micro AS rateMicro, b.score_hundredths AS scoreHundredths, b.rank,
              b.recusal, b.replaces_id AS replacesId, b.reason, b.recorded_by AS recordedBy, u.name AS recorder, b.at
       FROM placing_bid b JOIN user u ON u.id = b.recorded_by WHERE b.lot_id = ? ORDER BY b.id`,
    )
    .all(lotId)
}

function awardsOf(ledger: Ledger, lotId: PlacingLotId): readonly AwardVersion[] {
  return ledger
    .prepare<[number], AwardVersion>(
      `SELECT a.id, a.lot_id AS lotId, a.bid_id AS bidId, a.awarded_on AS awardedOn, a.reason, u.name AS awarder, a.at,
              r.reason AS revokedReason, g.number AS agreementNo, g.sha256 AS agreementSha256, g.valid_from AS validFrom,
              g.valid_to AS validTo
       FROM placing_award a JOIN user u ON u.id = a.awarded_by LEFT JOIN placing_revocation r ON r.award_id = a.id
         LEFT JOIN placing_agreement g ON g.award_id = a.id
       WHERE a.lot_id = ? ORDER BY a.id`,
    )
    .all(lotId)
}

function certificatesOf(ledger: Ledger, awardId: PlacingAwardId): readonly LinkedCertificate[] {
  return ledger
    .prepare<[number], LinkedCertificate>(
      `SELECT l.id AS linkId, l.award_id AS awardId, c.id AS certificateId, c.certificate_no AS certificateNo,
              x.name AS complexName, c.placed_fen AS principalFen, c.rate_micro AS rateMicro, c.value_date AS valueDate,
              c.due_date AS dueDate,
              u.reason AS unlinkedReason
       FROM placing_certificate l JOIN certificate_now c ON c.id = l.certificate_id JOIN complex x ON x.id = c.complex_id
         LEFT JOIN placing_unlinking u ON u.link_id = l.id
       WHERE l.award_id = ? ORDER BY l.id`,
    )
    .all(awardId)
}

export function termOfRow(row: { readonly termMonths: number | null; readonly termDays: number | null }): DepositTerm {
  return row.termMonths === null ? { unit: 'days', count: row.termDays ?? 0 } : { unit: 'months', count: row.termMonths }
}

function standingAward(awards: readonly AwardVersion[], certificates: readonly LinkedCertificate[]): StandingAward | null {
  const award = awards.find(({ revokedReason }) => revokedReason === null)
  if (award === undefined) return null
  const { id, bidId, validFrom, validTo } = award
  const counted = certificates.filter((each) => each.awardId === id && each.unlinkedReason === null)
  return {
    id, bidId, placedFen: addFen(...counted.map(({ principalFen }) => principalFen)),
    agreement: validFrom === null || validTo === null ? null : { validFrom, validTo },
  }
}

function lotOf(ledger: Ledger, row: LotRow): PlacingLot {
  const bidVersions = bidsOf(ledger, row.id)
  const replaced = new Set(bidVersions.map(({ replacesId }) => replacesId))
  const awards = awardsOf(ledger, row.id)
  const certificates = awards.flatMap(({ id }) => certificatesOf(ledger, id))
  const { termMonths, termDays, ...facts } = row
  const award = standingAward(awards, certificates)
  return {
    ...facts,
    term: termOfRow({ termMonths, termDays }),
    bids: bidVersions.filter(({ id }) => !replaced.has(id)),
    award,
    state: lotState({ amountFen: row.amountFen, award }),
    bidVersions, awards, certificates,
  }
}

/** Throws `placing.missing`. */
export function placingBatchOf(ledger: Ledger, id: PlacingBatchId): PlacingCard {
  const batch = ledger.prepare<[number], PlacingBatch>(`${BATCH} WHERE t.id = ?`).get(id)
  if (batch === undefined) throw new Problem({ code: 'placing.missing', message: '没有这个存放批次' })
  const lots = lotsOf(ledger, id).map((row) => lotOf(ledger, row))
  return { ...batch, state: batchState(lots), totals: batchTotals(lots), lots }
}

export type ListedBatch = Omit<PlacingCard, 'lots'> & { readonly lotCount: number; readonly banks: readonly string[] }

/** Newest opening first; a page is small, so each batch is read whole. */
export function listPlacingBatches(
  ledger: Ledger,
  page: { readonly after?: { readonly opensOn: BusinessDate; readonly id: PlacingBatchId }; readonly limit: number },
): readonly ListedBatch[] {
  return ledger
    .prepare<[Record<string, unknown>], { id: PlacingBatchId }>(
      `SELECT id FROM placing_batch WHERE (opens_on, id) < (:opensOn, :id) ORDER BY opens_on DESC, id DESC LIMIT :limit`,
    )
    .all({ opensOn: page.after?.opensOn ?? '9999-12-31', id: page.after?.id ?? Number.MAX_SAFE_INTEGER, limit: page.limit })
    .map(({ id }) => {
      const { lots, ...batch } = placingBatchOf(ledger, id)
      const banks = [...new Set(lots.flatMap(({ bids }) => bids.map(({ bank }) => bank)))]
      return { ...batch, lotCount: lots.length, banks }
    })
}

/** Which lot of the batch an award belongs to. Throws `placing.missing`. */
export function batchOfLot(ledger: Ledger, lotId: PlacingLotId): PlacingCard {
  const row = ledger
    .prepare<[number], { batchId: PlacingBatchId }>('SELECT batch_id AS batchId FROM placing_lot WHERE id = ?')
    .get(lotId)
  if (row === undefined) throw new Problem({ code: 'placing.missing', message: '没有这个标段' })
  return placingBatchOf(ledger, row.batchId)
}

type CertificateRow = Omit<OfferedCertificate, 'term'> & {
  readonly certificateNo: string
  readonly complexName: string
  readonly dueDate: BusinessDate
  readonly bookId: BookId
  readonly complexId: ComplexId
  readonly termMonths: number | null
  readonly termDays: number | null
}

export type CertificateChoice = OfferedCertificate & Omit<CertificateRow, 'termMonths' | 'termDays'>

const CHOICE = `SELECT c.id, c.certificate_no AS certificateNo, c.book_id AS bookId, c.complex_id AS complexId,
    x.name AS complexName, coalesce(nullif(c.bank_name, ''), k.bank_name) AS bank, c.placed_fen AS principalFen,
    c.rate_micro AS rateMicro, c.term_months AS termMonths, c.term_days AS termDays, c.value_date AS valueDate,
    c.due_date AS dueDate
  FROM certificate_now c JOIN complex x ON x.id = c.complex_id JOIN bank_account k ON k.id = c.bank_account_id`

/** A certificate as a lot looks at it. Throws `certificate.missing`. */
export function certificateForLot(ledger: Ledger, id: CertificateId): CertificateChoice {
  const row = ledger.prepare<[number], CertificateRow>(`${CHOICE} WHERE c.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'certificate.missing', message: '没有这张存单', field: 'certificateId' })
  return { ...row, term: termOfRow(row) }
}

/** Certificates of the batch's book, in no lot yet, whose value date lies within the lot's agreement. */
export function certificateChoices(ledger: Ledger, lotId: PlacingLotId, limit: number): readonly CertificateChoice[] {
  const { bookId, lots } = batchOfLot(ledger, lotId)
  const lot = lots.find(({ id }) => id === lotId)
  const agreement = lot?.award?.agreement ?? null
  const bank = lot?.bids.find(({ id }) => id === lot.award?.bidId)?.bank
  if (agreement === null || bank === undefined) return []
  return ledger
    .prepare<[Record<string, unknown>], CertificateRow>(
      `${CHOICE} WHERE c.due_date > :from AND c.book_id = :bookId AND c.value_date BETWEEN :from AND :to
         AND coalesce(nullif(c.bank_name, ''), k.bank_name) = :bank AND c.status <> 'cancelled'
         AND NOT EXISTS (SELECT 1 FROM placing_certificate o WHERE o.certificate_id = c.id
           AND NOT EXISTS (SELECT 1 FROM placing_unlinking u WHERE u.link_id = o.id))
       ORDER BY c.value_date, c.id LIMIT :limit`,
    )
    .all({ from: agreement.validFrom, to: agreement.validTo, bookId, bank, limit })
    .map((row) => ({ ...row, term: termOfRow(row) }))
}
