import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import {
  cameraTime, metresBetween, photoHints, photoPlace, placeText, type FiledPhoto, type PhotoPlace,
} from '#core/repair/photo.ts'

const JOB = { reportedOn: parseDate('2025-09-01') }

function place(latitude: number, longitude: number): PhotoPlace {
  const found = photoPlace(latitude, longitude)
  if (found === null) throw new Error('not on the globe')
  return found
}

const HERE = place(30.9451, 117.8123)

function photo(takenAt: string | null, more: Partial<FiledPhoto> & { place?: PhotoPlace | null } = {}): FiledPhoto {
  const { place: where = null, ...rest } = more
  return { sha256: 'a', facts: { takenAt, place: where }, addedOn: parseDate('2025-09-10'), alsoIn: [], ...rest }
}

function kinds(photos: readonly FiledPhoto[], far: number | null = 500): readonly (readonly string[])[] {
  return photoHints(photos, JOB, far).map((hints) => hints.map(({ kind }) => kind))
}

describe('what a camera writes', () => {
  it('a time is taken as it stands, and what no calendar knows is no time', () => {
    expect(cameraTime('2025:09:08 10:20:30')).toBe('2025-09-08 10:20:30')
    for (const nothing of ['0000:00:00 00:00:00', '2025:02:30 10:00:00', '    :  :     :  :  ', '', '2025-09-08']) {
      expect(cameraTime(nothing)).toBeNull()
    }
  })

  it('a place is on the globe, and the Gulf of Guinea is a phone without a fix', () => {
    expect(placeText(HERE)).toBe('北纬 30.945100°，东经 117.812300°')
    const nowhere = [[0, 0], [91, 10], [10, -181], [Number.NaN, 1]] as const
    for (const [north, east] of nowhere) expect(photoPlace(north, east)).toBeNull()
  })

  it('distance is symmetric, zero at home, and a degree of the meridian is about 111 km', () => {
    expect(metresBetween(place(30, 117), place(31, 117))).toBe(111_195)
    const degrees = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 })
    const anywhere = fc.record({ latitudeMicro: degrees(90), longitudeMicro: degrees(180) })
    fc.assert(fc.property(anywhere, anywhere, (a, b) => {
      expect(metresBetween(a, b)).toBe(metresBetween(b, a))
      expect(metresBetween(a, a)).toBe(0)
      expect(metresBetween(a, b)).toBeLessThanOrEqual(20_015_087)
    }))
  })
})

describe('a photo held against its job', () => {
  it('older than the report is asked about; of the same day it is not', () => {
    const photos = [photo('2025-08-31 23:59:59'), photo('2025-09-01 00:00:00'), photo(null)]
    expect(kinds(photos)).toEqual([['olderThanReport'], [], []])
  })

  it('taken after it was filed means a wrong clock', () => {
    expect(kinds([photo('2025-09-11 08:00:00'), photo('2025-09-10 23:00:00')])).toEqual([['fromTheFuture'], []])
  })

  it('far from the others is asked about, by the distance of the profile and not without it', () => {
    const far = place(30.9551, 117.8123)
    const photos = [photo(null, { place: far }), photo(null, { place: HERE }), photo(null, { place: HERE }), photo(null)]
    expect(kinds(photos)).toEqual([['farFromOthers'], [], [], []])
    expect(kinds(photos, 1200)).toEqual([[], [], [], []])
    expect(kinds(photos, null)).toEqual([[], [], [], []])
  })

  it('one photo alone has no others to be far from', () => {
    expect(kinds([photo(null, { place: HERE })])).toEqual([[]])
  })

  it('the very same file in another job is asked about', () => {
    expect(kinds([photo(null, { alsoIn: ['WX2025-00001'] })])).toEqual([['alsoInOther']])
  })
})
