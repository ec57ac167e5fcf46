/**
 * What the rules ask before money leaves a job, told again without the machine: read from the rows alone, as sentences of
 * everything that is wrong. Sources: Tongling 9, 12(1)–(4), 13(3), 13(5); 165号令 art. 20–25; 民法典 art. 281.
 */
import { addDays, addMonths, parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'
import type { RepairOffice } from './repair-office.ts'
import { evidenceOf, listed, text, told, type Evidence, type EventRow } from './walk-evidence.ts'

export const THRESHOLD = parseYuan('2000.00')
export const LEAVE = parseYuan('5000.00')
export const AUDIT = parseYuan('30000.00')
const PUBLICATION_DAYS = 7
const OVERRUN_PERCENT = 10

type Judge = {
  readonly office: RepairOffice
  readonly id: RepairId
  readonly seen: Evidence
  need(isThere: boolean, what: string): void
}

/** The steps of the job, each with the event that took it and that still stands. */
function stepsOf({ standing, events }: Evidence) {
  const checked = standing('engineeringChecked')
  const settled = standing('settled')
  const isWhole = (checked?.amount ?? 0) >= LEAVE
  const wasDrawn = events.some(({ kind, detail }) => kind === 'drawn' && detail['isDrawn'] === true)
  const isSmall = (checked?.amount ?? 0) < THRESHOLD
  const authorised = standing('authorised')
  return {
    reported: events[0], windowed: standing('windowChecked'), answered: standing('repeatAnswered'), checked, settled, isWhole,
    isSmall, wasDrawn, authorised, contracted: standing('contracted'),
    reviewed: standing(isSmall ? 'spotChecked' : 'siteReviewed'),
    drawn: standing('drawn'), accepted: standing('accepted'), published: standing('published'),
    isPublished: (settled?.amount ?? 0) >= LEAVE || authorised?.detail['authority'] === 'emergency',
    instructed: events.findLast(({ kind }) => kind === 'paymentInstructed'),
  }
}
type Steps = ReturnType<typeof stepsOf>

function judgeOrder({ need, seen, office, id }: Judge, steps: Steps): void {
  const { checked, settled, accepted, instructed, windowed, contracted } = steps
  // Once drawn, a job stays drawn and is not drawn for again.
  const lot = steps.wasDrawn ? [steps.reviewed] : [steps.drawn]
  const order = [
    steps.reported, windowed, ...(listed(windowed, 'hits').length > 0 ? [steps.answered] : []), checked,
    ...(steps.isWhole ? [steps.authorised, contracted] : []), ...(steps.isSmall ? lot : [steps.reviewed]), accepted, settled,
    ...(steps.isPublished ? [steps.published] : []), instructed,
  ]
  need(order.every((event, index) => event !== undefined && event.seq > (order[index - 1]?.seq ?? 0)), 'every step, in order')
  need((checked?.amount ?? 0) >= THRESHOLD || (settled?.amount ?? 0) < THRESHOLD, 'no spot check for a job at the amount')
  need((checked?.amount ?? 0) >= LEAVE || (settled?.amount ?? 0) < LEAVE, 'no leave for a job at the amount')
  const [reviewedOn, acceptedOn, settledOn] = [steps.reviewed, accepted, settled].map((event) => text(told(event, 'on')))
  need(text(told(accepted, 'on')) >= text(told(contracted, 'contract', 'signedOn')), 'accepted after the contract')
  need(String(reviewedOn) <= String(acceptedOn) && String(acceptedOn) <= String(settledOn), 'in the order of days')
  const earlier = office.ledger.prepare<[Record<string, unknown>], { id: number }>(
    `SELECT e.id FROM repair r JOIN repair e ON e.id < r.id AND e.complex_id = r.complex_id AND e.building_id IS r.building_id
       AND (e.entrance, e.part, e.facility) = (r.entrance, r.part, r.facility)
     WHERE r.id = :id AND coalesce((SELECT step FROM repair_event WHERE repair_id = e.id AND id < :window
       ORDER BY seq DESC LIMIT 1), '') NOT IN ('', 'refused', 'cancelled')`).all({ id, window: windowed?.id ?? 0 })
  const hits = listed(windowed, 'hits')
  need(earlier.every((one) => hits.includes(one.id)), 'every earlier job of the place found')
  if (hits.length === 0) return
  const persons = ['contractorPerson', 'supervisorPerson', 'sectionPerson'].map((who) => text(told(steps.answered, who)))
  need(new Set(persons).size === 3 && !persons.includes(''), 'three parties at the repeat')
  need(told(steps.answered, 'conclusion') === 'unrelated', 'no rework is paid')
  need(seen.papers.some(({ kind, round }) => kind === 'repeatRecord' && round >= seen.roundOf('windowCheck')), 'repeatRecord')
}

function judgePapers({ need, seen: { papers, roundOf, contractorRound } }: Judge, steps: Steps): void {
  const filed = (kind: string, from: number) => need(papers.some((paper) => paper.kind === kind && paper.round >= from), kind)
  for (const kind of ['quotation', 'photo', 'invoice']) filed(kind, 1)
  filed('workOrder', steps.isWhole ? roundOf('contract') : contractorRound)
  for (const kind of ['acceptanceSheet', 'acceptanceRecord']) filed(kind, roundOf('acceptance'))
  filed('settlement', roundOf('settlement'))
  if (!steps.isSmall) filed('siteReview', roundOf('review'))
  if (steps.wasDrawn && steps.isSmall) filed('spotCheck', roundOf('review'))
  if ((steps.settled?.amount ?? 0) > AUDIT) filed('auditReport', roundOf('settlement'))
  if (steps.isPublished) filed('noticePhoto', roundOf('publication'))
}

type Named = { readonly party: string; readonly person: string }
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Each party's own visit: person, time, place, finding, and a photo that was filed after the step before. */
function judgeVisits({ need, seen }: Judge, { reviewed, isSmall, wasDrawn }: Steps): readonly Named[] {
  if (isSmall && !wasDrawn) return []
  const visits = listed(reviewed, 'visits').filter(isRecord)
  const from = seen.roundOf('review')
  const photos = new Set(seen.papers.filter(({ kind, round }) => kind === 'photo' && round >= from).map(({ sha256 }) => sha256))
  const named = visits.map((visit) => ({ party: text(visit['party']), person: text(visit['person']) }))
  need(new Set(named.map(({ party }) => party)).size === 2 && named.length === 2, 'a visit of either party')
  need(new Set(named.map(({ person }) => person)).size === named.length, 'nobody visits for two')
  for (const visit of visits) {
    const own = visit['photos']
    const [first] = Array.isArray(own) ? own : []
    const isWhole = ['person', 'time', 'place', 'finding'].every((key) => text(visit[key]) !== '')
    need(isWhole, 'a visit with person, time, place, finding')
    need(typeof first === 'string' && photos.has(first), 'a photo of the visit')
  }
  return named
}

function judgePersons(judge: Judge, steps: Steps): void {
  const { need, seen: { signatures, visas, roundOf } } = judge
  const { accepted, checked, isSmall } = steps
  const visited = judgeVisits(judge, steps)
  const on = (sheet: string, step: string) => signatures.filter((one) => one.sheet === sheet && one.round >= roundOf(step))
  const acceptance = on('acceptance', 'acceptance')
  const count = (from: readonly Named[], party: string) =>
    new Set(from.filter((one) => one.party === party).map(({ person }) => person)).size
  const signed = (party: string) => count(acceptance, party)
  need(signed('section') >= 2 && signed('supervisor') >= 2 && signed('contractor') >= 1, 'acceptance signed by 2 + 2 + 1')
  const review = isSmall ? [] : on('siteReview', 'review')
  need(isSmall || (count(review, 'section') >= 1 && count(review, 'supervisor') >= 1), 'review signed by both')
  const counting = visas.filter(({ round }) => round >= roundOf('review'))
  need(checked?.detail['concealedWork'] !== true || counting.length > 0, 'visa')
  for (const { signers, images } of visas) {
    const isSigned = count(signers, 'section') >= 2 && count(signers, 'supervisor') >= 2
    need(isSigned && images.length > 0, 'visa with 2 + 2 and a picture')
  }
  const seals = listed(accepted, 'stampedBy')
  need(['section', 'supervisor', 'contractor'].every((party) => seals.includes(party)), 'three seals')
  const staff = listed(accepted, 'sectionStaff').map((name) => text(name).replaceAll(' ', ''))
  need(new Set(staff.filter((name) => name !== '')).size >= 2, 'two of the section on site')
  need(text(told(accepted, 'followUp')) !== '', 'asked the owners on site')
  const everybody = [
    ...acceptance, ...review, ...visited, ...counting.flatMap(({ signers }) => signers),
    ...staff.map((person) => ({ party: 'section', person })),
  ]
  const parties = Map.groupBy(everybody, ({ person }) => person)
  need([...parties.values()].every((own) => new Set(own.map(({ party }) => party)).size === 1), 'nobody for two parties')
}

/** Who may do what (their roles are in the ledger), and who may not do it after what. */
const ROLES: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['reported', 'windowChecked', 'emergencyApplied', 'authorised', 'contracted', 'contractorChanged', 'published',
    'instructionWithdrawn', 'cancelled'], ['preparer', 'head']],
  [['repeatAnswered', 'engineeringChecked', 'drawn', 'spotChecked', 'siteReviewed', 'accepted', 'settled'], ['reviewer', 'head']],
  [['paymentInstructed', 'voucherPrepared'], ['preparer']],
  [['followedUp', 'sentBack', 'refused'], ['preparer', 'reviewer', 'head']],
  [['paid', 'paymentCorrected'], ['bookkeeper']],
]
export function mayBeBy(kind: string): readonly string[] {
  return ROLES.find(([kinds]) => kinds.includes(kind))?.[1] ?? []
}
const NEVER_BOTH: readonly (readonly [string, readonly string[]])[] = [
  ['engineeringChecked', ['reported', 'windowChecked']],
  ['settled', ['contracted', 'contractorChanged', 'supervisorChanged']],
  ['paymentInstructed', ['engineeringChecked', 'spotChecked', 'siteReviewed', 'accepted', 'settled']],
  ['voucherPrepared', ['engineeringChecked', 'spotChecked', 'siteReviewed', 'accepted', 'settled']],
  ['followedUp', ['accepted']],
]
export function notAfter(kind: string): readonly string[] {
  return NEVER_BOTH.find(([later]) => later === kind)?.[1] ?? []
}

function judgeActors({ need, office, seen: { events } }: Judge): void {
  const rolesOf = office.ledger.prepare<[number], { role: string }>('SELECT role FROM user_role WHERE user_id = ?')
  for (const event of events) {
    const roles = rolesOf.all(event.actor).map(({ role }) => role)
    need(mayBeBy(event.kind).some((role) => roles.includes(role)), `${event.kind} by a person of its role`)
    // Judged as it stood when it was done: what was sent back before no longer counts against its person.
    const before = events.filter(({ seq }) => seq < event.seq)
    const standing = (kind: string) => before.findLast((one) => one.kind === kind)
    for (const kind of notAfter(event.kind)) {
      const own = standing(kind)
      const isUndone = before.some((turn) => turn.kind === 'sentBack' && turn.seq > (own?.seq ?? 0))
      need(own?.actor !== event.actor || isUndone, `${event.kind} not by who ${kind}`)
    }
  }
}

type Voucher = {
  readonly date: string; readonly payee: number; readonly amount: number; readonly prepared: number; readonly reviewed: number
}

const OPEN_OBJECTIONS = `SELECT coalesce(sum(disputed_fen), 0) AS disputed FROM repair_objection o
  WHERE repair_id = ? AND NOT EXISTS (SELECT 1 FROM repair_objection_end WHERE objection_id = o.id)`

function judgeMoney({ need, office, id, seen }: Judge, steps: Steps): void {
  const { checked, contracted, settled, accepted, instructed, published } = steps
  const [approved, amount] = [checked?.amount ?? 0, settled?.amount ?? 0]
  const agreed = Number(told(contracted, 'contract', 'amountFen') ?? 0)
  const counting = seen.visas.filter(({ round }) => round >= seen.roundOf('review'))
  const visas = counting.reduce((sum, { changeFen }) => sum + changeFen, 0)
  need(contracted === undefined || agreed <= approved, 'contract within what was approved')
  need(contracted === undefined || amount <= agreed + visas, 'settled within contract and visas')
  need((amount - approved) * 100 < approved * OVERRUN_PERCENT, 'overrun asked for anew')
  const { contractor, supervisor } = office.ledger.prepare<[number], { contractor: number; supervisor: number }>(
    'SELECT contractor_id AS contractor, supervisor_id AS supervisor FROM repair WHERE id = ?').get(id) ?? {}
  const doing = seen.events.findLast(({ kind }) => kind === 'contractorChanged')?.detail['contractorId'] ?? contractor
  const auditor = told(settled, 'auditorId')
  need(amount <= AUDIT || (typeof auditor === 'number' && auditor !== doing && auditor !== supervisor), 'audited by a third')
  const over = steps.isPublished ? text(told(published, 'to')) : ''
  const least = steps.isPublished ? addDays(parseDate(text(told(published, 'from'))), PUBLICATION_DAYS - 1) : ''
  need(over >= least, 'published for its days')
  const lines = office.ledger.prepare<[number], Voucher>(
    `SELECT v.date, l.counterparty_id AS payee, l.debit_fen - l.credit_fen AS amount, v.preparer_id AS prepared,
       v.reviewer_id AS reviewed
     FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id WHERE l.repair_id = ?`).all(id)
  const paid = lines.reduce((sum, line) => sum + line.amount, 0)
  need(lines.every(({ payee }) => payee === doing), 'only who does the job is paid')
  need(lines.every(({ prepared, reviewed }) => prepared !== reviewed), 'vouchers reviewed by another')
  const last = lines.at(-1)
  need((last?.date ?? '') > over && (instructed?.on ?? '') > over, 'publication over')
  const bank = told(contracted, 'contract', 'payeeBank') ?? told(settled, 'payeeBank')
  need(told(instructed, 'payeeBank') === bank, 'to the account agreed on')
  const percent = Number(told(contracted, 'contract', 'retentionPercent') ?? 0) / 1_000_000
  const retention = (amount * percent) / 100
  const due = addMonths(parseDate(text(told(accepted, 'on'))), Number(told(contracted, 'contract', 'retentionMonths') ?? 0))
  const isBack = percent > 0 && paid > amount - retention + 1
  need(!isBack || ((instructed?.on ?? '') >= due && (last?.date ?? '') >= due), 'retention on its day')
  need(!isBack || isFollowedUp(seen.events), 'owners asked before the retention')
  const { disputed } = office.ledger.prepare<[number], { disputed: number }>(OPEN_OBJECTIONS).get(id) ?? { disputed: 0 }
  need(paid <= amount - disputed && paid >= 0, 'no more than settled and undisputed')
  const ends = office.ledger.prepare<[number], { actor: number; recorder: number; upTo: number; outcome: string }>(
    `SELECT e.actor_id AS actor, o.recorded_by AS recorder, e.after_seq AS upTo, e.outcome
     FROM repair_objection o JOIN repair_objection_end e ON e.objection_id = o.id WHERE o.repair_id = ?`).all(id)
  for (const { actor, recorder, upTo, outcome } of ends) {
    const judged = (kind: string) => seen.events.findLast((event) => event.kind === kind && event.seq <= upTo)?.actor
    need(actor !== judged('accepted') && actor !== judged('settled'), 'nobody ends an objection to own work')
    need(outcome === 'upheld' || actor !== recorder, 'an objection let go by another than wrote it down')
  }
  const { owed } = office.ledger.prepare<[Record<string, unknown>], { owed: number }>(
    `SELECT EXISTS (SELECT 1 FROM household_ledger o JOIN repair r ON r.complex_id = o.complex_id WHERE r.id = :id)
       AND NOT EXISTS (SELECT 1 FROM apportionment WHERE repair_id = :id) AS owed`).get({ id }) ?? { owed: 0 }
  need(owed === 0, 'an apportionment where households have accounts')
}

/** What was promised just now, against what is settled and nobody disputes. */
export function promisedWrongly(office: RepairOffice, id: RepairId): readonly string[] {
  const { events, standing } = evidenceOf(office, id)
  const last = events.at(-1)
  if (last?.kind !== 'paymentInstructed') return []
  const { disputed } = office.ledger.prepare<[number], { disputed: number }>(OPEN_OBJECTIONS).get(id) ?? { disputed: 0 }
  return Number(told(last, 'instructedFen')) <= (standing('settled')?.amount ?? 0) - disputed ? [] : ['promised what is disputed']
}

/** Asked after the payment, and nothing left to mend. */
export function isFollowedUp(events: readonly EventRow[]): boolean {
  const said = told(events.findLast(({ kind }) => kind === 'followedUp'), 'result')
  return said === 'satisfied' || said === 'remarks'
}

/** Everything that is wrong with a job money has just been posted for. */
export function wrongWith(office: RepairOffice, id: RepairId): string[] {
  const wrong: string[] = []
  const seen = evidenceOf(office, id)
  const need = (isThere: boolean, what: string) => {
    if (!isThere) wrong.push(what)
  }
  const judge: Judge = { office, id, seen, need }
  const steps = stepsOf(seen)
  if (steps.accepted === undefined || steps.settled === undefined || steps.checked === undefined) return ['steps']
  judgeOrder(judge, steps)
  judgePapers(judge, steps)
  judgePersons(judge, steps)
  judgeActors(judge)
  judgeMoney(judge, steps)
  return wrong
}
