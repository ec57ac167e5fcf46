/** The builder's warranty as a window check sees it: the register's answer on the place, and what was found and kept. */
import { z } from 'zod'
import { isBusinessDate, parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import {
  findWarranty, WARRANTY_CATEGORIES, warrantyCategoryOf, warrantyCover, type WarrantyAnswer, type WarrantyCategory,
  type WarrantyCover, type WarrantyFound,
} from '#core/repair/builder-warranty.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from '../context.ts'
import { warrantyRegister } from '../register/warranty.ts'
import { repairOf, type Repair } from './repair-record.ts'

type Reader = Pick<ServiceContext, 'ledger' | 'clock'>

export type WarrantyQuestion = {
  /** The part's own kind of works. */
  readonly own: WarrantyCategory
  readonly category: WarrantyCategory
  readonly cover: WarrantyCover
}

/** What the register says of a job's place; `category` null: the part's own. Throws `repair.missing`. */
export function warrantyQuestion({ ledger, clock }: Reader, id: RepairId, category: WarrantyCategory | null): WarrantyQuestion {
  const { buildingId, part, reportedOn, complexId } = repairOf(ledger, id)
  const own = warrantyCategoryOf(part)
  const asked = category ?? own
  const register = warrantyRegister(ledger, complexId, clock.today())
  return { own, category: asked, cover: warrantyCover({ buildingId, category: asked, reportedOn }, register) }
}

/** Throws as `findWarranty`. */
export function findRepairWarranty({ ledger, clock }: Reader, repair: Repair, answer: WarrantyAnswer): WarrantyFound {
  return findWarranty(repair, answer, warrantyRegister(ledger, repair.complexId, clock.today()))
}

const day = z.string().refine(isBusinessDate).transform((text) => parseDate(text))
const works = { category: z.enum(WARRANTY_CATEGORIES), categoryReason: z.string() }
const FOUND = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('over'), ...works, by: z.enum(['register', 'stated']), completedOn: day.nullable(), lastDay: day,
    source: z.string(),
  }),
  z.object({ kind: z.literal('notFound'), ...works, reason: z.string() }),
])

/** What the last window check of a job found; null before there was one. */
export function keptWarranty(ledger: Ledger, id: RepairId): WarrantyFound | null {
  const kept = ledger
    .prepare<[number], string>(
      `SELECT json_extract(detail, '$.builderWarranty') FROM repair_event
       WHERE repair_id = ? AND kind = 'windowChecked' ORDER BY seq DESC LIMIT 1`,
    )
    .pluck()
    .get(id)
  return kept === undefined ? null : FOUND.parse(JSON.parse(kept))
}
