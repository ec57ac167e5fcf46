/**
 * What a photo on site says about itself (time and place from the camera), held against its job: a photo older than the report,
 * taken far from the others, or lying in another job as well is shown as 疑似. A camera's clock may be wrong and places are
 * often switched off: these are hints for whoever looks, never a refusal.
 */
import { parseDate, type BusinessDate } from '../calendar.ts'

/** Degrees × 1,000,000: about a hand's breadth. */
export type PhotoPlace = { readonly latitudeMicro: number; readonly longitudeMicro: number }

export type PhotoFacts = {
  /** `2025-09-08 10:20:30` by the camera's own clock, which names no time zone; null: the file does not say. */
  readonly takenAt: string | null
  readonly place: PhotoPlace | null
  readonly camera: string
  readonly width: number
  readonly height: number
}

/** From EXIF's `2025:09:08 10:20:30`; null for zeros and whatever else cameras write when they do not know. */
export function cameraTime(text: string): string | null {
  const [, year, month, day, time] = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(text.trim()) ?? []
  if (year === undefined || month === undefined || day === undefined || time === undefined) return null
  try {
    return `${parseDate(`${year}-${month}-${day}`)} ${time}`
  } catch {
    return null
  }
}

export function photoDay({ takenAt }: Pick<PhotoFacts, 'takenAt'>): BusinessDate | null {
  return takenAt === null ? null : parseDate(takenAt.slice(0, 10))
}

/** Null unless both are degrees on the globe; exactly 0,0 is what phones write without a fix. */
export function photoPlace(latitude: number, longitude: number): PhotoPlace | null {
  const isOnGlobe = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  if (!isOnGlobe || (latitude === 0 && longitude === 0)) return null
  return { latitudeMicro: Math.round(latitude * 1e6), longitudeMicro: Math.round(longitude * 1e6) }
}

const EARTH_RADIUS_METRES = 6_371_000
const RADIANS = Math.PI / 180 / 1e6

/** Great-circle distance, in whole metres. */
export function metresBetween(a: PhotoPlace, b: PhotoPlace): number {
  const north = Math.sin(((b.latitudeMicro - a.latitudeMicro) * RADIANS) / 2)
  const east = Math.sin(((b.longitudeMicro - a.longitudeMicro) * RADIANS) / 2)
  const part = north ** 2 + Math.cos(a.latitudeMicro * RADIANS) * Math.cos(b.latitudeMicro * RADIANS) * east ** 2
  return Math.round(2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(part))))
}

/** The photo from which the others together are nearest: one stray photo moves it less than it would move a mean. */
function middleOf(places: readonly PhotoPlace[]): PhotoPlace | null {
  const sums = places.map((place) => places.reduce((sum, other) => sum + metresBetween(place, other), 0))
  const least = Math.min(...sums)
  return places[sums.indexOf(least)] ?? null
}

export type FiledPhoto = {
  readonly sha256: string
  readonly facts: Pick<PhotoFacts, 'takenAt' | 'place'>
  /** The day on which it was put into the job's folder. */
  readonly addedOn: BusinessDate
  /** Numbers of other jobs whose folders hold the very same file. */
  readonly alsoIn: readonly string[]
}

export type PhotoHint =
  | { readonly kind: 'olderThanReport'; readonly takenOn: BusinessDate }
  /** Taken, by its own clock, after it was filed. */
  | { readonly kind: 'fromTheFuture'; readonly takenOn: BusinessDate }
  | { readonly kind: 'farFromOthers'; readonly metres: number }
  | { readonly kind: 'alsoInOther'; readonly numbers: readonly string[] }

/** Of each photo, in their order. `farMetres`: the profile's distance, null while 待填写. Of two alone the later filed is told. */
export function photoHints(
  photos: readonly FiledPhoto[],
  job: { readonly reportedOn: BusinessDate },
  farMetres: number | null,
): readonly (readonly PhotoHint[])[] {
  const middle = middleOf(photos.flatMap(({ facts }) => facts.place ?? []))
  return photos.map(({ facts, addedOn, alsoIn }) => {
    const takenOn = photoDay(facts)
    const metres = facts.place === null || middle === null ? 0 : metresBetween(facts.place, middle)
    return [
      ...(takenOn !== null && takenOn < job.reportedOn ? [{ kind: 'olderThanReport' as const, takenOn }] : []),
      ...(takenOn !== null && takenOn > addedOn ? [{ kind: 'fromTheFuture' as const, takenOn }] : []),
      ...(farMetres !== null && metres > farMetres ? [{ kind: 'farFromOthers' as const, metres }] : []),
      ...(alsoIn.length > 0 ? [{ kind: 'alsoInOther' as const, numbers: alsoIn }] : []),
    ]
  })
}

export function photoHintSentence(hint: PhotoHint): string {
  switch (hint.kind) {
    case 'olderThanReport':
      return `拍摄于 ${hint.takenOn}，早于报修日`
    case 'fromTheFuture':
      return `拍摄时间 ${hint.takenOn} 晚于归档日，请核对相机时钟`
    case 'farFromOthers':
      return `拍摄地点距其他照片约 ${hint.metres} 米`
    case 'alsoInOther':
      return `同一照片也在 ${hint.numbers.join('、')}`
  }
}

/** `北纬 30.945120°，东经 117.812300°`. */
export function placeText({ latitudeMicro, longitudeMicro }: PhotoPlace): string {
  const degrees = (micro: number) => `${(Math.abs(micro) / 1e6).toFixed(6)}°`
  const north = latitudeMicro < 0 ? '南纬' : '北纬'
  const east = longitudeMicro < 0 ? '西经' : '东经'
  return `${north} ${degrees(latitudeMicro)}，${east} ${degrees(longitudeMicro)}`
}
