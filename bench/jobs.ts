/** Repairs in number, written straight into the path: every event goes through the ledger's triggers, none through a service. */
import { addDays, type BusinessDate } from '#core/calendar.ts'
import { fen, type Fen } from '#core/money.ts'
import { NO_EXCLUDED_USE } from '#core/repair/repair-place.ts'
import { addBuilding, addCounterparty } from '#services/register/complex.ts'
import { LAST_DAY, type BenchOffice } from './generate.ts'

const REPORTED_DAYS = 700
const PARTS = ['屋面', '外墙', '电梯', '给水', '排水', '消防设施', '楼道', '道路'] as const
const BUILDINGS = 20
const CONTRACTORS = 12
const THRESHOLD = 200_000
const PAYEE_BANK = '示例银行 6220001'
/** The one paper of the office stands for each of a job's. */
const PAPERS = JSON.stringify([
  'quotation', 'workOrder', 'siteReview', 'photo', 'acceptanceSheet', 'settlement', 'noticePhoto', 'invoice',
])
const ACCEPTED = {
  finding: '合格', stampedBy: ['section', 'supervisor', 'contractor'], sectionStaff: ['钱科长', '陈科员'], followUp: '已回访',
}
/** Small jobs go without vote, contract and posting, as a profile may allow. */
const RULES = Object.fromEntries(
  ['authority', 'contract', 'publication'].map((step) => [step, { belowFen: THRESHOLD, source: '测速' }]),
)

const WARRANTY_OVER = {
  kind: 'over', category: 'waterproofing', categoryReason: '', by: 'stated', completedOn: '2001-06-30', lastDay: '2006-06-30',
  source: '测速',
}

type Job = { readonly id: number; readonly amount: Fen; readonly payeeId: number; readonly on: BusinessDate }
type Event = readonly [kind: string, step: string, detail: object, actor: number]

/** The whole path of a job up to its payment instruction, all of it dated `on`; small ones take the lighter one. */
function pathEvents(office: BenchOffice, { id, amount, payeeId, on }: Job): readonly Event[] {
  const [window, section, cashier] = [office.preparer, office.reviewer, office.head].map(({ actor }) => Number(actor.userId))
  if (window === undefined || section === undefined || cashier === undefined) throw new Error('the bench office has no people')
  const isSmall = amount < THRESHOLD
  const rules = { ...RULES, noFollowUp: null }
  const checked = { approvedFen: amount, thresholdFen: THRESHOLD, concealedWork: false, rules }
  const contract = {
    number: 'HT', signedOn: on, worksFrom: on, worksTo: on, amountFen: amount, budget: [], payeeId, payeeBank: PAYEE_BANK,
    instalments: [{ label: '完工', percent: 100_000_000 }], retentionPercent: 0, retentionMonths: 0, warrantyMonths: 12,
  }
  const application = { item: '屋面严重渗漏', applicant: 'committee', appliedOn: on, report: '顶层进水', files: [office.paper] }
  // Every event of a path is a day after the one before it: asked for on the fourth day, granted on the fifth.
  const granted = {
    authority: 'emergency', basis: '屋面严重渗漏', scope: '全体', useScope: { kind: 'complex' }, on: addDays(on, 4),
    ref: { kind: 'emergency' },
  }
  const settled = {
    on, settledFen: amount, needsAudit: false, auditorId: null, auditedBy: '', retentionFen: 0, retentionDue: null,
    overrunPercent: null, payeeBank: PAYEE_BANK,
  }
  const seen = { on, time: '09:30', place: '现场', finding: '一致', photos: [office.paper] }
  const visits = [{ party: 'section', person: '钱科长', ...seen }, { party: 'supervisor', person: '孙监理', ...seen }]
  return [
    ['reported', 'windowCheck', {}, window],
    ['windowChecked', 'engineeringCheck', { excludedUses: NO_EXCLUDED_USE, builderWarranty: WARRANTY_OVER, hits: [] }, window],
    ['engineeringChecked', isSmall ? 'spotDraw' : 'authority', checked, section],
    ...(isSmall
      ? [['drawn', 'acceptance', { drawId: id, isDrawn: false }, section] as const]
      : [
          ['emergencyApplied', 'authority', application, window] as const,
          ['authorised', 'contract', granted, window] as const,
          ['contracted', 'siteReview', { contract }, window] as const,
          ['siteReviewed', 'acceptance', { on, visits }, section] as const,
        ]),
    ['accepted', 'settlement', { on, startedOn: on, finishedOn: on, warrantyUntil: null, ...ACCEPTED }, section],
    ['settled', isSmall ? 'payment' : 'publication', settled, section],
    ...(isSmall ? [] : [['published', 'payment', { from: on, to: on, place: '公告栏' }, window] as const]),
    ['paymentInstructed', 'voucher', { amountFen: amount, instructedFen: amount, draftId: 1 }, cashier],
  ]
}

/** `keep`: how many events of its path job `index` has behind it, one at least. */
export function fillJobs(office: BenchOffice, count: number, keep: (index: number, path: readonly Event[]) => number): void {
  const { ledger, head, preparer, complexes, maintenance } = office
  const company = (name: string) => addCounterparty(preparer, { kind: 'company', name, bankName: '示例银行', bankAccount: '6220001' })
  const contractors = Array.from({ length: CONTRACTORS }, (_, index) => company(`示例修缮${index + 1}队`))
  const supervisor = company('示例监理有限公司')
  const buildings = complexes.map((complexId) => Array.from({ length: BUILDINGS }, (_, index) =>
    addBuilding(head, complexId, { code: String(index + 1), name: `${index + 1}幢` })))
  const insertJob = ledger.prepare<unknown[], never>(
    `INSERT INTO repair (id, number, book_id, complex_id, building_id, part, title, reported_on, quoted_fen, contractor_id,
       supervisor_id, recorded_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const insertEvent = ledger.prepare<unknown[], never>(
    'INSERT INTO repair_event (repair_id, seq, kind, step, amount_fen, detail, actor_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const insertAnswer = ledger.prepare<unknown[], never>(
    "INSERT INTO repair_use_answer (repair_id, item, answer, actor_id, at) VALUES (?, '', 'allowed', ?, ?)",
  )
  const insertPapers = ledger.prepare<unknown[], never>(
    `INSERT INTO repair_paper (repair_id, kind, sha256, added_by, at) SELECT ?, value, ?, ?, ? FROM json_each(?)
     WHERE value NOT IN (SELECT kind FROM repair_paper WHERE repair_id = ?)`,
  )
  // Each small job was drawn for together with one other of its contractor, whom the lot met.
  const insertDraw = ledger.prepare<[Record<string, unknown>], never>(
    `INSERT INTO repair_draw (id, seed, pool, drawn, actor_id, at) VALUES (:id, 'bench-' || :id, json_array(
       json_object('repairId', :id, 'number', '', 'contractorId', :contractor, 'percent', 50000000),
       json_object('repairId', -1, 'number', '', 'contractorId', :contractor, 'percent', 50000000)), '[-1]', :actor, :at)`,
  )
  ledger.write(() => {
    for (let index = 0; index < count; index += 1) {
      const id = index + 1
      const place = index % complexes.length
      const part = PARTS[(index * 7) % PARTS.length] ?? '屋面'
      const reportedOn = addDays(LAST_DAY, -REPORTED_DAYS + ((index * 13) % (REPORTED_DAYS - 30)))
      const amount = fen(20_000 + ((index * 7919) % 600_000))
      const contractor = contractors[(index * 5) % CONTRACTORS]
      insertJob.run(
        id, `WX${String(id).padStart(7, '0')}`, maintenance.bookId, complexes[place], buildings[place]?.[index % BUILDINGS],
        part, `${part}维修`, reportedOn, amount, contractor, supervisor, preparer.actor.userId, `${reportedOn}T02:00:00.000Z`)
      const path = pathEvents(office, { id, amount, payeeId: contractor ?? 0, on: reportedOn })
      path.slice(0, keep(index, path)).forEach(([kind, step, detail, actor], seq) => {
        const at = `${addDays(reportedOn, seq)}T02:00:00.000Z`
        if (kind === 'windowChecked') insertAnswer.run(id, actor, at)
        if (kind === 'drawn') insertDraw.run({ id, contractor, actor, at })
        if (kind === 'siteReviewed' || kind === 'paymentInstructed') insertPapers.run(id, office.paper, actor, at, PAPERS, id)
        insertEvent.run(id, seq + 1, kind, step, amount, JSON.stringify(detail), actor, at)
      })
    }
  })
}
