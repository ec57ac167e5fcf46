/** Reading tenders: the list, one tender with its quotes and awards, and whether a party is in force for a job. */
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, CounterpartyId, RepairId, TenderAwardId, TenderId, TenderQuoteId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import {
  appointmentOf, appointmentSentence, type Appointment, type AppointmentQuestion, type AwardTerm, type ContractorRole,
  type TenderMethod, type TenderQuote,
} from '#core/contractor/tender.ts'
import type { Ledger } from '#db/ledger.ts'
import { counterpartyName } from '../register/complex.ts'

export type ListedTender = {
  readonly id: TenderId
  readonly number: string
  readonly title: string
  readonly role: ContractorRole
  readonly method: TenderMethod
  /** Null: for every complex. */
  readonly complexName: string | null
  /** Null: for a term, not for one job. */
  readonly repairNumber: string | null
  readonly openedOn: BusinessDate
  readonly bidders: number
  readonly lowestFen: Fen
  /** Names of those chosen, '' before the award. */
  readonly winners: string
  readonly isRevoked: 0 | 1
}

const LISTED = `t.id, t.number, t.title, t.role, t.method, c.name AS complexName, r.number AS repairNumber,
    t.opened_on AS openedOn,
  (SELECT count(*) FROM tender_quote q WHERE q.tender_id = t.id) AS bidders,
  (SELECT min(amount_fen) FROM tender_quote q WHERE q.tender_id = t.id) AS lowestFen,
  coalesce((SELECT group_concat(k.name, '、') FROM tender_quote q JOIN tender_award a ON a.quote_id = q.id
    JOIN counterparty k ON k.id = a.counterparty_id WHERE q.tender_id = t.id), '') AS winners,
  EXISTS (SELECT 1 FROM tender_revocation r WHERE r.tender_id = t.id) AS isRevoked`

/** Newest first; keyset: numbers below `before`. */
export function listTenders(
  ledger: Ledger, page: { readonly before?: TenderId; readonly limit: number },
): readonly ListedTender[] {
  return ledger
    .prepare<[number, number], ListedTender>(
      `SELECT ${LISTED} FROM tender t LEFT JOIN complex c ON c.id = t.complex_id LEFT JOIN repair r ON r.id = t.repair_id
       WHERE t.id < ? ORDER BY t.id DESC LIMIT ?`,
    )
    .all(page.before ?? Number.MAX_SAFE_INTEGER, page.limit)
}

export type StoredAward = {
  readonly id: TenderAwardId
  readonly counterpartyId: CounterpartyId
  readonly counterpartyName: string
  readonly awardedOn: BusinessDate
  readonly validFrom: BusinessDate
  readonly validTo: BusinessDate
  readonly reason: string
  readonly sha256: string
  readonly awardedBy: string
  readonly endedOn: BusinessDate | null
  readonly endReason: string | null
}
export type StoredQuote = TenderQuote & { readonly id: TenderQuoteId; readonly award: StoredAward | null }

export type Tender = {
  readonly id: TenderId
  readonly number: string
  readonly title: string
  readonly role: ContractorRole
  readonly method: TenderMethod
  readonly complexId: ComplexId | null
  readonly complexName: string | null
  readonly repairId: RepairId | null
  readonly repairNumber: string | null
  readonly announcedOn: BusinessDate
  readonly openedOn: BusinessDate
  readonly sha256: string
  readonly recordedBy: string
  readonly recordedById: UserId
  readonly revokedReason: string | null
  /** Best first: by score, else by price. */
  readonly quotes: readonly StoredQuote[]
}

type AwardRow = StoredAward & { readonly quoteId: TenderQuoteId }

const AWARD = `SELECT a.id, a.quote_id AS quoteId, a.counterparty_id AS counterpartyId, k.name AS counterpartyName,
    a.awarded_on AS awardedOn, a.valid_from AS validFrom, a.valid_to AS validTo, a.reason, a.sha256, u.name AS awardedBy,
    e.ended_on AS endedOn, e.reason AS endReason
  FROM tender_award a JOIN counterparty k ON k.id = a.counterparty_id JOIN user u ON u.id = a.awarded_by
    LEFT JOIN tender_award_end e ON e.award_id = a.id`

/** Throws `tender.missing`. */
export function tenderOf(ledger: Ledger, id: TenderId): Tender {
  const row = ledger
    .prepare<[number], Omit<Tender, 'quotes'>>(
      `SELECT t.id, t.number, t.title, t.role, t.method, t.complex_id AS complexId, c.name AS complexName,
              t.repair_id AS repairId, r.number AS repairNumber, t.announced_on AS announcedOn, t.opened_on AS openedOn, t.sha256,
              u.name AS recordedBy, t.recorded_by AS recordedById, v.reason AS revokedReason
       FROM tender t JOIN user u ON u.id = t.recorded_by LEFT JOIN complex c ON c.id = t.complex_id
         LEFT JOIN repair r ON r.id = t.repair_id LEFT JOIN tender_revocation v ON v.tender_id = t.id WHERE t.id = ?`,
    )
    .get(id)
  if (row === undefined) throw new Problem({ code: 'tender.missing', message: '没有这次招标（比选），请刷新后重试' })
  const awards = ledger
    .prepare<[number], AwardRow>(`${AWARD} WHERE a.quote_id IN (SELECT id FROM tender_quote WHERE tender_id = ?)`).all(id)
  const quotes = ledger
    .prepare<[number], TenderQuote & { id: TenderQuoteId }>(
      `SELECT id, bidder, phone, bank_account AS bankAccount, amount_fen AS amountFen, score_hundredths AS scoreHundredths
       FROM tender_quote WHERE tender_id = ? ORDER BY coalesce(-score_hundredths, amount_fen), id`,
    )
    .all(id)
    .map((quote): StoredQuote => {
      const found = awards.find(({ quoteId }) => quoteId === quote.id)
      if (found === undefined) return { ...quote, award: null }
      const { quoteId: _, ...award } = found
      return { ...quote, award }
    })
  return { ...row, quotes }
}

export type PartyAward = AwardTerm & { readonly tenderId: TenderId; readonly tenderNumber: string; readonly tenderTitle: string }

/** Every award a party was given, the latest first. */
export function awardsOfParty(ledger: Ledger, counterpartyId: CounterpartyId): readonly PartyAward[] {
  return ledger
    .prepare<[number], PartyAward>(
      `SELECT a.id, t.role, t.complex_id AS complexId, t.repair_id AS repairId, a.valid_from AS validFrom, a.valid_to AS validTo,
              e.ended_on AS endedOn, t.id AS tenderId, t.number AS tenderNumber, t.title AS tenderTitle
       FROM tender_award a JOIN tender_quote q ON q.id = a.quote_id JOIN tender t ON t.id = q.tender_id
         LEFT JOIN tender_award_end e ON e.award_id = a.id
       WHERE a.counterparty_id = ? ORDER BY a.valid_from DESC, a.id DESC`,
    )
    .all(counterpartyId)
}

export type AppointmentAnswer = { readonly appointment: Appointment; /** Null when in force. */ readonly sentence: string | null }

export type AppointmentReader = (counterpartyId: CounterpartyId, question: AppointmentQuestion) => AppointmentAnswer

/** Each party's awards are read once: the self-check asks for every job, and a few dozen parties do them all. */
export function appointmentReader(ledger: Ledger): AppointmentReader {
  const known = new Map<CounterpartyId, { readonly name: string; readonly awards: readonly PartyAward[] }>()
  return (id, question) => {
    const party = known.get(id) ?? { name: counterpartyName(ledger, id) ?? '', awards: awardsOfParty(ledger, id) }
    known.set(id, party)
    const appointment = appointmentOf(party.awards, question)
    return { appointment, sentence: appointmentSentence(party.name, question.role, appointment) }
  }
}

/** Whether a party may take a job of that role on that day. */
export function appointmentFor(
  ledger: Ledger, counterpartyId: CounterpartyId, question: AppointmentQuestion,
): AppointmentAnswer {
  return appointmentReader(ledger)(counterpartyId, question)
}

/** `on`: the day the party took the job: its report, the change of contractor, the settlement it audited. */
export type JobParty = { readonly role: ContractorRole; readonly counterpartyId: CounterpartyId; readonly on: BusinessDate }
export type JobParties = {
  readonly complexId: ComplexId
  readonly repairId: RepairId | null
  readonly parties: readonly JobParty[]
}

/** Who of a job's parties was not in force on its day, with the sentence that says why; empty: all were. */
export function unappointedParties(
  appointment: AppointmentReader, { complexId, repairId, parties }: JobParties,
): readonly { readonly role: ContractorRole; readonly sentence: string }[] {
  return parties.flatMap(({ role, counterpartyId, on }) => {
    const { sentence } = appointment(counterpartyId, { role, complexId, repairId, on })
    return sentence === null ? [] : [{ role, sentence }]
  })
}
