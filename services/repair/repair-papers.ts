/** The folder of a repair: papers and photos, and who signed which sheet. */
import type { RepairId } from '#core/id.ts'
import type { SigningParty } from '#core/policy/policy.ts'
import { Problem } from '#core/problem.ts'
import { isPerson, notAPerson, personKey, personName } from '#core/repair/person.ts'
import { isOpenStep, REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { PAPER_WORD, tooEarly, type PaperKind, type Sheet } from '#core/repair/repair-papers.ts'
import { findAttachment } from '../attachment.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { refuseCrossedParties } from './repair-person.ts'
import { repairJob, type RepairJob } from './repair-record.ts'

function openJob(context: ServiceContext, id: RepairId): RepairJob {
  const job = repairJob(context.ledger, id, context.clock.today())
  if (!isOpenStep(job.state.step)) {
    throw new Problem({ code: 'repair.path', message: `${job.repair.number} 已经办结，不能再补资料` })
  }
  return job
}

/** Throws `attachment.missing`, `repair.photo`, `repair.path`, `record.duplicate`. */
export function addRepairPaper(context: ServiceContext, id: RepairId, kind: PaperKind, sha256: string): void {
  requireRole(context, 'preparer', 'reviewer', 'head')
  const file = findAttachment(context.ledger, sha256)
  if (file === undefined) throw new Problem({ code: 'attachment.missing', message: '请先上传文件', field: 'sha256' })
  if ((kind === 'photo' || kind === 'noticePhoto') && !file.mediaType.startsWith('image/')) {
    throw new Problem({ code: 'repair.photo', message: `${PAPER_WORD[kind]}要用 jpg 或 png 图片`, field: 'sha256' })
  }
  context.ledger.write(() => {
    const { repair, state } = openJob(context, id)
    const early = tooEarly(state, kind)
    if (early !== '') throw new Problem({ code: 'repair.path', message: early, field: 'sha256' })
    context.ledger
      .prepare<unknown[], never>(
        'INSERT INTO repair_paper (repair_id, kind, round, sha256, added_by, at) VALUES (?, ?, ?, ?, ?, ?)',
      )
      .run(id, kind, state.round, sha256, context.actor.userId, context.clock.now())
    const detail = { number: repair.number, paper: PAPER_WORD[kind], sha256 }
    logOperation(context, 'repair.addPaper', { kind: 'repair', id }, detail)
  })
}

export type NewSignature = { readonly sheet: Sheet; readonly party: SigningParty; readonly person: string }

/** One person signs a sheet once, for one party, while its step is being taken. Throws `repair.person`, `repair.path`. */
export function signRepairSheet(context: ServiceContext, id: RepairId, signature: NewSignature): void {
  requireRole(context, 'preparer', 'reviewer', 'head')
  const person = personName(signature.person)
  if (!isPerson(person)) throw new Problem({ code: 'repair.person', message: notAPerson(person), field: 'person' })
  context.ledger.write(() => {
    const job = openJob(context, id)
    const { repair, state, folder } = job
    // A sheet signed before its step was signed blank.
    if (state.step !== signature.sheet) {
      const message = `${REPAIR_STEP_WORD[signature.sheet]}的签字在办到这一步时登记，现在到“${REPAIR_STEP_WORD[state.step]}”`
      throw new Problem({ code: 'repair.path', message, field: 'sheet' })
    }
    refuseCrossedParties(job, [{ party: signature.party, person }], 'person')
    const isKnown = folder.signatures.some((one) =>
      one.sheet === signature.sheet && one.round === state.round && personKey(one.person) === personKey(person))
    if (isKnown) {
      throw new Problem({ code: 'repair.person', message: `${person}已在这张表上签过字，一人只算一次`, field: 'person' })
    }
    context.ledger
      .prepare<unknown[], never>(
        'INSERT INTO repair_signature (repair_id, sheet, party, person, round, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      )
      .run(id, signature.sheet, signature.party, person, state.round, context.actor.userId, context.clock.now())
    logOperation(context, 'repair.sign', { kind: 'repair', id }, { number: repair.number, ...signature, person })
  })
}
