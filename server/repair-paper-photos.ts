/** The photos a printed paper lists, with what each picture says of its time and place (铜陵 12(3)). */
import { placeText } from '#core/repair/photo.ts'
import type { PhotoLine } from '#reports/repair-papers.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { Ledger } from '#db/ledger.ts'
import { businessDateOf } from '#services/clock.ts'
import type { RepairJob } from '#services/repair/repair-record.ts'
import { storedPhoto } from './photo.ts'

type Filed = { readonly sha256: string; readonly name: string; readonly filedOn: BusinessDate }

/** A file that cannot be read is listed all the same: it says nothing of itself. */
async function lineOf(ledger: Ledger, { sha256, name, filedOn }: Filed): Promise<PhotoLine> {
  const { facts } = await storedPhoto(ledger, sha256, name)
  return {
    name, filedOn, takenAt: facts?.takenAt?.slice(0, 16) ?? '',
    place: facts === null || facts.place === null ? '' : placeText(facts.place),
  }
}

export type PaperPhotos = {
  readonly site: readonly PhotoLine[]
  /** The same, by file. */
  readonly bySha: ReadonlyMap<string, PhotoLine>
  /** By the visa's row. */
  readonly ofVisa: ReadonlyMap<number, readonly PhotoLine[]>
}

/** Read before the sheets are made, which then only put them down. */
export async function paperPhotos(ledger: Ledger, { folder, visas }: RepairJob): Promise<PaperPhotos> {
  const site = folder.papers.filter(({ kind }) => kind === 'photo')
    .map(({ sha256, name, at }) => ({ sha256, name, filedOn: businessDateOf(at) }))
  const read = (files: readonly Filed[]) => Promise.all(files.map((file) => lineOf(ledger, file)))
  const ofVisas = await Promise.all(visas.map(async ({ id, on, images }) =>
    [id, await read(images.map(({ sha256, name }) => ({ sha256, name, filedOn: on })))] as const))
  const lines = await read(site)
  const bySha = new Map(site.flatMap(({ sha256 }, index): [string, PhotoLine][] => {
    const line = lines[index]
    return line === undefined ? [] : [[sha256, line]]
  }))
  return { site: lines, bySha, ofVisa: new Map(ofVisas) }
}
