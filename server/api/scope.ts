/** Scopes as the page sends them: chosen places, or households as lines of text, which the ledger turns into numbers. */
import { z } from 'zod'
import type { ComplexId } from '#core/id.ts'
import type { UseScope } from '#core/authority/use-scope.ts'
import type { Ledger } from '#db/ledger.ts'
import { readHouseholdLines } from '#services/household/apportionment-household.ts'
import { idSchema, textSchema } from './schema.ts'

const buildingId = idSchema<'building'>()

export const useScopeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('complex') }),
  z.object({ kind: z.literal('buildings'), buildingIds: z.array(buildingId).min(1).max(500) }),
  z.object({
    kind: z.literal('entrances'), entrances: z.array(z.object({ buildingId, entrance: textSchema })).min(1).max(2000),
  }),
  /** One line a household, as pasted from a spreadsheet. */
  z.object({ kind: z.literal('rooms'), rooms: z.string().max(2_000_000) }),
])

/** Throws `apportionment.line` with the row. */
export function useScopeOf(ledger: Ledger, complexId: ComplexId, scope: z.output<typeof useScopeSchema>): UseScope {
  if (scope.kind !== 'rooms') return scope
  return { kind: 'households', householdIds: [...readHouseholdLines(ledger, complexId, scope.rooms, false).keys()] }
}
