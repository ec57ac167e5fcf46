/** The reading tour through contractors: register, parties, tenders, quarters, scores, printed papers of jobs. */
import { parseQuarter, type BusinessDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { contractorPage, listContractors } from '#services/contractor/contractor.ts'
import { publishedQuarters, quarterDraft, staleScores } from '#services/contractor/contractor-quarter.ts'
import { scoreForm } from '#services/contractor/contractor-score.ts'
import { paymentOrders } from '#services/repair/payment-order.ts'
import { drawRecordOf, latestDrawOf } from '#services/repair/repair-draw-record.ts'
import { findRepairs } from '#services/repair/repair-board.ts'
import { listTenders, tenderOf } from '#services/contractor/tender-record.ts'
import { endAward, recordTender } from '#services/contractor/tender.ts'
import { setPolicyValue } from '#services/policy/policy.ts'
import { setCounterpartyAccount } from '#services/register/complex.ts'
import type { Desk } from '#services/sample/desk.ts'
import { orRefused } from './or-refused.ts'

export function lookAtContractors({ ledger, clock, head, reviewer, data, today }: Desk & { readonly today: BusinessDate }): void {
  // With criteria of its own the profile asks for scores, and the self-check looks who has none.
  setPolicyValue(head, {
    profileCode: 'AH-TONGLING', key: 'contractor.criteria', value: ['质量 60', '工期 20', '回访 20'], validFrom: data.openedOn,
    source: '考核细则', reason: '看看',
  }, { login: reviewer.actor.login, password: data.password })
  for (const { id } of listContractors(ledger, today)) contractorPage(ledger, id)
  for (const { id } of listTenders(ledger, { limit: 20 })) tenderOf(ledger, id)
  // Of another place than the job it names, and an award nobody made: refused after looking.
  const [job] = findRepairs(ledger, { text: '', limit: 1 })
  const quote = (bidder: string) => ({ bidder, phone: '', bankAccount: '', amountFen: fen(100), scoreHundredths: null })
  orRefused(() => recordTender(head, {
    number: '看看', title: '看看', role: 'contractor', method: 'comparison', complexId: null, repairId: job?.id ?? null,
    announcedOn: today, openedOn: today, sha256: '', quotes: ['甲', '乙', '丙'].map(quote),
  }))
  orRefused(() => setCounterpartyAccount(head, idOf<'counterparty'>(999_999), { bankName: '银行', bankAccount: '1' }))
  orRefused(() => endAward(head, { awardId: idOf<'tenderAward'>(1), endedOn: today, reason: '看看' }))
  quarterDraft(ledger, parseQuarter('2026Q3'))
  staleScores(ledger, parseQuarter('2026Q3'))
  publishedQuarters(ledger, parseQuarter('2026Q2'))
  for (const { id } of findRepairs(ledger, { text: '', limit: 30 })) {
    scoreForm({ ledger, clock }, id)
    paymentOrders(ledger, id)
    const draw = latestDrawOf(ledger, id)
    if (draw !== null) drawRecordOf(ledger, draw)
  }
}
