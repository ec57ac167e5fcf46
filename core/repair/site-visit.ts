/**
 * What each party saw on site before the works are paid (现场复核、抽查): section and supervisor each with their own person, time,
 * place, finding and photos (Tongling 12(3)). One record for both would be one visit, and nobody could say whose.
 */
import { isBusinessDate, type BusinessDate } from '../calendar.ts'
import type { ProblemDetails } from '../problem.ts'
import { crossedParties, isPerson, notAPerson, PARTY_WORD, personKey, type PartyPerson } from './person.ts'

export const VISIT_PARTIES = ['section', 'supervisor'] as const
export type VisitParty = (typeof VISIT_PARTIES)[number]

export type SiteVisit = {
  readonly party: VisitParty
  readonly person: string
  readonly on: BusinessDate
  /** `09:30`, in China. */
  readonly time: string
  /** Where on site: `3幢 1单元顶层平台`. */
  readonly place: string
  readonly finding: string
  /** SHA-256 of the job's photos that this party took. */
  readonly photos: readonly string[]
}

export type VisitsKnown = {
  /** Whose record is asked for. */
  readonly parties: readonly VisitParty[]
  /** Photos filed since the job came to the review; an older one shows an older state. */
  readonly photos: ReadonlySet<string>
  /** Who signed the review's sheet; null where none is signed. */
  readonly signed: readonly PartyPerson[] | null
  /** Persons of the job's other sheets. */
  readonly others: readonly PartyPerson[]
  /** The contract's day, else the report's. */
  readonly from: BusinessDate
  /** `2025-10-09 10:00`, in China. */
  readonly now: string
}

export function isClockTime(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text)
}

/** `2025-09-10 09:30`. */
export function visitMoment({ on, time }: Pick<SiteVisit, 'on' | 'time'>): string {
  return `${on} ${time}`
}

/** The day of the last visit: only then the review was complete. */
export function lastVisitDay(visits: readonly Pick<SiteVisit, 'on'>[]): BusinessDate | null {
  return visits.map(({ on }) => on).toSorted().at(-1) ?? null
}

/** `科室 钱科长 2025-09-10 09:30 屋面平台：与申报一致`. */
export function visitText(visit: SiteVisit): string {
  return `${PARTY_WORD[visit.party]} ${visit.person} ${visitMoment(visit)} ${visit.place}：${visit.finding}`
}

function problemsOf(visit: SiteVisit, known: VisitsKnown): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  const word = PARTY_WORD[visit.party]
  const refuse = (field: keyof SiteVisit, message: string) =>
    problems.push({ code: 'repair.visit', message: `${word}：${message}`, field: `visits.${visit.party}.${field}` })
  if (!isPerson(visit.person)) refuse('person', notAPerson(visit.person))
  if (!isBusinessDate(visit.on) || visit.on < known.from) refuse('on', `到场日期不能早于 ${known.from}`)
  if (!isClockTime(visit.time)) refuse('time', '请填写到场时间，如 09:30')
  else if (visitMoment(visit) > known.now) refuse('on', '到场时间不能晚于现在')
  if (visit.place.trim() === '') refuse('place', '请写明到场的地点')
  if (visit.finding.trim() === '') refuse('finding', '请写明现场情况和结论')
  if (visit.photos.length === 0) refuse('photos', '请选择到场拍的照片')
  else if (visit.photos.some((photo) => !known.photos.has(photo))) refuse('photos', '要用到这一步以后收入的现场照片，以前的照片不算')
  if (known.signed !== null && isPerson(visit.person) && !hasSigned(visit, known.signed)) {
    refuse('person', `${visit.person.trim()}还没有在现场复核记录上签字`)
  }
  return problems
}

function hasSigned({ party, person }: PartyPerson, signed: readonly PartyPerson[]): boolean {
  return signed.some((one) => one.party === party && personKey(one.person) === personKey(person))
}

/** Everything wrong with the records of one review, each with its field; empty: it stands. */
export function visitProblems(visits: readonly SiteVisit[], known: VisitsKnown): readonly ProblemDetails[] {
  const problems: ProblemDetails[] = []
  for (const party of known.parties) {
    const own = visits.filter((visit) => visit.party === party)
    if (own.length !== 1) {
      const message = `${PARTY_WORD[party]}的到场记录要有一份：人员、时间、地点、情况和照片`
      problems.push({ code: 'repair.visit', message, field: `visits.${party}.person` })
    }
  }
  problems.push(...visits.flatMap((visit) => problemsOf(visit, known)))
  const persons = visits.map(({ person }) => personKey(person))
  const photos = visits.flatMap((visit) => [...new Set(visit.photos)])
  if (new Set(persons).size < persons.length) {
    problems.push({ code: 'repair.visit', message: '科室和监理要各有一人到场，不能是同一人', field: 'visits.supervisor.person' })
  }
  if (new Set(photos).size < photos.length) {
    problems.push({ code: 'repair.visit', message: '科室和监理各附自己拍的照片，同一张不能两方都用', field: 'visits.supervisor.photos' })
  }
  return [...problems, ...crossedParties(visits, known.others, 'visits.section.person')]
}
