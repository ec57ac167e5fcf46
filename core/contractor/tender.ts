/**
 * How contractors, supervisors and auditors come to work for the fund: chosen by a tender record (招标、比选), for a term, never
 * self-appointed (铜陵 1(4), 13(4)). Who is not in force on the day of a job for its role may not work, or is said to (profile).
 */
import type { BusinessDate } from '../calendar.ts'
import type { ComplexId, RepairId, TenderAwardId, TenderQuoteId } from '../id.ts'
import { formatYuan, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'

export const CONTRACTOR_ROLES = ['contractor', 'supervisor', 'auditor'] as const
export type ContractorRole = (typeof CONTRACTOR_ROLES)[number]
export const CONTRACTOR_ROLE_WORD: Readonly<Record<ContractorRole, string>> = {
  contractor: '施工单位', supervisor: '监理单位', auditor: '审计机构',
}

export const TENDER_METHODS = ['openTender', 'invitedTender', 'comparison'] as const
export type TenderMethod = (typeof TENDER_METHODS)[number]
export const TENDER_METHOD_WORD: Readonly<Record<TenderMethod, string>> = {
  openTender: '公开招标', invitedTender: '邀请招标', comparison: '比选',
}

/** 招标投标法 art. 28: fewer than three bidders means a new tender; 比选 is the office's own procedure and needs two. */
const LEAST_BIDDERS: Readonly<Record<TenderMethod, number>> = { openTender: 3, invitedTender: 3, comparison: 2 }

export type TenderQuote = {
  readonly bidder: string
  /** Digits only, '' when not given: two bidders who share one are one (招标投标法 art. 32). */
  readonly phone: string
  readonly bankAccount: string
  readonly amountFen: Fen
  /** Hundredths of a point by the evaluation minutes; null where only the price was compared. */
  readonly scoreHundredths: number | null
}

export type TenderFacts = {
  readonly title: string
  readonly role: ContractorRole
  readonly method: TenderMethod
  readonly announcedOn: BusinessDate
  readonly openedOn: BusinessDate
  readonly quotes: readonly TenderQuote[]
}

/** Throws `tender.*` with the field, and the row of a quote. */
export function refuseBadTender(facts: TenderFacts, today: BusinessDate): void {
  if (facts.title.trim() === '') throw new Problem({ code: 'tender.title', message: '请写明选什么单位、做什么', field: 'title' })
  if (facts.announcedOn > facts.openedOn) {
    throw new Problem({ code: 'tender.dates', message: '开标（比选）日不能早于公告日', field: 'openedOn' })
  }
  if (facts.openedOn > today) throw new Problem({ code: 'tender.dates', message: '开标（比选）日不能晚于今天', field: 'openedOn' })
  const least = LEAST_BIDDERS[facts.method]
  if (facts.quotes.length < least) {
    const message = `${TENDER_METHOD_WORD[facts.method]}至少要 ${least} 家报价，现有 ${facts.quotes.length} 家：不足的应重新组织`
    throw new Problem({ code: 'tender.bidders', message, field: 'quotes' })
  }
  const names = new Set<string>()
  for (const [index, quote] of facts.quotes.entries()) {
    const row = index + 1
    const bidder = quote.bidder.trim()
    if (bidder === '') throw new Problem({ code: 'tender.bidder', message: `第 ${row} 家没有填单位名称`, field: 'quotes', row })
    if (names.has(bidder)) throw new Problem({ code: 'tender.bidder', message: `${bidder}填了两次`, field: 'quotes', row })
    names.add(bidder)
    if (quote.amountFen <= 0) {
      throw new Problem({ code: 'tender.amount', message: `${bidder}的报价应大于零`, field: 'quotes', row })
    }
  }
  const scored = facts.quotes.filter(({ scoreHundredths }) => scoreHundredths !== null).length
  if (scored !== 0 && scored !== facts.quotes.length) {
    throw new Problem({ code: 'tender.scores', message: '评分要么每家都填，要么都不填', field: 'quotes' })
  }
}

/** Better: the higher score; without scores the lower price. */
export function isBetterQuote(
  one: Pick<TenderQuote, 'amountFen' | 'scoreHundredths'>, other: Pick<TenderQuote, 'amountFen' | 'scoreHundredths'>,
): boolean {
  if (one.scoreHundredths !== null && other.scoreHundredths !== null) return one.scoreHundredths > other.scoreHundredths
  return one.amountFen < other.amountFen
}

export type StandingQuote = TenderQuote & { readonly id: TenderQuoteId; readonly isAwarded: boolean }

/** Bidders passed over when `quoteId` is awarded: only with a reason. */
export function passedOver(quotes: readonly StandingQuote[], quoteId: TenderQuoteId): readonly StandingQuote[] {
  const chosen = quotes.find(({ id }) => id === quoteId)
  if (chosen === undefined) return []
  return quotes.filter((quote) => quote.id !== quoteId && !quote.isAwarded && isBetterQuote(quote, chosen))
}

export type AwardFacts = {
  readonly quoteId: TenderQuoteId
  readonly awardedOn: BusinessDate
  readonly validFrom: BusinessDate
  readonly validTo: BusinessDate
  readonly reason: string
}

/** Throws `tender.dates`, `tender.awarded`, `tender.quote`, `tender.passedOver`. */
export function refuseBadAward(
  tender: { readonly openedOn: BusinessDate; readonly quotes: readonly StandingQuote[] }, award: AwardFacts, today: BusinessDate,
): void {
  if (award.awardedOn < tender.openedOn || award.awardedOn > today) {
    const message = `定标日应在开标日 ${tender.openedOn} 至今天之间`
    throw new Problem({ code: 'tender.dates', message, field: 'awardedOn' })
  }
  if (award.validFrom < award.awardedOn) {
    throw new Problem({ code: 'tender.dates', message: '服务期不能从定标日以前开始', field: 'validFrom' })
  }
  if (award.validTo < award.validFrom) {
    throw new Problem({ code: 'tender.dates', message: '服务期止日不能早于起日', field: 'validTo' })
  }
  const quote = tender.quotes.find(({ id }) => id === award.quoteId)
  if (quote === undefined) throw new Problem({ code: 'tender.quote', message: '请从报价单位中选择', field: 'quoteId' })
  if (quote.isAwarded) throw new Problem({ code: 'tender.awarded', message: `${quote.bidder}已经中选`, field: 'quoteId' })
  const over = passedOver(tender.quotes, award.quoteId)
  if (over.length > 0 && award.reason.trim() === '') {
    const named = over.map(({ bidder, amountFen }) => `${bidder}（${formatYuan(amountFen)} 元）`).join('、')
    throw new Problem({ code: 'tender.passedOver', message: `${named}排名在前，请写明不选的理由`, field: 'reason' })
  }
}

/** One award as far as it decides whether a party may work. */
export type AwardTerm = {
  readonly id: TenderAwardId
  readonly role: ContractorRole
  /** Null: for the whole office. */
  readonly complexId: ComplexId | null
  /** Null: for a term, not for one job. */
  readonly repairId: RepairId | null
  readonly validFrom: BusinessDate
  readonly validTo: BusinessDate
  /** Ended early on this day (终止、清退); null while it runs. */
  readonly endedOn: BusinessDate | null
}

export type AppointmentQuestion = {
  readonly role: ContractorRole
  readonly complexId: ComplexId
  readonly repairId: RepairId | null
  readonly on: BusinessDate
}

export type Appointment =
  | { readonly kind: 'inForce'; readonly awardId: TenderAwardId; readonly until: BusinessDate }
  | { readonly kind: 'never' }
  | { readonly kind: 'notYet'; readonly from: BusinessDate }
  | { readonly kind: 'expired'; readonly on: BusinessDate }
  | { readonly kind: 'ended'; readonly on: BusinessDate }

/** The last day an award covers: the day before it was ended early, at most the end of its term. */
function lastDay(award: AwardTerm): { readonly day: BusinessDate; readonly isEnded: boolean } {
  const { endedOn, validTo } = award
  return endedOn !== null && endedOn <= validTo ? { day: endedOn, isEnded: true } : { day: validTo, isEnded: false }
}

/** Whether a party with these awards may do a job of that role on that day, and if not, why. */
export function appointmentOf(awards: readonly AwardTerm[], question: AppointmentQuestion): Appointment {
  const { on } = question
  const fitting = awards.filter((award) =>
    award.role === question.role
    && (award.complexId === null || award.complexId === question.complexId)
    && (award.repairId === null || award.repairId === question.repairId))
  const running = fitting.find((award) => {
    const { day, isEnded } = lastDay(award)
    return award.validFrom <= on && (isEnded ? on < day : on <= day)
  })
  if (running !== undefined) return { kind: 'inForce', awardId: running.id, until: running.validTo }
  const begun = fitting.filter(({ validFrom }) => validFrom <= on)
  const past = begun.toSorted((a, b) => (lastDay(a).day < lastDay(b).day ? 1 : -1))[0]
  if (past !== undefined) {
    const { day, isEnded } = lastDay(past)
    return { kind: isEnded ? 'ended' : 'expired', on: day }
  }
  const coming = fitting.toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))[0]
  return coming === undefined ? { kind: 'never' } : { kind: 'notYet', from: coming.validFrom }
}

/** Null when in force. */
export function appointmentSentence(name: string, role: ContractorRole, appointment: Appointment): string | null {
  const who = `${CONTRACTOR_ROLE_WORD[role]}“${name}”`
  switch (appointment.kind) {
    case 'inForce':
      return null
    case 'never':
      return `${who}没有招标（比选）中选记录，请先登记选取过程`
    case 'notYet':
      return `${who}的服务期从 ${appointment.from} 开始`
    case 'expired':
      return `${who}的服务期已于 ${appointment.on} 届满`
    case 'ended':
      return `${who}已于 ${appointment.on} 终止服务`
  }
}
