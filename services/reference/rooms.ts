/** The rooms of a reference complex as an old system would hand them over: facts, owners, what was paid and what is left. */
import { firstContribution } from '#core/household/household-account.ts'
import { addFen, fen, parseYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { parsePercent, percentOf, rateMicro } from '#core/rate.ts'
import type { HouseholdFacts, HouseholdOpening } from '#core/register/household.ts'
import type { RegisterOwner, RegisterReading, RegisterRow } from '#core/register/register.ts'
import { draw, DRAWN, type PlannedComplex, type ReferenceScale } from './scale.ts'

const SURNAMES = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜')
const GIVEN = Array.from('安邦晨德恩芳国浩嘉俊康丽明宁平清荣思涛文晓雅远泽志')
const AREAS = [8950, 11862, 9640, 7385, 12806, 10250, 13418, 6890]
const PER_FLOOR = 2
const ENTRANCES = 2
const LIFT_ABOVE_FLOOR = 7
const LIFT_RATE = parseYuan('75.00')
const STAIRS_RATE = parseYuan('55.00')
const NO_RATES = { liftFen: null, noLiftFen: null, otherUseFen: null, pricePercent: null }

/** Well-formed and nobody's: the place code 340798 was never given out. Distinct for sixteen million owners. */
function cardNumber(serial: number): string {
  const rest = Math.floor(serial / 1000)
  const day = String((rest % 28) + 1).padStart(2, '0')
  const month = String((Math.floor(rest / 28) % 12) + 1).padStart(2, '0')
  const year = 1945 + (Math.floor(rest / 336) % 50)
  const digits = `340798${year}${month}${day}${String(serial % 1000).padStart(3, '0')}`
  // GB 11643: weights are the powers of two modulo 11, read from the right.
  const sum = Array.from(digits).reduce((total, digit, index) => total + ((2 ** (17 - index)) % 11) * Number(digit), 0)
  return `${digits}${'10X98765432'[sum % 11] ?? ''}`
}

function ownerOf(scale: ReferenceScale, serial: number): RegisterOwner {
  const pick = (from: readonly string[], at: number): string => from[draw(scale, from.length, DRAWN.name, serial, at)] ?? ''
  return {
    name: `${pick(SURNAMES, 0)}${pick(GIVEN, 1)}${serial % 3 === 0 ? '' : pick(GIVEN, 2)}`, kind: 'person', parts: 1,
    identity: cardNumber(serial), phone: `1990${String(serial % 10_000_000).padStart(7, '0')}`,
  }
}

/** Most paid and kept enough; some never paid, some have little left; one room a complex is the property company's. */
type RoomStanding = 'paid' | 'owing' | 'low' | 'company' | 'unsold'

function standingOf(scale: ReferenceScale, complex: PlannedComplex, room: number): RoomStanding {
  if (room === 0) return 'company'
  const drawn = draw(scale, 1000, DRAWN.standing, complex.index, room)
  if (drawn < 12) return 'unsold'
  if (drawn < 40) return 'owing'
  return drawn < 80 ? 'low' : 'paid'
}

/** What an owner of the room was due first; null where there is none to pay it. */
export function ownersDue(scale: ReferenceScale, complex: PlannedComplex, room: number): Fen | null {
  const standing = standingOf(scale, complex, room)
  return standing === 'company' || standing === 'unsold' ? null : factsOf(scale, complex, room).firstDueFen
}

/** Place, area and rate of the `room`-th room: two entrances a building, two doors a floor. */
function factsOf(scale: ReferenceScale, complex: PlannedComplex, room: number): HouseholdFacts & { readonly building: string } {
  const building = room % complex.buildings
  const within = Math.floor(room / complex.buildings)
  const floor = Math.floor(within / (PER_FLOOR * ENTRANCES)) + 1
  const door = within % (PER_FLOOR * ENTRANCES)
  const highest = Math.ceil(complex.households / complex.buildings / (PER_FLOOR * ENTRANCES))
  const standing = standingOf(scale, complex, room)
  const hasLift = highest > LIFT_ABOVE_FLOOR
  const areaDm2 = AREAS[draw(scale, AREAS.length, DRAWN.area, complex.index, room)] ?? 0
  const facts: HouseholdFacts = {
    entrance: String(Math.floor(door / PER_FLOOR) + 1), floor, room: `${floor}${String((door % PER_FLOOR) + 1).padStart(2, '0')}`,
    areaDm2, use: standing === 'company' ? 'office' : floor === 1 && room % 29 === 3 ? 'shop' : 'house', hasLift,
    nature: complex.nature, isExcluded: standing === 'company', isDeveloperHeld: standing === 'unsold', priceFen: null,
    rateFen: standing === 'company' ? null : hasLift ? LIFT_RATE : STAIRS_RATE, firstDueFen: null,
  }
  const due = firstContribution(facts, NO_RATES)?.amountFen ?? null
  return { ...facts, firstDueFen: due, building: String(building + 1) }
}

/** Eight to fourteen percent of the principal came as interest; who runs low has a fifth of both left. */
function openingOf(scale: ReferenceScale, complex: PlannedComplex, room: number, due: HouseholdFacts['firstDueFen']) {
  const standing = standingOf(scale, complex, room)
  const nothing: HouseholdOpening = { paidFen: ZERO_FEN, interestFen: ZERO_FEN, balanceFen: ZERO_FEN }
  if (due === null || (standing !== 'paid' && standing !== 'low')) return nothing
  const percent = rateMicro(8_000_000 + 1000 * draw(scale, 6000, DRAWN.interest, complex.index, room))
  const interestFen = percentOf(due, percent)
  const whole = addFen(due, interestFen)
  return { paidFen: due, interestFen, balanceFen: standing === 'paid' ? whole : percentOf(whole, parsePercent('20')) }
}

/** Serials of owners leave two places to every room of the office, so that nobody owns in two complexes. */
export function roomsOf(scale: ReferenceScale, complex: PlannedComplex, firstRoom: number): readonly RegisterRow[] {
  return Array.from({ length: complex.households }, (_, room): RegisterRow => {
    const { building, ...facts } = factsOf(scale, complex, room)
    const standing = standingOf(scale, complex, room)
    const owners = standing === 'company' || standing === 'unsold' ? 0 : room % 7 === 3 ? 2 : 1
    return {
      line: room + 2, building, facts, opening: openingOf(scale, complex, room, facts.firstDueFen),
      owners: Array.from({ length: owners }, (_, seat) => ownerOf(scale, 2 * (firstRoom + room) + seat)),
    }
  })
}

/** The rows as a file that was read without an error. */
export function readingOf(rows: readonly RegisterRow[]): RegisterReading {
  const sum = (of: (row: RegisterRow) => number | null): number => rows.reduce((total, row) => total + (of(row) ?? 0), 0)
  return {
    format: '参照办公室', encoding: null, columns: [], rows, errors: [], warnings: [],
    sums: {
      households: rows.length, areaDm2: sum(({ facts }) => facts.areaDm2), owners: sum(({ owners }) => owners.length),
      dueFen: fen(sum(({ facts }) => facts.firstDueFen)), paidFen: fen(sum(({ opening }) => opening?.paidFen ?? null)),
      balanceFen: fen(sum(({ opening }) => opening?.balanceFen ?? null)),
    },
  }
}
