import { describe, expect, test } from 'vitest'
import type { Ledger } from '#db/ledger.ts'
import { DETAIL, LEAVE } from './one-of-everything.ts'
import { USE } from './sample-authority.ts'
import { filePapers, moneyOf, payRepair } from './sample-repair.ts'
import { siteDetail } from './sample-review.ts'
import { addPaper, insert, MAINTENANCE, NOW, PEOPLE, refusalOf, sampleLedger, sha256 } from './sample-ledger.ts'

const QUOTED = 199_999
const WINDOW = PEOPLE.preparer
const SECTION = PEOPLE.reviewer

function addRepair(ledger: Ledger, number = 'R9'): number {
  return insert(ledger, 'repair', {
    number, book_id: MAINTENANCE, complex_id: 1, part: '屋面', title: '渗漏', reported_on: '2025-01-05', quoted_fen: QUOTED,
    contractor_id: 1, supervisor_id: 2, recorded_by: WINDOW, recorded_at: NOW,
  })
}

type Step = { kind: string; step: string; actor?: number; amount?: number; detail?: object }

function event(ledger: Ledger, repair: number, { kind, step, actor = SECTION, amount = QUOTED, detail = {} }: Step): string {
  const next = ledger.sqlite.prepare('SELECT coalesce(max(seq), 0) + 1 FROM repair_event WHERE repair_id = ?').pluck()
  const seq = Number(next.get(repair))
  if (kind === 'windowChecked') answerUse(ledger, repair)
  if (kind === 'paymentInstructed') filePapers(ledger, repair)
  const isFiled = ledger.sqlite.prepare('SELECT 1 FROM attachment WHERE name = ?').get(APPLICATION) !== undefined
  if (kind === 'emergencyApplied' && !isFiled) addPaper(ledger, APPLICATION)
  return refusalOf(ledger, () => insert(ledger, 'repair_event', {
    repair_id: repair, seq, kind, step, amount_fen: amount, actor_id: actor, at: NOW,
    detail: JSON.stringify({
      ...DETAIL[kind], ...moneyOf(kind, amount), ...siteDetail(ledger, repair, kind, step), ...reasonOf(kind), ...detail,
    }),
  }))
}

function reasonOf(kind: string): object {
  return ['sentBack', 'refused', 'cancelled'].includes(kind) ? { reason: '重做' } : {}
}

/** The window's question about the use, asked before every window check (0015). */
function answerUse(ledger: Ledger, repair: number): void {
  insert(ledger, 'repair_use_answer', { repair_id: repair, item: 'roof', answer: 'allowed', actor_id: WINDOW, at: NOW })
}

const SETTLED = { retentionFen: 0, retentionDue: null }
const INSTRUCTED = { amountFen: QUOTED, instructedFen: QUOTED }

/** A job below every leave of the profile. */
const PATH: readonly Step[] = [
  { kind: 'reported', step: 'windowCheck', actor: WINDOW },
  { kind: 'windowChecked', step: 'engineeringCheck', actor: WINDOW },
  { kind: 'engineeringChecked', step: 'spotDraw', detail: LEAVE },
  { kind: 'drawn', step: 'acceptance' },
  { kind: 'accepted', step: 'settlement' },
  { kind: 'settled', step: 'payment', detail: SETTLED },
  { kind: 'paymentInstructed', step: 'voucher', actor: WINDOW, detail: INSTRUCTED },
]
const APPLICATION = '应急使用申请.pdf'
const APPLIED = { item: '屋面渗漏', applicant: 'committee', appliedOn: '2025-01-05', report: '进水', files: [sha256(APPLICATION)] }
const EMERGENCY = { ...USE, ref: { kind: 'emergency', ...APPLIED } }

/** The same job where the profile lets nothing off. */
const WHOLE_PATH: readonly Step[] = [
  ...PATH.slice(0, 2),
  { kind: 'engineeringChecked', step: 'authority', detail: { thresholdFen: 200_000, rules: {} } },
  { kind: 'emergencyApplied', step: 'authority', actor: WINDOW, detail: APPLIED },
  { kind: 'authorised', step: 'contract', detail: EMERGENCY },
  { kind: 'contracted', step: 'spotDraw', actor: WINDOW },
  { kind: 'drawn', step: 'acceptance' },
  { kind: 'accepted', step: 'settlement' },
  { kind: 'settled', step: 'publication', detail: SETTLED },
  { kind: 'published', step: 'payment', detail: { from: '2025-01-10', to: '2025-01-12' } },
  { kind: 'paymentInstructed', step: 'voucher', actor: WINDOW, detail: INSTRUCTED },
]

function walk(ledger: Ledger, repair: number, until: string, path = PATH): void {
  for (const step of path) {
    if (step.kind === until) return
    expect([step.kind, event(ledger, repair, step)]).toEqual([step.kind, 'accepted'])
  }
}

function pay(ledger: Ledger, repair: number, amount = QUOTED, more: Record<string, number> = {}): string {
  return refusalOf(ledger, () => payRepair(ledger, repair, amount, { line: more }))
}

function standing(ledger: Ledger, repair: number): unknown {
  return ledger.sqlite.prepare('SELECT step FROM repair_standing WHERE repair_id = ?').pluck().get(repair)
}

describe('nothing is paid outside the path (invariant 12)', () => {
  test('no step of the path but the last lets money out', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    expect(pay(ledger, repair)).toBe('repair.notPayable')
    for (const step of PATH) {
      expect(pay(ledger, repair)).toBe('repair.notPayable')
      event(ledger, repair, step)
    }
    expect(pay(ledger, repair)).toBe('accepted')
    expect(standing(ledger, repair)).toBe('closed')
    expect(pay(ledger, repair)).toBe('repair.notPayable')
  })

  test('where nothing is let off, every step of the longer path comes before the money, and the follow-up after', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    for (const step of WHOLE_PATH) {
      expect(pay(ledger, repair)).toBe('repair.notPayable')
      expect([step.kind, event(ledger, repair, step)]).toEqual([step.kind, 'accepted'])
    }
    expect(pay(ledger, repair)).toBe('accepted')
    expect(standing(ledger, repair)).toBe('followUp')
    const followed = { kind: 'followedUp', step: 'closed' }
    expect(event(ledger, repair, followed)).toBe('repair.samePerson')
    expect(event(ledger, repair, { ...followed, actor: WINDOW })).toBe('accepted')
  })

  test('no settlement whose auditor did the works or supervised them, nor an owed audit without its auditor', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'settled', WHOLE_PATH)
    const settle = (more: object) =>
      event(ledger, repair, { kind: 'settled', step: 'publication', detail: { ...SETTLED, ...more } })
    expect([1, 2, 99].map((auditorId) => settle({ auditorId }))).toEqual(Array(3).fill('repair.sameParty'))
    expect(settle({ needsAudit: true, auditorId: null })).toBe('repair.audit')
    const auditorId = insert(ledger, 'counterparty', {
      kind: 'company', name: '示例会计师事务所', match_name: '示例会计师事务所', bank_name: '', bank_account: '',
    })
    expect(settle({ needsAudit: true, auditorId })).toBe('accepted')
    expect(ledger.sqlite.prepare('SELECT auditor_id FROM repair_standing').pluck().all()).toEqual([auditorId])
    expect(refusalOf(ledger, () => ledger.sqlite.exec('UPDATE repair_standing SET auditor_id = NULL'))).toBe('repair.path')
  })

  test('not before the publication is over, not before the retention is due, not more than is settled', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'settled', WHOLE_PATH)
    const due = { retentionFen: 9_999, retentionDue: '2099-01-01' }
    expect(event(ledger, repair, { kind: 'settled', step: 'publication', detail: due })).toBe('accepted')
    event(ledger, repair, { kind: 'published', step: 'payment', detail: { from: '2025-01-10', to: '2099-01-01' } })
    const instruct = (fen: number, more: object = {}) => event(ledger, repair, {
      kind: 'paymentInstructed', step: 'voucher', actor: WINDOW, detail: { amountFen: fen, instructedFen: fen }, ...more,
    })
    expect(instruct(190_000)).toBe('repair.published')
    event(ledger, repair, { kind: 'sentBack', step: 'publication', detail: { to: 'publication' } })
    event(ledger, repair, { kind: 'published', step: 'payment', detail: { from: '2025-01-10', to: '2025-01-12' } })
    expect(instruct(QUOTED)).toBe('repair.overpaid')
    expect(instruct(190_000)).toBe('accepted')
    expect(pay(ledger, repair, 190_001)).toBe('repair.overpaid')
    expect(pay(ledger, repair, 190_000)).toBe('accepted')
    expect(event(ledger, repair, { kind: 'followedUp', step: 'retention', actor: WINDOW })).toBe('accepted')
    expect(instruct(QUOTED)).toBe('repair.retention')
  })

  test('what is objected to stays back until the objection has ended, and nobody ends one against own acceptance', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, '')
    const objection = insert(ledger, 'repair_objection', {
      repair_id: repair, raised_on: '2025-01-10', raised_by: '业主', reason: '工程量不实', disputed_fen: 1, recorded_by: WINDOW, at: NOW,
    })
    expect(pay(ledger, repair)).toBe('repair.disputed')
    const end = (actor: number, outcome = 'answered') => refusalOf(ledger, () => insert(ledger, 'repair_objection_end', {
      objection_id: objection, outcome, reason: '已复量', after_seq: 7, actor_id: actor, at: NOW,
    }))
    expect(end(SECTION)).toBe('repair.samePerson')
    expect(end(PEOPLE.bookkeeper)).toBe('accepted')
    expect(end(PEOPLE.bookkeeper)).toBe('record.duplicate')
    expect(pay(ledger, repair)).toBe('accepted')
  })

  test('an upheld objection stays back until the job is settled anew', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, '')
    const objection = insert(ledger, 'repair_objection', {
      repair_id: repair, raised_on: '2025-01-10', raised_by: '业主', reason: '多算', disputed_fen: 100, recorded_by: WINDOW, at: NOW,
    })
    insert(ledger, 'repair_objection_end', {
      objection_id: objection, outcome: 'upheld', reason: '多算属实', after_seq: 7, actor_id: WINDOW, at: NOW,
    })
    expect(pay(ledger, repair)).toBe('repair.disputed')
    event(ledger, repair, { kind: 'sentBack', step: 'settlement', detail: { to: 'settlement' } })
    const less = QUOTED - 100
    event(ledger, repair, { kind: 'settled', step: 'payment', amount: less, detail: { ...SETTLED, settledFen: less } })
    const instructed = { amountFen: less, instructedFen: less }
    event(ledger, repair, { kind: 'paymentInstructed', step: 'voucher', actor: WINDOW, amount: less, detail: instructed })
    expect(pay(ledger, repair, less)).toBe('accepted')
  })

  test('money goes to the contractor, in the amount settled, once', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, '')
    expect(pay(ledger, repair, QUOTED, { counterparty_id: 2 })).toBe('repair.payee')
    expect(pay(ledger, repair, QUOTED + 1)).toBe('repair.overpaid')
    expect(pay(ledger, repair)).toBe('accepted')
    const paid = ledger.sqlite.prepare("SELECT detail FROM repair_event WHERE kind = 'paid'").pluck().get()
    expect(paid).toContain('"paidFen":199999')
  })

  test('a job sent back after its payment instruction is payable no more', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, '')
    expect(event(ledger, repair, { kind: 'sentBack', step: 'acceptance', detail: { to: 'acceptance' } })).toBe('accepted')
    expect(pay(ledger, repair)).toBe('repair.notPayable')
  })
})

describe('the path itself', () => {
  test('no step can be skipped, repeated or aimed elsewhere', () => {
    for (const [at, missing] of PATH.entries()) {
      const ledger = sampleLedger()
      const repair = addRepair(ledger)
      walk(ledger, repair, missing.kind)
      for (const step of PATH) {
        if (step === missing) continue
        expect([missing.kind, step.kind, event(ledger, repair, step)]).toEqual([missing.kind, step.kind, 'repair.path'])
      }
      expect(event(ledger, repair, { ...missing, step: 'paid' })).toMatch(/^repair\.(path|gate|draw)$/)
      if (at > 0) expect(event(ledger, repair, { kind: 'refused', step: 'refused' })).toBe('accepted')
    }
  })

  test('the gate is the recorded amount: at it and above, no spot check', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'engineeringChecked')
    const check = (amount: number, step: string, detail: object = LEAVE) =>
      event(ledger, repair, { kind: 'engineeringChecked', step, amount, detail })
    expect(check(200_000, 'spotDraw')).toBe('repair.gate')
    expect(check(200_001, 'spotDraw')).toBe('repair.gate')
    expect(check(199_999, 'siteReview')).toBe('repair.gate')
    expect(check(199_999, 'spotDraw', {})).toBe('repair.gate')
    expect(check(199_999, 'spotDraw')).toBe('accepted')
    event(ledger, repair, { kind: 'drawn', step: 'acceptance' })
    event(ledger, repair, { kind: 'accepted', step: 'settlement' })
    expect(event(ledger, repair, { kind: 'settled', step: 'payment', amount: 200_000 })).toBe('repair.gate')
  })

  test('the leave is the recorded amount: at it and above, no step is let off', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'engineeringChecked')
    const rules = { ...LEAVE.rules, authority: { belowFen: 100_000, source: '' }, contract: { belowFen: 150_000, source: '' } }
    const check = (amount: number, step: string) =>
      event(ledger, repair, { kind: 'engineeringChecked', step, amount, detail: { ...LEAVE, rules } })
    expect(check(100_000, 'spotDraw')).toBe('repair.gate')
    expect(check(100_000, 'contract')).toBe('repair.gate')
    expect(check(99_999, 'authority')).toBe('repair.gate')
    expect(check(99_999, 'spotDraw')).toBe('accepted')
    event(ledger, repair, { kind: 'drawn', step: 'acceptance', amount: 99_999 })
    event(ledger, repair, { kind: 'accepted', step: 'settlement', amount: 99_999 })
    expect(event(ledger, repair, { kind: 'settled', step: 'payment', amount: 100_000 })).toBe('repair.gate')
    expect(event(ledger, repair, { kind: 'settled', step: 'publication', amount: 99_999 })).toBe('repair.gate')
    expect(event(ledger, repair, { kind: 'settled', step: 'payment', amount: 99_999 })).toBe('accepted')
  })

  test('window and engineering check, acceptance and payment are different persons', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'engineeringChecked')
    const again = { kind: 'engineeringChecked', step: 'spotDraw', detail: LEAVE }
    expect(event(ledger, repair, { ...again, actor: WINDOW })).toBe('repair.samePerson')
    expect(event(ledger, repair, again)).toBe('accepted')
    event(ledger, repair, { kind: 'drawn', step: 'acceptance' })
    event(ledger, repair, { kind: 'accepted', step: 'settlement' })
    event(ledger, repair, { kind: 'settled', step: 'payment', detail: SETTLED })
    expect(event(ledger, repair, { kind: 'paymentInstructed', step: 'voucher', detail: INSTRUCTED })).toBe('repair.samePerson')
  })

  test('a visa with one person too few, or without a picture, stops the acceptance', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'accepted')
    const visa = insert(ledger, 'repair_visa', {
      repair_id: repair, seq: 1, round: 1, happened_on: '2025-01-06', work: '屋面基层', quantity: '48 平方米', change_fen: 0,
      min_section: 2, min_supervisor: 2, needs_image: 1, recorded_by: WINDOW, at: NOW,
    })
    const accept = () => event(ledger, repair, { kind: 'accepted', step: 'settlement' })
    for (const [party, person] of [['section', '甲'], ['section', '乙'], ['supervisor', '丙'], ['supervisor', '丁']] as const) {
      expect(accept()).toBe('repair.visa')
      insert(ledger, 'repair_visa_signer', { visa_id: visa, party, person })
    }
    expect(accept()).toBe('repair.visa')
    insert(ledger, 'repair_visa_image', { visa_id: visa, sha256: addPaper(ledger, '基层.jpg') })
    expect(accept()).toBe('accepted')
  })

  test('where a job stands follows its events and nothing else', () => {
    const ledger = sampleLedger()
    const repair = addRepair(ledger)
    walk(ledger, repair, 'drawn')
    expect(standing(ledger, repair)).toBe('spotDraw')
    const change = (sql: string) => refusalOf(ledger, () => ledger.sqlite.exec(sql))
    expect(change("UPDATE repair_standing SET step = 'voucher'")).toBe('repair.path')
    expect(change('UPDATE repair_standing SET amount_fen = 1')).toBe('repair.path')
    expect(change('DELETE FROM repair_standing')).toBe('append.only')
    const other = addRepair(ledger, 'R10')
    expect(refusalOf(ledger, () => insert(ledger, 'repair_standing', {
      repair_id: other, complex_id: 1, step: 'voucher', since: NOW, amount_fen: QUOTED,
    }))).toBe('repair.path')
  })
})
