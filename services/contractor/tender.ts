/**
 * Choosing contractors, supervisors and auditors: the record of a tender with its quotes, the award by another person, and an
 * early end. What is wrong stays on record and is revoked with its reason.
 */
import type { BusinessDate } from '#core/calendar.ts'
import {
  idOf, type ComplexId, type CounterpartyId, type RepairId, type TenderAwardId, type TenderId, type TenderQuoteId,
} from '#core/id.ts'
import { matchName } from '#core/party-name.ts'
import { Problem } from '#core/problem.ts'
import { refuseBadAward, refuseBadTender, type AwardFacts, type TenderFacts, type TenderQuote } from '#core/contractor/tender.ts'
import { findAttachment } from '../attachment.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { noteAtStep } from '../finding/check-step.ts'
import { logOperation } from '../operation-log.ts'
import { complexOf, storeCounterparty } from '../register/complex.ts'
import { tenderOf } from './tender-record.ts'

export type NewTender = TenderFacts & {
  readonly number: string
  readonly complexId: ComplexId | null
  readonly repairId: RepairId | null
  readonly sha256: string
}

/** `(0562) 123-4567` and `01234567` are compared as digits. */
export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '')
}

function requirePaper(context: ServiceContext, sha256: string): void {
  if (findAttachment(context.ledger, sha256) !== undefined) return
  throw new Problem({ code: 'attachment.missing', message: '请先上传文件', field: 'sha256' })
}

function refuseForeignRepair(context: ServiceContext, { complexId, repairId }: NewTender): void {
  if (complexId !== null) complexOf(context.ledger, complexId)
  if (repairId === null) return
  const job = context.ledger
    .prepare<[number], { complexId: ComplexId }>('SELECT complex_id AS complexId FROM repair WHERE id = ?').get(repairId)
  if (job?.complexId === complexId) return
  throw new Problem({ code: 'tender.repair', message: '这项维修不在所选小区，请重新选择', field: 'repairId' })
}

/** Throws `tender.*`, `attachment.missing`, `record.duplicate` for a number used before. */
export function recordTender(context: ServiceContext, facts: NewTender): TenderId {
  requireRole(context, 'preparer', 'head')
  const { ledger, clock, actor } = context
  const quotes = facts.quotes.map((quote) => ({
    ...quote, bidder: quote.bidder.trim(), phone: digitsOf(quote.phone), bankAccount: digitsOf(quote.bankAccount),
  }))
  const number = facts.number.trim()
  if (number === '') throw new Problem({ code: 'tender.number', message: '请填写招标（比选）编号', field: 'number' })
  refuseBadTender({ ...facts, quotes }, clock.today())
  refuseForeignRepair(context, facts)
  requirePaper(context, facts.sha256)
  return ledger.write(() => {
    const id = idOf<'tender'>(
      ledger
        .prepare<unknown[], never>(
          `INSERT INTO tender (number, title, role, method, complex_id, repair_id, announced_on, opened_on, sha256,
             recorded_by, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(number, facts.title.trim(), facts.role, facts.method, facts.complexId, facts.repairId, facts.announcedOn,
          facts.openedOn, facts.sha256, actor.userId, clock.now())
        .lastInsertRowid,
    )
    const insert = ledger.prepare<unknown[], never>(
      `INSERT INTO tender_quote (tender_id, bidder, phone, bank_account, amount_fen, score_hundredths) VALUES (?, ?, ?, ?, ?, ?)`,
    )
    for (const { bidder, phone, bankAccount, amountFen, scoreHundredths } of quotes) {
      insert.run(id, bidder, phone, bankAccount, amountFen, scoreHundredths)
    }
    logOperation(context, 'tender.record', { kind: 'tender', id }, { ...facts, number, quotes })
    noteAtStep(context, 'tenderRecorded', {
      complexId: facts.complexId, bookId: null, from: facts.openedOn, to: facts.openedOn, subject: { kind: 'tender', ids: [id] },
    })
    return id
  })
}

export type NewAward = AwardFacts & { readonly tenderId: TenderId; readonly sha256: string }

/** The party of the bidder's name; a bidder the office has not dealt with yet becomes one, with the account of the quote. */
function partyOf(context: ServiceContext, { bidder, bankAccount }: TenderQuote): CounterpartyId {
  const known = context.ledger
    .prepare<[string], { id: CounterpartyId }>('SELECT id FROM counterparty WHERE match_name = ?').get(matchName(bidder))
  return known?.id ?? storeCounterparty(context, { kind: 'company', name: bidder, bankAccount })
}

/** By another person than recorded the quotes. Throws `tender.*`, `attachment.missing`. */
export function awardTender(context: ServiceContext, facts: NewAward): TenderAwardId {
  requireRole(context, 'reviewer', 'head')
  const { ledger, clock, actor } = context
  requirePaper(context, facts.sha256)
  return ledger.write(() => {
    const tender = tenderOf(ledger, facts.tenderId)
    if (tender.revokedReason !== null) throw new Problem({ code: 'tender.closed', message: `${tender.number} 已经撤销` })
    if (tender.recordedById === actor.userId) {
      throw new Problem({ code: 'tender.samePerson', message: '报价由您登记，定标要由另一人办理' })
    }
    const quotes = tender.quotes.map((each) => ({ ...each, isAwarded: each.award !== null }))
    refuseBadAward({ openedOn: tender.openedOn, quotes }, facts, clock.today())
    const quote = tender.quotes.find((each) => each.id === facts.quoteId)
    if (quote === undefined) throw new Problem({ code: 'tender.quote', message: '请从报价单位中选择', field: 'quoteId' })
    const counterpartyId = partyOf(context, quote)
    const id = idOf<'tenderAward'>(
      ledger
        .prepare<unknown[], never>(
          `INSERT INTO tender_award (quote_id, counterparty_id, awarded_on, valid_from, valid_to, reason, sha256, awarded_by, at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(facts.quoteId, counterpartyId, facts.awardedOn, facts.validFrom, facts.validTo, facts.reason.trim(), facts.sha256,
          actor.userId, clock.now())
        .lastInsertRowid,
    )
    logOperation(context, 'tender.award', { kind: 'tender', id: facts.tenderId },
      { number: tender.number, ...facts, counterpartyId })
    return id
  })
}

function requireReason(reason: string): string {
  if (reason.trim() === '') throw new Problem({ code: 'tender.reason', message: '请写明原因', field: 'reason' })
  return reason.trim()
}

/** Ended before its term (终止、清退), from that day on. Throws `tender.reason`, `tender.award`, `tender.dates`. */
export function endAward(
  context: ServiceContext, { awardId, endedOn, reason }: { awardId: TenderAwardId; endedOn: BusinessDate; reason: string },
): void {
  requireRole(context, 'reviewer', 'head')
  const why = requireReason(reason)
  const { ledger, clock, actor } = context
  ledger.write(() => {
    const award = ledger
      .prepare<[number], { tenderId: TenderId; quoteId: TenderQuoteId; validFrom: BusinessDate; validTo: BusinessDate }>(
        `SELECT q.tender_id AS tenderId, a.quote_id AS quoteId, a.valid_from AS validFrom, a.valid_to AS validTo
         FROM tender_award a JOIN tender_quote q ON q.id = a.quote_id WHERE a.id = ?`,
      )
      .get(awardId)
    if (award === undefined) throw new Problem({ code: 'tender.award', message: '没有这条中选记录，请刷新后重试' })
    if (endedOn < award.validFrom || endedOn > award.validTo) {
      const message = `终止日应在服务期 ${award.validFrom} 至 ${award.validTo} 之内`
      throw new Problem({ code: 'tender.dates', message, field: 'endedOn' })
    }
    ledger
      .prepare<unknown[], never>('INSERT INTO tender_award_end (award_id, ended_on, reason, ended_by, at) VALUES (?, ?, ?, ?, ?)')
      .run(awardId, endedOn, why, actor.userId, clock.now())
    logOperation(context, 'tender.end', { kind: 'tender', id: award.tenderId }, { awardId, endedOn, reason: why })
  })
}

/** A tender recorded wrongly, while nothing is awarded. Throws `tender.reason`, `tender.closed`. */
export function revokeTender(context: ServiceContext, id: TenderId, reason: string): void {
  requireRole(context, 'preparer', 'reviewer', 'head')
  const why = requireReason(reason)
  const { ledger, clock, actor } = context
  ledger.write(() => {
    const tender = tenderOf(ledger, id)
    if (tender.revokedReason !== null || tender.quotes.some(({ award }) => award !== null)) {
      throw new Problem({ code: 'tender.closed', message: `${tender.number} 已经定标或撤销：已定标的请终止服务并写明原因` })
    }
    ledger
      .prepare<unknown[], never>('INSERT INTO tender_revocation (tender_id, reason, revoked_by, at) VALUES (?, ?, ?, ?)')
      .run(id, why, actor.userId, clock.now())
    logOperation(context, 'tender.revoke', { kind: 'tender', id }, { number: tender.number, reason: why })
  })
}
