/** The photos of a job's folder, each file once, and which other jobs hold the very same file. */
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { storeAttachment } from '../attachment.ts'
import type { ServiceContext } from '../context.ts'
import { addRepairPaper } from './repair-papers.ts'

export type RepairPhoto = {
  readonly id: number
  readonly sha256: string
  readonly name: string
  readonly size: number
  readonly addedBy: string
  readonly addedOn: BusinessDate
  /** Numbers of other jobs. */
  readonly alsoIn: readonly string[]
}

const PHOTOS = `
  SELECT p.id, p.sha256, a.name, a.size, u.name AS addedBy, date(p.at, '+8 hours') AS addedOn
  FROM repair_paper p JOIN attachment a ON a.sha256 = p.sha256 JOIN user u ON u.id = p.added_by
  WHERE p.repair_id = ? AND a.media_type IN ('image/jpeg', 'image/png') ORDER BY p.id`

const ELSEWHERE = `
  SELECT DISTINCT p.sha256, r.number
  FROM json_each(:files) f CROSS JOIN repair_paper p ON p.sha256 = f.value CROSS JOIN repair r ON r.id = p.repair_id
  WHERE p.repair_id <> :id ORDER BY r.number`

/** In the order in which they were filed. */
export function repairPhotos(ledger: Ledger, id: RepairId): readonly RepairPhoto[] {
  const rows = ledger.prepare<[number], Omit<RepairPhoto, 'alsoIn'>>(PHOTOS).all(id)
  // A sheet that was sent back files its photos again: the same file is one photo.
  const photos = [...Map.groupBy(rows, ({ sha256 }) => sha256).values()].flatMap(([first]) => first ?? [])
  const elsewhere = ledger
    .prepare<[Record<string, unknown>], { sha256: string; number: string }>(ELSEWHERE)
    .all({ files: JSON.stringify(photos.map(({ sha256 }) => sha256)), id })
  return photos.map((photo) => ({
    ...photo,
    alsoIn: elsewhere.filter(({ sha256 }) => sha256 === photo.sha256).map(({ number }) => number),
  }))
}

/** Keeps the bytes and files them as a photo. Throws `photo.duplicate`, `attachment.*`, `repair.path`, `role.missing`. */
export function addRepairPhoto(
  context: ServiceContext,
  id: RepairId,
  photo: { readonly name: string; readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' | 'image/png' },
): string {
  return context.ledger.write(() => {
    const { sha256 } = storeAttachment(context, photo)
    if (repairPhotos(context.ledger, id).some((one) => one.sha256 === sha256)) {
      throw new Problem({ code: 'photo.duplicate', message: `${photo.name} 已在这项维修的照片里`, field: 'file' })
    }
    addRepairPaper(context, id, 'photo', sha256)
    return sha256
  })
}
