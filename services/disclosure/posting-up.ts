/** Posting-up register (张贴登记): where and from when a notice hung, with its photo; taking down is a fact of its own. */
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { idOf, type DisclosureId, type PostingUpId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { findAttachment } from '../attachment.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { noticeVersion } from './disclosure-version.ts'
import { logOperation } from '../operation-log.ts'

export type PostingUpFacts = {
  readonly disclosureId: DisclosureId
  readonly places: readonly string[]
  readonly postedOn: BusinessDate
  /** Photo, stored as an attachment. */
  readonly sha256: string | null
}

function requirePhoto(ledger: Ledger, sha256: string | null): void {
  if (sha256 !== null && findAttachment(ledger, sha256) === undefined) {
    throw new Problem({ code: 'attachment.missing', message: '请先上传张贴照片', field: 'sha256' })
  }
}

function refuseFuture(context: ServiceContext, date: BusinessDate, field: string): void {
  if (date <= context.clock.today()) return
  throw new Problem({ code: 'postingUp.future', message: '只登记已经发生的张贴和撤下：日期不能晚于今天', field })
}

/**
 * One row per place, all or none. Throws `postingUp.place`, `postingUp.early` (before publishing), `postingUp.future`,
 * `attachment.missing`, `record.duplicate`.
 */
export function recordPostingUp(context: ServiceContext, facts: PostingUpFacts): readonly PostingUpId[] {
  requireRole(context, 'preparer', 'bookkeeper', 'reviewer', 'head', 'cashier')
  const { ledger } = context
  const places = facts.places.map((place) => place.trim()).filter((place) => place !== '')
  if (places.length === 0) throw new Problem({ code: 'postingUp.place', message: '请填写张贴地点', field: 'places' })
  const { publishedOn } = noticeVersion(ledger, facts.disclosureId)
  refuseFuture(context, facts.postedOn, 'postedOn')
  if (facts.postedOn < publishedOn) {
    const message = `这一版公示表${dateInChinese(publishedOn)}才公示，张贴日期不能更早`
    throw new Problem({ code: 'postingUp.early', message, field: 'postedOn' })
  }
  requirePhoto(ledger, facts.sha256)
  return ledger.write(() => {
    const insert = ledger.prepare<unknown[], never>(
      'INSERT INTO posting_up (disclosure_id, place, posted_on, sha256, recorded_by, at) VALUES (?, ?, ?, ?, ?, ?)',
    )
    const ids = places.map((place) => {
      const { lastInsertRowid } = insert.run(facts.disclosureId, place, facts.postedOn, facts.sha256, context.actor.userId,
        context.clock.now())
      return idOf<'postingUp'>(lastInsertRowid)
    })
    const { postedOn, sha256 } = facts
    logOperation(context, 'disclosure.postUp', { kind: 'disclosure', id: facts.disclosureId }, { places, postedOn, sha256 })
    return ids
  })
}

export type TakingDownFacts = {
  readonly postingUpIds: readonly PostingUpId[]
  readonly takenDownOn: BusinessDate
  readonly sha256: string | null
}

/** All or none. Throws `postingUp.missing`, `postingUp.down` (before it hung), `postingUp.future`, `record.duplicate`. */
export function recordTakingDown(context: ServiceContext, facts: TakingDownFacts): void {
  requireRole(context, 'preparer', 'bookkeeper', 'reviewer', 'head', 'cashier')
  const { ledger } = context
  refuseFuture(context, facts.takenDownOn, 'takenDownOn')
  requirePhoto(ledger, facts.sha256)
  if (facts.postingUpIds.length === 0) throw new Problem({ code: 'postingUp.place', message: '请选择撤下的地点', field: 'postingUpIds' })
  ledger.write(() => {
    for (const id of facts.postingUpIds) {
      const posted = ledger
        .prepare<[number], { postedOn: BusinessDate; place: string; disclosureId: DisclosureId }>(
          'SELECT posted_on AS postedOn, place, disclosure_id AS disclosureId FROM posting_up WHERE id = ?',
        )
        .get(id)
      if (posted === undefined) throw new Problem({ code: 'postingUp.missing', message: '没有这条张贴登记，请刷新后重试' })
      if (facts.takenDownOn < posted.postedOn) {
        const message = `“${posted.place}”${dateInChinese(posted.postedOn)}才张贴，撤下日期不能更早`
        throw new Problem({ code: 'postingUp.down', message, field: 'takenDownOn' })
      }
      ledger
        .prepare<unknown[], never>(
          'INSERT INTO posting_down (posting_up_id, taken_down_on, sha256, recorded_by, at) VALUES (?, ?, ?, ?, ?)',
        )
        .run(id, facts.takenDownOn, facts.sha256, context.actor.userId, context.clock.now())
      logOperation(context, 'disclosure.takeDown', { kind: 'postingUp', id }, {
        disclosureId: posted.disclosureId, place: posted.place, takenDownOn: facts.takenDownOn, sha256: facts.sha256,
      })
    }
  })
}

export type PostingUp = {
  readonly id: PostingUpId
  readonly place: string
  readonly postedOn: BusinessDate
  readonly photo: string | null
  readonly recordedBy: string
  readonly takenDownOn: BusinessDate | null
  readonly downPhoto: string | null
}

export const POSTINGS_OF_NOTICE = `
  SELECT u.id, u.place, u.posted_on AS postedOn, u.sha256 AS photo, p.name AS recordedBy, d.taken_down_on AS takenDownOn,
         d.sha256 AS downPhoto
  FROM posting_up u JOIN user p ON p.id = u.recorded_by LEFT JOIN posting_down d ON d.posting_up_id = u.id
  WHERE u.disclosure_id = ? ORDER BY u.posted_on, u.id`

export function listPostings(ledger: Ledger, disclosureId: DisclosureId): readonly PostingUp[] {
  return ledger.prepare<[number], PostingUp>(POSTINGS_OF_NOTICE).all(disclosureId)
}
