/** At least one row in every table, so that a loop over tables has something to attack in each. */
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import type { Ledger } from '#db/ledger.ts'
import {
  ACCOUNT, addCertificate, addDecision, addDisclosure, addDraft, addPaper, addStatement, BANK, certificateEvent, fillSample,
  insert, MAINTENANCE,
  nextVoucherId, NOW, outcome, PEOPLE, post, PUBLIC_INCOME, requestDisclosure, reviewDraft, sampleLedger, sha256,
} from './sample-ledger.ts'
import { addRegister } from './sample-household.ts'
import { addHouseholdMoney } from './sample-household-money.ts'
import { addAuthority } from './sample-authority.ts'
import { addContractors } from './sample-contractor.ts'
import { addPlacing } from './sample-placing.ts'
import { siteDetail } from './sample-review.ts'
import { filePapers, moneyOf } from './sample-repair.ts'
import { addWarranty } from './sample-warranty.ts'

/** An open ledger with it, closed and removed when the test ends. */
export function fullLedger(): Ledger {
  return sampleLedger(fillWithEverything)
}

function fillWithEverything(ledger: Ledger): void {
  fillSample(ledger)
  addOneOfEverything(ledger)
}

export function addOneOfEverything(ledger: Ledger): void {
  ledger.write(() => {
    addPolicy(ledger)
    insert(ledger, 'operation', {
      id: 1, at: NOW, actor_id: PEOPLE.preparer, action: 'office.make', subject: 'office', detail: '{}', prev_hash: '',
      hash: sha256('1'),
    })
    addPostedDraftWithPaper(ledger)
    transfer(ledger, addDecision(ledger))
    const { line } = addStatement(ledger)
    outcome(ledger, line, 'skipped', { reason: '试转' })
    const { batch: overlapping } = addStatement(ledger, 'overlapping.csv')
    insert(ledger, 'statement_repeat', { batch_id: overlapping, file_line: 3, statement_line_id: line })
    insert(ledger, 'statement_rule', {
      code: 'interest', version: 1, fund_kind: 'maintenance', kind: 'interest', match_words: '["结息"]', account_code: '4101',
      is_active: 1, reason: '试行', set_by: PEOPLE.preparer, approved_by: PEOPLE.reviewer, at: NOW,
    })
    insert(ledger, 'statement_mapping', {
      bank_account_id: BANK.maintenanceOfFirst, heading: '日期|金额', version: 1, name: '示例银行', mapping: '{}', is_active: 1,
      set_by: PEOPLE.preparer, at: NOW,
    })
    const { batch } = addStatement(ledger, 'taken-back.csv')
    insert(ledger, 'statement_rollback', { batch_id: batch, reason: '文件选错', actor_id: PEOPLE.reconciler, at: NOW })
    addReconciliation(ledger)
    addDeposits(ledger)
    addPlacing(ledger)
    addContractors(ledger, addRepair(ledger))
    addWarranty(ledger)
    addObjection(ledger)
    addAuthority(ledger)
    addContract(ledger)
    addNotice(ledger)
    addRegister(ledger)
    addFinding(ledger)
    addHouseholdMoney(ledger, addDraft(ledger))
  })
}

/** A match, one taken back, a month's table checked by a second person, another re-opened, and what the bank confirmed. */
function addReconciliation(ledger: Ledger): void {
  const { line } = addStatement(ledger, 'reconciled.csv')
  outcome(ledger, line, 'matched', { voucher_id: post(ledger) })
  outcome(ledger, line, 'open', { reason: '配错' })
  const sealed = (month: string) => insert(ledger, 'reconciliation', {
    bank_account_id: BANK.maintenanceOfFirst, month, version: 1, journal_fen: 1, statement_fen: 1, bank_in_fen: 0,
    bank_out_fen: 0, book_in_fen: 0, book_out_fen: 0, items: '{}', reconciler_id: PEOPLE.reconciler, at: NOW,
  })
  insert(ledger, 'reconciliation_check', { reconciliation_id: sealed('2024-01'), checker_id: PEOPLE.reviewer, at: NOW })
  insert(ledger, 'reconciliation_reopening',
    { reconciliation_id: sealed('2024-02'), reason: '漏记利息', actor_id: PEOPLE.reconciler, at: NOW })
  insert(ledger, 'bank_confirmation', {
    bank_account_id: BANK.maintenanceOfFirst, as_of: '2024-12-31', amount_fen: 10_000_000, sha256: addPaper(ledger, '回函.pdf'),
    recorded_by: PEOPLE.reconciler, at: NOW,
  })
}

function addFinding(ledger: Ledger): void {
  const matter = insert(ledger, 'finding', {
    fingerprint: 'account.holder:bankAccount 1', rule: 'account.holder', level: 'warn',
    links: '[{"kind":"bankAccount","id":1,"label":"1"}]',
  })
  insert(ledger, 'finding_event', {
    finding_id: matter, seq: 1, kind: 'found', state: 'open', message: '户名不符', actor_id: PEOPLE.preparer, at: NOW,
  })
  const run = insert(ledger, 'finding_run', {
    to_date: '2025-06-30', found: 1, fresh: 1, cleared: 0, skipped: '[]', actor_id: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'finding_run_line', { run_id: run, line_no: 1, finding_id: matter, seq: 1 })
}

function addDeposits(ledger: Ledger): void {
  const old = addCertificate(ledger)
  certificateEvent(ledger, old, 'placed', { date: '2024-01-15' })
  const next = addCertificate(ledger, { certificate_no: 'CD2', value_date: '2025-01-15', due_date: '2026-01-15' })
  const paid = {
    interest_expected_fen: 175_000, interest_paid_fen: 174_999, difference_reason: '银行按 364 天计', date: '2025-01-15',
    bank_serial: '1',
  }
  const rolled = certificateEvent(ledger, old, 'rolledOver', paid)
  insert(ledger, 'certificate_link', { event_id: rolled, next_id: next })
  certificateEvent(ledger, next, 'placed')
  insert(ledger, 'interest_difference_closing', { event_id: rolled, reason: '已核实', closed_by: PEOPLE.reviewer, at: NOW })
  insert(ledger, 'bank_account_terms', {
    bank_account_id: BANK.maintenanceOfFirst, product: 'demand', valid_from: '2025-01-01', demand_rate_micro: 50_000,
    year_days: 360, source: '银行公告', recorded_by: PEOPLE.preparer, recorded_at: NOW,
  })
  insert(ledger, 'account_interest', {
    bank_account_id: BANK.maintenanceOfFirst, period_from: '2025-01-01', period_to: '2025-03-20', expected_fen: 5, paid_fen: 5,
    actor_id: PEOPLE.preparer, at: NOW,
  })
}

function addPolicy(ledger: Ledger): void {
  insert(ledger, 'policy_profile', {
    code: 'sample', valid_from: '2025-01-01', name: '样例口径', body: '{}', sources: '[]', evidence: 'synthetic',
  })
  insert(ledger, 'policy_value', {
    profile_code: 'sample', key: 'repair.gate', value: '200000', valid_from: '2025-01-01', source: '样例办法', reason: '试行',
    set_by: PEOPLE.preparer,
    approved_by: PEOPLE.reviewer, at: NOW,
  })
}

/** The whole path of a voucher: prepared, reviewed, posted with its paper. */
export function addPostedDraftWithPaper(ledger: Ledger): { draft: number; voucher: number } {
  return ledger.write(() => {
    const paper = addPaper(ledger, '回单.pdf')
    const draft = addDraft(ledger)
    insert(ledger, 'voucher_draft_attachment', { draft_id: draft, sha256: paper })
    reviewDraft(ledger, draft)
    insert(ledger, 'voucher_attachment', { voucher_id: nextVoucherId(ledger), sha256: paper })
    const voucher = post(ledger, { head: { draft_id: draft, attachment_count: 1 } })
    ledger.prepare("UPDATE voucher_draft SET state = 'posted' WHERE id = ?").run(draft)
    return { draft, voucher }
  })
}

/** 500.00 of public income into the maintenance fund of the first complex. */
export function transfer(ledger: Ledger, decision: number,
  facts: { out?: number; into?: number; pair?: number; complex?: number } = {}): void {
  const { out = 50_000, into = 50_000, pair = 1, complex = 1 } = facts
  const head = { pair_id: pair, decision_id: decision }
  const more = { complex_id: complex }
  const outId = post(ledger, {
    book: PUBLIC_INCOME, head,
    lines: [
      { account: ACCOUNT.transferOut, debit: out, more },
      { account: ACCOUNT.publicDemand, credit: out, more: { ...more, bank_account_id: BANK.publicIncome } },
    ],
  })
  const bank = complex === 1 ? BANK.maintenanceOfFirst : BANK.maintenanceOfSecond
  const inId = post(ledger, {
    book: MAINTENANCE, head,
    lines: [
      { account: ACCOUNT.demand, debit: into, more: { ...more, bank_account_id: bank } },
      { account: ACCOUNT.transferIn, credit: into, more },
    ],
  })
  insert(ledger, 'fund_transfer', {
    id: pair, complex_id: 1, amount_fen: out, out_voucher_id: outId, in_voucher_id: inId, decision_id: decision, at: NOW,
  })
}

export function addRepair(ledger: Ledger): number {
  const repair = insert(ledger, 'repair', {
    number: 'R1', book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '屋面渗漏', reported_on: '2025-01-05',
    quoted_fen: 180_000, contractor_id: 1, supervisor_id: 2, recorded_by: PEOPLE.preparer, recorded_at: NOW,
  })
  repairEvent(ledger, repair, 'reported', 'windowCheck')
  insert(ledger, 'repair_paper', {
    repair_id: repair, kind: 'photo', sha256: addPaper(ledger, '现场.pdf'), added_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'repair_signature', {
    repair_id: repair, sheet: 'acceptance', party: 'section', person: '张三', recorded_by: PEOPLE.preparer, at: NOW,
  })
  const visa = insert(ledger, 'repair_visa', {
    repair_id: repair, seq: 1, round: 1, happened_on: '2025-01-06', work: '屋面基层', quantity: '48.6 平方米', change_fen: 0,
    min_section: 2, min_supervisor: 2, needs_image: 1, recorded_by: PEOPLE.preparer, at: NOW,
  })
  const signers = [['section', '张三'], ['section', '李四'], ['supervisor', '王五'], ['supervisor', '赵六']] as const
  for (const [party, person] of signers) insert(ledger, 'repair_visa_signer', { visa_id: visa, party, person })
  insert(ledger, 'repair_visa_image', { visa_id: visa, sha256: addPaper(ledger, '基层.jpg') })
  insert(ledger, 'repair_draw', { seed: '2025-01', pool: '[]', drawn: '[]', actor_id: PEOPLE.preparer, at: NOW })
  return repair
}

/** From the window to its publication, as a job of this size may walk. */
export const WALK = [
  ['windowChecked', 'engineeringCheck'], ['engineeringChecked', 'spotDraw'], ['drawn', 'acceptance'], ['accepted', 'settlement'],
  ['settled', 'payment'], ['paymentInstructed', 'voucher'],
] as const

function addObjection(ledger: Ledger): void {
  const repair = insert(ledger, 'repair', {
    number: 'R2', book_id: MAINTENANCE, complex_id: 1, part: '外墙', title: '外墙渗漏', reported_on: '2025-01-05',
    quoted_fen: 180_000, contractor_id: 1, supervisor_id: 2, recorded_by: PEOPLE.preparer, recorded_at: NOW,
  })
  repairEvent(ledger, repair, 'reported', 'windowCheck')
  for (const [kind, step] of WALK) repairEvent(ledger, repair, kind, step)
  const objection = insert(ledger, 'repair_objection', {
    repair_id: repair, raised_on: '2025-01-10', raised_by: '3幢业主', reason: '工程量不实', disputed_fen: 50_000,
    recorded_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'repair_objection_end', {
    objection_id: objection, outcome: 'answered', reason: '已现场复量', after_seq: 7, actor_id: PEOPLE.bookkeeper, at: NOW,
  })
}

/** Leave for jobs below 5,000.00 to go without an authority of their own, a contract and a publication. */
export const LEAVE = {
  thresholdFen: 200_000,
  rules: {
    authority: { belowFen: 500_000, source: '样例办法' }, contract: { belowFen: 500_000, source: '样例办法' },
    publication: { belowFen: 500_000, source: '样例办法' }, noFollowUp: { source: '样例办法' },
  },
} as const

/** What the window and the acceptance must say (0006). */
export const DETAIL: Readonly<Record<string, object>> = {
  windowChecked: {
    excludedUses: NO_EXCLUDED_USE,
    builderWarranty: { kind: 'notFound', category: 'other', categoryReason: '', reason: '建成年代久远' },
  },
  accepted: { on: '2025-01-10', startedOn: '2025-01-06', finishedOn: '2025-01-10' },
}

const AT_THE_DESK: readonly string[] = ['reported', 'windowChecked', 'paymentInstructed']

/** The next event of a job over 1,800.00; the two checks go to two people. */
export function repairEvent(ledger: Ledger, repair: number, kind: string, step: string): void {
  if (kind === 'windowChecked') {
    const answered = { repair_id: repair, item: 'roof', answer: 'allowed', actor_id: PEOPLE.preparer, at: NOW }
    insert(ledger, 'repair_use_answer', answered)
  }
  if (kind === 'paymentInstructed') filePapers(ledger, repair)
  const seq = Number(ledger.sqlite.prepare('SELECT count(*) + 1 FROM repair_event WHERE repair_id = ?').pluck().get(repair))
  insert(ledger, 'repair_event', {
    repair_id: repair, seq, kind, step, amount_fen: 180_000,
    detail: JSON.stringify({
      ...LEAVE, ...DETAIL[kind], ...moneyOf(kind, 180_000), ...siteDetail(ledger, repair, kind, step),
      instructedFen: 180_000, retentionFen: 0,
    }),
    actor_id: AT_THE_DESK.includes(kind) ? PEOPLE.preparer : PEOPLE.reviewer, at: NOW,
  })
}

function addContract(ledger: Ledger): void {
  const contract = insert(ledger, 'contract', {
    book_id: PUBLIC_INCOME, complex_id: 1, number: 'H1', account_id: ACCOUNT.parking, counterparty_id: 1, place: '地面车位',
    starts_on: '2025-01-01',
    ends_on: '2025-12-31', owners_share_micro: 70_000_000, sha256: addPaper(ledger, '合同.pdf'), recorded_by: PEOPLE.preparer,
    recorded_at: NOW,
  })
  insert(ledger, 'contract_installment', {
    contract_id: contract, seq: 1, due_on: '2025-01-10', covers_from: '2025-01-01', covers_to: '2025-12-31', amount_fen: 100_000,
  })
  insert(ledger, 'contract_end', {
    contract_id: contract, ended_on: '2025-06-30', reason: '车位改造', recorded_by: PEOPLE.preparer, at: NOW,
  })
  const bill = insert(ledger, 'utility_bill', {
    complex_id: 1, kind: 'power', place: '1 号总表', covers_from: '2025-01-01', covers_to: '2025-03-31', previous_milli: 1000,
    current_milli: 5000, multiplier: 40, unit_price_micro: 550_000, amount_fen: 8800, paid_from: 'fee', document: '账单 1',
    recorded_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'utility_withdrawal', { bill_id: bill, reason: '表号登错', actor_id: PEOPLE.preparer, at: NOW })
}

function addNotice(ledger: Ledger): void {
  insert(ledger, 'disclosure_reason', {
    complex_id: 1, quarter: '2025Q1', row_key: '4001.02', reason: '合同到期', actor_id: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'disclosure_return', {
    request_id: requestDisclosure(ledger), reason: '漏记停车费', actor_id: PEOPLE.reviewer, at: NOW,
  })
  const posted = insert(ledger, 'posting_up', {
    disclosure_id: addDisclosure(ledger), place: '南门公告栏', posted_on: '2025-04-11', recorded_by: PEOPLE.preparer, at: NOW,
  })
  insert(ledger, 'posting_down', { posting_up_id: posted, taken_down_on: '2025-04-20', recorded_by: PEOPLE.preparer, at: NOW })
}
