/** One job on its walk: its plan, its clock, whose turn it is, and what was tried of it. */
import Database from 'better-sqlite3'
import { addDays, type BusinessDate } from '#core/calendar.ts'
import type { BuildingId, CounterpartyId, RepairId } from '#core/id.ts'
import { parseYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { AuthorityKind, RepairStep } from '#core/repair/repair.ts'
import type { ServiceContext } from '#services/context.ts'
import { reportRepair } from '#services/repair/repair.ts'
import { evidenceOf, eventsOf, standingIn, type Evidence } from './walk-evidence.ts'
import type { Ground, WalkOffice } from './walk-ground.ts'
import { mayBeBy, notAfter } from './walk-rules.ts'
import { on } from './whole-path.ts'

/** Thrown anew for every walk, the same for the same number. */
export type Dice = { below(count: number): number; chance(percent: number): boolean; pick<Of>(list: readonly Of[]): Of }

export function dice(seed: number): Dice {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (list) => {
      const found = list[below(list.length)]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
  }
}

export type Plan = {
  readonly buildingId: BuildingId
  readonly part: string
  readonly contractorId: CounterpartyId
  readonly approvedFen: Fen
  readonly authority: AuthorityKind
  readonly concealedWork: boolean
  readonly hasRetention: boolean
}

export type Scene = {
  readonly office: WalkOffice
  readonly ground: Ground
  readonly id: RepairId
  readonly plan: Plan
  readonly draw: Dice
  /** Day and minute of this job; they never go back. */
  today: BusinessDate
  minute: number
  /** Wrong tries that were let through. */
  readonly letThrough: string[]
  /** What SQLite had to refuse because no service did. */
  readonly leftToSql: string[]
}

const AMOUNTS = ['600.00', '1500.00', '1999.99', '1999.99', '2000.00', '4999.99', '5000.00', '8000.00', '31000.00']
  .map((yuan) => parseYuan(yuan))

export function planOf(ground: Ground, office: WalkOffice, draw: Dice): Plan {
  return {
    buildingId: draw.pick(ground.buildings), part: draw.pick(['屋面', '外墙']),
    contractorId: office.contractors[draw.chance(85) ? 0 : 1] ?? office.contractor,
    approvedFen: draw.pick(AMOUNTS), authority: draw.pick(['vote', 'standing', 'emergency'] as const),
    concealedWork: draw.chance(35), hasRetention: draw.chance(60),
  }
}

/** Everybody may be at it; `kind` says who should be: of its role, and not after what forbids it. */
export function suited({ office, id }: Pick<Scene, 'office' | 'id'>, kind: string): readonly ServiceContext[] {
  const forbidden = notAfter(kind)
  const events = forbidden.length === 0 ? [] : eventsOf(office, id)
  const before = forbidden.map((each) => standingIn(events, each)?.actor)
  return office.people.filter(({ actor }) =>
    mayBeBy(kind).some((role) => [...actor.roles].some((own) => own === role)) && !before.includes(actor.userId))
}

/** One of those whose turn it is. */
export function rightful(scene: Scene, kind: string): ServiceContext {
  const right = suited(scene, kind)
  return scene.draw.pick(right.length > 0 ? right : scene.office.people)
}

export function unsuited(scene: Scene, kind: string): readonly ServiceContext[] {
  const right = new Set(suited(scene, kind))
  return scene.office.people.filter((one) => !right.has(one))
}

export function reported(office: WalkOffice, ground: Ground, draw: Dice): Scene {
  const plan = planOf(ground, office, draw)
  const { approvedFen, part, buildingId, contractorId } = plan
  const today = on('2025-08-01')
  office.clock.set(`${today}T02:00:00.000Z`)
  const by = draw.pick(office.people.filter(({ actor }) => actor.roles.has('preparer') || actor.roles.has('head')))
  const id = reportRepair(by, {
    complexId: ground.complexId, buildingId, entrance: '1单元', part, facility: draw.pick(['东侧', '西侧', '北侧']), title: '渗漏修补',
    reportedOn: today, quotedFen: approvedFen, contractorId, supervisorId: office.supervisor,
  })
  return { office, ground, id, plan, draw, today, minute: 0, letThrough: [], leftToSql: [] }
}

export function stepOf({ office, id }: Pick<Scene, 'office' | 'id'>): RepairStep {
  const row = office.ledger
    .prepare<[number], { step: RepairStep }>('SELECT step FROM repair_standing WHERE repair_id = ?').get(id)
  if (row === undefined) throw new Error('no such job')
  return row.step
}

export const seen = ({ office, id }: Scene): Evidence => evidenceOf(office, id)

/** Goes on to a day, if it is not past; every act has its own minute. */
export function goTo(scene: Scene, day: BusinessDate): void {
  if (day > scene.today) {
    scene.today = day
    scene.minute = 0
  }
  tick(scene)
}

export function tick(scene: Scene): void {
  scene.minute += 1
  if (scene.minute === 300) {
    scene.today = addDays(scene.today, 1)
    scene.minute = 1
  }
  const [hour, minute] = [2 + Math.floor(scene.minute / 60), String(scene.minute % 60).padStart(2, '0')]
  scene.office.clock.set(`${scene.today}T0${hour}:${minute}:00.000Z`)
}

export const later = (scene: Scene, days: number): BusinessDate => addDays(scene.today, days)

/** Whether it was let through. A refusal must be a Problem with its sentence; anything else is a fault of the ledger's. */
export function attempt(scene: Scene, name: string, work: () => unknown): boolean {
  tick(scene)
  try {
    work()
    return true
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // A voucher is posted by the rules of vouchers; what its job forbids, SQL says.
    if (error.cause instanceof Database.SqliteError && name !== 'post') scene.leftToSql.push(`${name}: ${error.code}`)
    return false
  }
}

/** Something that must be refused; whether it was not: what gets through is seen again in what the money left. */
export function wrongly(scene: Scene, name: string, work: () => unknown): boolean {
  const { id, office } = scene
  const latest = office.ledger.prepare<[number], { seq: number }>('SELECT max(seq) AS seq FROM repair_event WHERE repair_id = ?')
  const before = latest.get(id)?.seq
  if (!attempt(scene, name, work)) return false
  if (latest.get(id)?.seq === before) return false
  scene.letThrough.push(name)
  return true
}

export type Need = {
  readonly name: string
  readonly isThere: () => boolean
  readonly make: () => unknown
  /** More often than not the last to come. */
  readonly isLate?: boolean
}

/** Everything an act needs, in any order, and a try before the last of it is there. */
export function withNeeds(scene: Scene, act: string, needs: readonly Need[], go: () => unknown): void {
  const missing = needs.filter(({ isThere }) => !isThere())
  const shuffled = missing
    .map((need) => ({ need, at: scene.draw.below(1000) + (need.isLate === true ? 700 : 0) })).toSorted((a, b) => a.at - b.at)
  for (const [index, { need }] of shuffled.entries()) {
    const isTried = index === shuffled.length - 1 && scene.draw.chance(70)
    if (isTried && wrongly(scene, `${act} without ${need.name}`, go)) return
    attempt(scene, need.name, need.make)
  }
}
