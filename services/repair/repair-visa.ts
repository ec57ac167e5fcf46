/** Visas of concealed work (隐蔽工程签证): recorded whole, with quantities, persons and pictures, or not at all. */
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { RepairStep } from '#core/repair/repair.ts'
import { personName } from '#core/repair/person.ts'
import { visaProblems, type VisaSigner } from '#core/repair/repair-visa.ts'
import { findAttachment } from '../attachment.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { personsOfJob } from './repair-person.ts'
import { repairJob } from './repair-record.ts'

export type NewVisa = {
  readonly on: BusinessDate
  readonly work: string
  readonly quantity: string
  readonly changeFen: Fen
  readonly signers: readonly VisaSigner[]
  /** SHA-256 of the pictures, uploaded before. */
  readonly images: readonly string[]
}

/** Between the contract and the acceptance: what is covered up later cannot be seen any more. */
const VISA_STEPS: readonly RepairStep[] = ['spotDraw', 'spotCheck', 'siteReview', 'acceptance']

/** Throws `repair.path` outside the works, `policy.toFill`, `repair.photo`, and the first of `visaProblems`. */
export function addVisa(context: ServiceContext, id: RepairId, visa: NewVisa): number {
  requireRole(context, 'preparer', 'reviewer', 'head')
  const { ledger } = context
  return ledger.write(() => {
    const job = repairJob(ledger, id, context.clock.today())
    if (!VISA_STEPS.includes(job.state.step)) {
      const message = '签证在合同之后、验收之前登记：验收后发现漏办的，请退回验收'
      throw new Problem({ code: 'repair.path', message })
    }
    const rule = job.policy.require('visa.signing')
    const images = [...new Set(visa.images)]
    if (images.some((sha256) => findAttachment(ledger, sha256)?.mediaType.startsWith('image/') !== true)) {
      throw new Problem({ code: 'repair.photo', message: '签证影像要用 jpg 或 png 图片', field: 'images' })
    }
    const { repair, state } = job
    const known = { state, reportedOn: repair.reportedOn, today: context.clock.today(), others: personsOfJob(job) }
    const [first] = visaProblems({ ...visa, images: images.length }, rule, known)
    if (first !== undefined) throw new Problem(first)
    const seq = job.visas.length + 1
    const work = visa.work.trim()
    const quantity = visa.quantity.trim()
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO repair_visa (repair_id, seq, round, happened_on, work, quantity, change_fen, min_section, min_supervisor,
           needs_image, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(id, seq, job.state.round, visa.on, work, quantity, visa.changeFen, rule.minSigners.section, rule.minSigners.supervisor,
        rule.photos ? 1 : 0, context.actor.userId, context.clock.now())
    const visaId = Number(lastInsertRowid)
    const signers = new Map(visa.signers.map(({ party, person }) => [personName(person), party]))
    signers.delete('')
    const sign = ledger.prepare<unknown[], never>('INSERT INTO repair_visa_signer (visa_id, party, person) VALUES (?, ?, ?)')
    for (const [person, party] of signers) sign.run(visaId, party, person)
    const picture = ledger.prepare<unknown[], never>('INSERT INTO repair_visa_image (visa_id, sha256) VALUES (?, ?)')
    for (const sha256 of images) picture.run(visaId, sha256)
    const detail = { number: job.repair.number, visa: seq, work, quantity, changeFen: visa.changeFen }
    logOperation(context, 'repair.visa', { kind: 'repair', id }, { ...detail, signers: [...signers.keys()], images })
    return visaId
  })
}
