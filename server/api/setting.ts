/** The office's settings, its policy profiles, and care for the ledger file: verify and backup. */
import { isAbsolute } from 'node:path'
import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import { defaultBackupFolder } from '#services/backup.ts'
import { officeName, officeSettings, setSetting, SETTING_KEYS } from '#services/office.ts'
import { listProfiles, profileSheet, setPolicyValue } from '#services/policy/policy.ts'
import { backupJob, verifyJob } from '../ledger-care.ts'
import { dateSchema, requiredTextSchema, textSchema } from './schema.ts'
import { readProcedure, router, writeProcedure } from './trpc.ts'

const second = z.object({ login: requiredTextSchema, password: z.string().min(1).max(1000) })

function refuseRelative(folder: string): void {
  if (isAbsolute(folder)) return
  throw new Problem({ code: 'backup.folder', message: '请写出文件夹的完整路径，例如 D:\\备份', field: 'folder' })
}

export const settingRouter = router({
  office: readProcedure.input(z.void()).query(({ ctx }) => ({
    name: officeName(ctx.ledger),
    ledgerPath: ctx.ledger.path,
    backupFolder: defaultBackupFolder(ctx.ledger),
    settings: officeSettings(ctx.ledger),
  })),
  set: writeProcedure('administrator', 'head')
    .input(z.object({ key: z.enum(SETTING_KEYS), value: requiredTextSchema }))
    .mutation(({ ctx, input }) => setSetting(ctx, input.key, input.value)),

  profiles: readProcedure.input(z.object({ date: dateSchema })).query(({ ctx, input }) => listProfiles(ctx.ledger, input.date)),
  profile: readProcedure
    .input(z.object({ code: requiredTextSchema, date: dateSchema }))
    .query(({ ctx, input }) => profileSheet(ctx.ledger, input.code, input.date)),
  setPolicyValue: writeProcedure('head', 'administrator')
    .input(
      z.object({
        profileCode: requiredTextSchema,
        key: requiredTextSchema,
        /** The stored form: its shape depends on the key and is checked by the service. */
        value: z.json(),
        validFrom: textSchema,
        source: textSchema,
        reason: textSchema,
        second,
      }),
    )
    .mutation(({ ctx, input: { second: person, ...change } }) =>
      ctx.passwordGate.attempt(person.login, () => setPolicyValue(ctx, change, person))),

  verify: readProcedure.input(z.void()).mutation(({ ctx }) =>
    ctx.jobs.start({ name: 'verify', userId: ctx.actor.userId, run: (steps) => verifyJob(ctx, steps) })),
  /** Also of a ledger opened read-only: a copy is what one wants of it first. */
  backUp: readProcedure.input(z.object({ folder: requiredTextSchema })).mutation(({ ctx, input }) => {
    refuseRelative(input.folder)
    return ctx.jobs.start({ name: 'backup', userId: ctx.actor.userId, run: (steps) => backupJob(ctx, input.folder, steps) })
  }),
})
