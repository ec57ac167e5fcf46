/** At least one row in every table, so that a loop over tables has something to attack in each. */
import type { Ledger } from '#db/ledger.ts'
import {
  ACCOUNT, addCertificate, addDecision, addDisclosure, addDraft, addPaper, addStatement, BANK, certificateEvent, insert,
  MAINTENANCE,
  nextVoucherId, NOW, outcome, PEOPLE, post, PUBLIC_INCOME, requestDisclosure, reviewDraft, sha256,
} from './sample-ledger.ts'

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
    const { batch } = addStatement(ledger, 'taken-back.csv')
    insert(ledger, 'statement_rollback', { batch_id: batch, reason: '文件选错', actor_id: PEOPLE.reconciler, at: NOW })
    certificateEvent(ledger, addCertificate(ledger), 'placed', { date: '2024-01-15' })
    addRepair(ledger)
    addContract(ledger)
    addNotice(ledger)
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
  insert(ledger, 'repair_draw', { seed: '2025-01', pool: '[]', drawn: '[]', actor_id: PEOPLE.preparer, at: NOW })
  return repair
}

/** The next event of a job over 1,800.00; the two checks go to two people. */
export function repairEvent(ledger: Ledger, repair: number, kind: string, step: string): void {
  const seq = Number(ledger.sqlite.prepare('SELECT count(*) + 1 FROM repair_event WHERE repair_id = ?').pluck().get(repair))
  insert(ledger, 'repair_event', {
    repair_id: repair, seq, kind, step, amount_fen: 180_000, detail: '{"thresholdFen":200000}',
    actor_id: seq % 2 === 0 ? PEOPLE.preparer : PEOPLE.reviewer, at: NOW,
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
