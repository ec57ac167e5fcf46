/** Tenders, who was chosen, who was scored. */
import { parseDate } from '#core/calendar.ts'
import { OWN_CRITERIA, readCriteria } from '#core/contractor/contractor-score.ts'
import type { ContractorRole } from '#core/contractor/tender.ts'
import { parseYuan } from '#core/money.ts'
import type { RepairId } from '#core/id.ts'
import { scoreRepair } from '#services/contractor/contractor-score.ts'
import { awardTender, recordTender } from '#services/contractor/tender.ts'
import { tenderOf } from '#services/contractor/tender-record.ts'
import { followUpRepair } from '#services/repair/repair-settlement.ts'
import { postDrafts } from '#services/voucher/posting.ts'
import { reviewDraft } from '#services/voucher/voucher-draft.ts'
import { PASSWORD } from '../office.ts'
import { makeRepairOffice, type RepairOffice } from '../repair/repair-office.ts'
import { pay, toPayment, wholeOffice } from '../repair/whole-path.ts'
import { at, type Looked, type RulePairs } from './rule-pair.ts'

type Held = { readonly repairId: RepairId | null; readonly openedOn: string; readonly awardedOn: string }
const FOR_THE_YEAR: Held = { repairId: null, openedOn: '2024-12-10', awardedOn: '2024-12-20' }

/** Three quotes compared, for the year 2025 unless told otherwise; the first bidder named wins where `isAwarded`. */
export function tender(
  office: RepairOffice, bidder: string, role: ContractorRole, second: string, isAwarded = true, held = FOR_THE_YEAR,
): void {
  const quote = (name: string, yuan: string) =>
    ({ bidder: name, phone: '', bankAccount: '', amountFen: parseYuan(yuan), scoreHundredths: null })
  const id = recordTender(office.preparer, {
    number: `BX-${bidder}`, title: '选取', role, method: 'comparison', complexId: office.complexId,
    repairId: held.repairId, announcedOn: parseDate('2024-12-01'), openedOn: parseDate(held.openedOn), sha256: office.paper,
    quotes: [quote(bidder, '98000'), quote('乙公司', second), quote('丙公司', '120000')],
  })
  const [best] = tenderOf(office.ledger, id).quotes
  if (!isAwarded || best === undefined) return
  awardTender(office.reviewer, {
    tenderId: id, quoteId: best.id, awardedOn: parseDate(held.awardedOn),
    validFrom: parseDate(held.repairId === null ? '2025-01-01' : held.awardedOn),
    validTo: parseDate('2025-12-31'), reason: '', sha256: office.paper,
  })
}

function quoted(second: string): Looked {
  const office = makeRepairOffice()
  office.preset('check.quoteSpreadPercent', '1')
  tender(office, '甲公司', 'contractor', second, false)
  return at(office)
}

function reported(isSupervisorChosen: boolean): Looked {
  const office = makeRepairOffice()
  office.preset('contractor.mustBeChosen', false)
  tender(office, '示例修缮工程有限公司', 'contractor', '109000')
  if (isSupervisorChosen) tender(office, '示例监理有限公司', 'supervisor', '109000')
  office.report('800.00')
  return at(office)
}

/** Closed on 2025-10-09, in the fourth quarter. */
function closed(): Looked {
  const office = makeRepairOffice()
  office.preset('contractor.criteria', OWN_CRITERIA.contractor)
  office.receive(office.maintenance, '4001', '50000.00', '2025-02-01')
  const draft = office.walk(office.report('3000.00'), '3000.00')
  reviewDraft(office.reviewer, draft)
  postDrafts(office.bookkeeper, [draft])
  return at(office, '2026-01-01')
}

function score(office: RepairOffice, repairId: RepairId, followUp: number): void {
  const items = readCriteria(OWN_CRITERIA.contractor, 'contractor').map(({ points, isFollowUp }) =>
    (isFollowUp ? { given: followUp, note: '按回访' } : { given: points, note: '' }))
  scoreRepair(office.reviewer, { repairId, role: 'contractor', items, reason: '' }, { login: 'zhang', password: PASSWORD })
}

/** The owner was asked after the payment and spoke of defects; scored before that or after it. */
function heard(isScoredBefore: boolean): Looked {
  const office = wholeOffice()
  const id = toPayment(office)
  if (isScoredBefore) score(office, id, 10)
  pay(office, id, '4800.00')
  pay(office, id, '2960.00')
  followUpRepair(office.preparer, id, { on: parseDate('2025-10-09'), result: 'defects', person: '3幢 501', said: '仍在渗水' })
  if (!isScoredBefore) score(office, id, 0)
  return at(office)
}

export const CONTRACTOR_PAIRS: RulePairs = {
  'repair.similarQuotes': { says: /有报价完全相同/, told: () => quoted('98000'), quiet: () => quoted('109000') },
  'repair.contractorNotChosen': { says: /监理单位/, told: () => reported(false), quiet: () => reported(true) },
  'repair.contractorNotScored': {
    says: /2025-10-09 已办结，施工单位“示例修缮工程有限公司”/, told: closed, quiet: '2025-12-31',
  },
  'contractor.staleScore': { says: /考核 \d+ 分（回访：尚未回访）/, told: () => heard(true), quiet: () => heard(false) },
}
