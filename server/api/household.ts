/** The property register: lists, cards, the picture of a building, changes, import, and the vault of owners' data. */
import { z } from 'zod'
import { HOUSEHOLD_NATURES, HOUSEHOLD_STANDINGS, HOUSEHOLD_USES } from '#core/register/household.ts'
import { AREA_SOURCES } from '#core/register/area-source.ts'
import { adoptArea, householdAreas, recordArea } from '#services/register/household-area.ts'
import { changeFacts, registerHousehold, setOwners } from '#services/register/household.ts'
import { householdCard } from '#services/register/household-history.ts'
import {
  buildingPicture, householdsByIds, listHouseholds, registerTotals, type HouseholdFilter,
} from '#services/register/household-list.ts'
import { mergeHouseholds, splitHousehold } from '#services/register/household-merge.ts'
import { changePassphrase, closeVault, openVault, setUpVault, vaultState } from '#services/register/identity-vault.ts'
import { correctOwner, findByIdentity, revealOwner } from '#services/register/owner.ts'
import { printPictureJob } from '../print-picture.ts'
import {
  importRegisterJob, readRegisterFile, readRegisterJob, registerTemplate, type RegisterUpload,
} from '../register-import.ts'
import {
  dateSchema, fenSchema, fileTokenSchema, idSchema, PAGE_LIMIT, positiveFenSchema, requiredTextSchema, textSchema,
} from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const householdId = idSchema<'household'>()
const complexId = idSchema<'complex'>()
const buildingId = idSchema<'building'>()
const ownerId = idSchema<'owner'>()
const ENCODINGS = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'gb18030'] as const

const facts = z.object({
  entrance: textSchema,
  floor: z.number().int().nullable(),
  room: requiredTextSchema,
  areaDm2: z.number().int().positive(),
  use: z.enum(HOUSEHOLD_USES),
  hasLift: z.boolean(),
  nature: z.enum(HOUSEHOLD_NATURES),
  isExcluded: z.boolean(),
  isDeveloperHeld: z.boolean(),
  priceFen: positiveFenSchema.nullable(),
  rateFen: positiveFenSchema.nullable(),
  firstDueFen: fenSchema.nullable(),
})
const entry = z.object({ effectiveOn: dateSchema, reason: requiredTextSchema })
const ownerFacts = z.object({
  kind: z.enum(['person', 'organisation']),
  name: requiredTextSchema,
  identity: requiredTextSchema.nullable(),
  phone: requiredTextSchema.nullable(),
})
const owners = z.array(z.object({ owner: z.union([z.object({ ownerId }), ownerFacts]), share: textSchema })).max(50)

const list = z.object({
  complexId,
  buildingId: buildingId.optional(),
  use: z.enum(HOUSEHOLD_USES).optional(),
  standing: z.enum(HOUSEHOLD_STANDINGS).optional(),
  room: textSchema.optional(),
  after: householdId.optional(),
  limit: z.number().int().min(1).max(PAGE_LIMIT),
})

/** The services take absent, not undefined. */
function listFilter({ buildingId: building, use, standing, room, after, ...page }: z.output<typeof list>): HouseholdFilter {
  return {
    ...page,
    ...(building !== undefined && { buildingId: building }),
    ...(use !== undefined && { use }),
    ...(standing !== undefined && { standing }),
    ...(room !== undefined && room !== '' && { room }),
    ...(after !== undefined && { after }),
  }
}

const upload = z.object({
  complexId, token: fileTokenSchema, building: textSchema.optional(), encoding: z.enum(ENCODINGS).optional(),
})

function uploadOf({ building, encoding, ...rest }: z.output<typeof upload>): RegisterUpload {
  return { ...rest, ...(building !== undefined && building !== '' && { building }), ...(encoding !== undefined && { encoding }) }
}

// As typed: a passphrase is not trimmed.
const passphrase = z.string().min(1).max(1000)
const writing = writeProcedure('bookkeeper', 'head', 'preparer')

/** Guessing at the office's passphrase is slowed down for everybody together. */
const VAULT_GATE = '\u0001vault'

export const householdRouter = router({
  vault: readProcedure.input(z.void()).query(({ ctx }) => vaultState(ctx.ledger)),
  setUpVault: writeProcedure('administrator')
    .input(z.object({ passphrase }))
    .mutation(({ ctx, input }) => setUpVault(ctx, input.passphrase)),
  openVault: readProcedure
    .input(z.object({ passphrase }))
    .mutation(({ ctx, input }) => ctx.passwordGate.attempt(VAULT_GATE, () => openVault(ctx, input.passphrase))),
  closeVault: readProcedure.input(z.void()).mutation(({ ctx }) => closeVault(ctx)),
  changePassphrase: writeProcedure('administrator')
    .input(z.object({ before: passphrase, after: passphrase }))
    .mutation(({ ctx, input }) =>
      ctx.passwordGate.attempt(VAULT_GATE, () => changePassphrase(ctx, input.before, input.after))),

  list: readProcedure.input(list).query(({ ctx, input }) => listHouseholds(ctx.ledger, listFilter(input), ctx.clock.today())),
  totals: readProcedure
    .input(z.object({ complexId, buildingId: buildingId.optional() }))
    .query(({ ctx, input: { buildingId: building, ...scope } }) =>
      registerTotals(ctx.ledger, { ...scope, ...(building !== undefined && { buildingId: building }) }, ctx.clock.today())),
  picture: readProcedure
    .input(z.object({ buildingId }))
    .query(({ ctx, input }) => buildingPicture(ctx.ledger, input.buildingId, ctx.clock.today())),
  printPicture: readProcedure
    .input(z.object({ buildingIds: z.array(buildingId).min(1).max(200) }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'household.picture', userId: ctx.actor.userId, run: (steps) => printPictureJob(ctx, input.buildingIds, steps),
      })),
  card: readProcedure
    .input(z.object({ id: householdId, asOf: dateSchema.optional() }))
    .query(({ ctx, input }) => householdCard(ctx.ledger, input.id, input.asOf ?? ctx.clock.today())),

  register: writing
    .input(entry.extend({ buildingId, facts, owners }))
    .mutation(({ ctx, input }) => registerHousehold(ctx, input)),
  changeFacts: writing
    .input(z.object({ id: householdId, facts, entry }))
    .mutation(({ ctx, input }) => changeFacts(ctx, input.id, input.facts, input.entry)),
  areas: readProcedure
    .input(z.object({ id: householdId }))
    .query(({ ctx, input }) => householdAreas(ctx.ledger, input.id, ctx.clock.today())),
  recordArea: writing
    .input(z.object({
      id: householdId, source: z.enum(AREA_SOURCES), areaDm2: z.number().int().positive(), onDate: dateSchema,
      basis: requiredTextSchema,
    }))
    .mutation(({ ctx, input: { id, ...facts } }) => recordArea(ctx, id, facts)),
  adoptArea: writing
    .input(z.object({ id: householdId, effectiveOn: dateSchema }))
    .mutation(({ ctx, input }) => adoptArea(ctx, input.id, input.effectiveOn)),
  setOwners: writing
    .input(z.object({ id: householdId, owners, entry }))
    .mutation(({ ctx, input }) => setOwners(ctx, input.id, input.owners, input.entry)),
  merge: writing
    .input(z.object({ ids: z.array(householdId).min(2).max(20), facts, entry }))
    .mutation(({ ctx, input }) => mergeHouseholds(ctx, input.ids, input.facts, input.entry)),
  split: writing
    .input(z.object({ id: householdId, parts: z.array(facts).min(2).max(20), entry }))
    .mutation(({ ctx, input }) => splitHousehold(ctx, input.id, input.parts, input.entry)),

  reveal: writing
    .input(z.object({ ownerId, field: z.enum(['name', 'identity', 'phone']), reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => revealOwner(ctx, input.ownerId, input.field, input.reason)),
  correctOwner: writing
    .input(z.object({ ownerId, facts: ownerFacts, reason: requiredTextSchema }))
    .mutation(({ ctx, input }) => correctOwner(ctx, input.ownerId, input.facts, input.reason)),
  /** A mutation, because the search is logged and the number must not stand in an address. */
  find: writing
    .input(z.object({ identity: requiredTextSchema }))
    .mutation(({ ctx, input }) => householdsByIds(ctx.ledger, findByIdentity(ctx, input.identity), ctx.clock.today())),

  template: readProcedure.input(z.void()).mutation(({ ctx }) => registerTemplate(ctx)),
  /** Starts the job that reads the file; `readFile` then tells what it found. */
  read: writing
    .input(upload)
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'household.read', userId: ctx.actor.userId, run: (steps) => readRegisterJob(ctx, uploadOf(input), steps),
      })),
  readFile: readProcedure
    .input(z.object({ token: fileTokenSchema }))
    .query(({ ctx, input }) => readRegisterFile(ctx, input.token)),
  import: writing
    .input(entry.extend({ token: fileTokenSchema }))
    .mutation(({ ctx, input }) =>
      ctx.jobs.start({
        name: 'household.import', userId: ctx.actor.userId, run: (steps) => importRegisterJob(ctx, input, steps),
      })),
})
