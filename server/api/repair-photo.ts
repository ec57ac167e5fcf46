/** Photos of a repair: filed one by one, and shown with what the camera says of time and place. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { photoHints, photoHintSentence, type PhotoFacts } from '#core/repair/photo.ts'
import type { ServiceContext } from '#services/context.ts'
import { policyFor } from '#services/policy/policy.ts'
import { addRepairPhoto, repairPhotos } from '#services/repair/repair-photo.ts'
import { repairOf } from '#services/repair/repair-record.ts'
import type { RepairId } from '#core/id.ts'
import { readPhoto, storedPhoto } from '../photo.ts'
import { fileTokenSchema, idSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const id = idSchema<'repair'>()

const SILENT: Pick<PhotoFacts, 'takenAt' | 'place'> = { takenAt: null, place: null }

/** Each photo with its facts, what is wrong with its file, and its hints as sentences. */
async function photosOf({ ledger, clock }: Pick<ServiceContext, 'ledger' | 'clock'>, repairId: RepairId) {
  const { profileCode, reportedOn } = repairOf(ledger, repairId)
  const photos = repairPhotos(ledger, repairId)
  const read = await Promise.all(photos.map(({ sha256, name }) => storedPhoto(ledger, sha256, name)))
  const farMetres = policyFor(ledger, profileCode, clock.today()).value('check.photoMetres')
  const filed = photos.map((photo, index) => ({ ...photo, facts: read[index]?.facts ?? SILENT }))
  const hints = photoHints(filed, { reportedOn }, farMetres)
  return photos.map((photo, index) => ({
    ...photo,
    facts: read[index]?.facts ?? null,
    problem: read[index]?.problem ?? null,
    hints: (hints[index] ?? []).map(photoHintSentence),
  }))
}

export const repairPhotoRouter = router({
  list: readProcedure.input(z.object({ id })).query(({ ctx, input }) => photosOf(ctx, input.id)),
  add: writeProcedure('preparer', 'reviewer', 'head')
    .input(z.object({ id, token: fileTokenSchema }))
    .mutation(async ({ ctx, input }) => {
      const file = ctx.staging.find(ctx.actor.userId, input.token)
      const bytes = await readFile(file.path)
      const { mediaType } = await readPhoto(bytes, file.name)
      const sha256 = addRepairPhoto(ctx, input.id, { name: file.name, bytes, mediaType })
      await ctx.staging.discard(ctx.actor.userId, input.token)
      return { sha256 }
    }),
})
