/**
 * The life of a notice: the quarter's sheet is checked, a preparer asks for it to be published, another person publishes
 * it. What is published is a version (invariant 14): model, figures' digest and the paper's bytes are frozen together.
 */
import { quarterInChinese, type BusinessDate, type Quarter } from '#core/calendar.ts'
import type { Finding } from '#core/disclosure/checks.ts'
import { figuresText, shortCode } from '#core/disclosure/digest.ts'
import { sheetDifferences, type SheetDifference } from '#core/disclosure/difference.ts'
import type { QuarterSheet } from '#core/disclosure/sheet.ts'
import { printedTexts } from '#core/disclosure/texts.ts'
import { idOf, type ComplexId, type DisclosureId, type DisclosureRequestId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { sha256Of, storeAttachment } from '../attachment.ts'
import { complexOf, type Complex } from '../register/complex.ts'
import { requireRole, type Clock, type ServiceContext } from '../context.ts'
import { noticePlan, noticeRules, type NoticePlan, type NoticeRules, type PlanFacts } from './disclosure-plan.ts'
import { openRequest, standingRequest, type OpenRequest } from './disclosure-request.ts'
import { frozenNotice, latestNotice, noticeSeal, type FrozenNotice, type NoticeVersion } from './disclosure-version.ts'
import { officeName } from '../office.ts'
import { logOperation } from '../operation-log.ts'
import { quarterFindings, quarterView } from '../income/quarter.ts'
import { checkBefore } from '../finding/check-step.ts'

export function figuresDigest(sheet: QuarterSheet): string {
  return sha256Of(Buffer.from(figuresText(sheet)))
}

type Examined = {
  readonly complex: Complex
  readonly sheet: QuarterSheet
  readonly rules: NoticeRules
  readonly plan: Omit<NoticePlan, 'check'>
  readonly findings: readonly Finding[]
  /** Sentences, one per thing that must be settled first; empty: it may be published. */
  readonly obstacles: readonly string[]
  readonly isRunning: boolean
  readonly pendingDrafts: number
}

function examine(
  ledger: Ledger,
  clock: Clock,
  notice: { complexId: ComplexId; quarter: Quarter; from: BusinessDate | null; plan: PlanFacts; correctionReason: string },
): Examined {
  const complex = complexOf(ledger, notice.complexId)
  const { sheet, isRunning, pendingDrafts } = quarterView(ledger, clock, notice.complexId, notice.quarter)
  const rules = noticeRules(ledger, complex.profileCode, notice.quarter)
  const { check, ...plan } = noticePlan(ledger, complex, rules, { ...notice.plan, from: notice.from })
  const places = plan.posting.places.map((text) => ({ field: '公示地点', text }))
  const reason = notice.correctionReason === '' ? [] : [{ field: '更正原因', text: notice.correctionReason }]
  const findings = quarterFindings(ledger, clock, notice.complexId, sheet, { plan: check, versionTexts: [...reason, ...places] })
  const obstacles = [
    ...(isRunning ? [`${quarterInChinese(notice.quarter)}还没有结束，期末数字还会变动`] : []),
    ...(pendingDrafts > 0 ? [`本季度还有 ${pendingDrafts} 张凭证没有记账，请先审核记账或作废`] : []),
    ...rules.toFill.map((label) => `“${label}”待填写：请到“设置 › 政策口径 › ${rules.policy.facts.name}”填写`),
    ...findings.filter((finding) => finding.level === 'block').map((finding) => finding.message),
  ]
  return { complex, sheet, rules, plan, findings, obstacles, isRunning, pendingDrafts }
}

function modelOf(
  ledger: Ledger,
  examined: Pick<Examined, 'sheet' | 'plan'>,
  facts: { version: FrozenNotice['version']; preparedBy: string | null; reviewedBy: string | null },
): FrozenNotice {
  const { version, preparedBy, reviewedBy } = facts
  return {
    sheet: examined.sheet,
    version,
    preparedByUnit: officeName(ledger) ?? examined.sheet.manager,
    preparedBy,
    reviewedBy,
    ...examined.plan,
  }
}

export type DisclosureDraft = {
  readonly complex: Complex
  readonly quarter: Quarter
  readonly nextVersion: number
  readonly published: NoticeVersion | null
  /** What moved since the published version; empty where nothing is published. */
  readonly differences: readonly SheetDifference[]
  /** Whether a correction would say anything else than what is published: figures, or only texts. */
  readonly isMoved: boolean
  readonly request: OpenRequest | null
  readonly findings: readonly Finding[]
  readonly obstacles: readonly string[]
  readonly due: BusinessDate | null
  readonly isRunning: boolean
  readonly pendingDrafts: number
  /** What the paper would be drawn from now, without code: a preview. */
  readonly preview: FrozenNotice
}

/** The notice as it stands now. Reads only. Throws `complex.missing`, `book.missing`, `policy.missing`. */
export function draftDisclosure(ledger: Ledger, clock: Clock, complexId: ComplexId, quarter: Quarter): DisclosureDraft {
  const published = latestNotice(ledger, complexId, quarter)
  const request = openRequest(ledger, complexId, quarter)
  const correctionReason = request?.correctionReason ?? ''
  const plan = request?.plan ?? {}
  const examined = examine(ledger, clock, { complexId, quarter, from: plan.from ?? null, plan, correctionReason })
  const correction = published === null ? null : { replaces: published.version, reason: correctionReason }
  const version = { date: clock.today(), no: (published?.version ?? 0) + 1, correction, code: null }
  const frozen = published === null ? null : frozenNotice(ledger, published.id)
  return {
    complex: examined.complex,
    quarter,
    nextVersion: version.no,
    published,
    differences: frozen === null ? [] : sheetDifferences(frozen.sheet, examined.sheet),
    isMoved: frozen !== null && !isSameSheet(frozen.sheet, examined.sheet),
    request,
    findings: examined.findings,
    obstacles: examined.obstacles,
    due: examined.rules.due,
    isRunning: examined.isRunning,
    pendingDrafts: examined.pendingDrafts,
    preview: modelOf(ledger, examined, { version, preparedBy: request?.requestedByName ?? null, reviewedBy: null }),
  }
}

/** Whether the board would read the same: what stands on it, and not what only the checks look at. */
function isSameSheet(frozen: QuarterSheet, now: QuarterSheet): boolean {
  const texts = (sheet: QuarterSheet) => JSON.stringify(printedTexts(sheet).map(({ field, row, text }) => [field, row, text]))
  return figuresText(frozen) === figuresText(now) && texts(frozen) === texts(now)
}

function refuseBlocked(obstacles: readonly string[]): void {
  if (obstacles.length === 0) return
  const listed = obstacles.map((text, index) => `${index + 1}. ${text.replace(/。$/, '')}`).join('；')
  throw new Problem({ code: 'disclosure.blocked', message: `还有 ${obstacles.length} 项要先处理才能公示：${listed}` })
}

export type RequestFacts = {
  readonly complexId: ComplexId
  readonly quarter: Quarter
  /** Default: hangs from today, as long and where the profile says. */
  readonly plan?: PlanFacts
  /** Asked for from the second version on. */
  readonly correctionReason?: string
}

/**
 * A preparer asks for the quarter to be published; a new request takes the place of an open one. Throws
 * `disclosure.blocked` with everything that stands in the way, `disclosure.reason`, `disclosure.unchanged`.
 */
export function requestDisclosure(context: ServiceContext, facts: RequestFacts): DisclosureRequestId {
  requireRole(context, 'preparer')
  const { ledger, clock } = context
  const { complexId, quarter } = facts
  const plan = { ...facts.plan, from: facts.plan?.from ?? clock.today() }
  return ledger.write(() => {
    const published = latestNotice(ledger, complexId, quarter)
    const correctionReason = published === null ? '' : (facts.correctionReason ?? '').trim()
    if (published !== null && correctionReason === '') {
      throw new Problem({
        code: 'disclosure.reason',
        message: `${quarterInChinese(quarter)}已公示第 ${published.version} 版：更正公示要写明更正原因`,
        field: 'correctionReason',
      })
    }
    const { sheet, obstacles } = examine(ledger, clock, { complexId, quarter, from: plan.from, plan, correctionReason })
    refuseBlocked(obstacles)
    if (published !== null && isSameSheet(frozenNotice(ledger, published.id).sheet, sheet)) {
      throw new Problem({ code: 'disclosure.unchanged', message: `内容与已公示的第 ${published.version} 版相同，不需要更正` })
    }
    const version = (published?.version ?? 0) + 1
    const { lastInsertRowid } = ledger
      .prepare<unknown[], never>(
        `INSERT INTO disclosure_request (complex_id, quarter, version, correction_reason, plan, figures_sha256, requested_by, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(complexId, quarter, version, correctionReason, JSON.stringify(plan), figuresDigest(sheet), context.actor.userId,
        clock.now())
    const id = idOf<'disclosureRequest'>(lastInsertRowid)
    const asked = { complexId, quarter, version, plan, correctionReason }
    logOperation(context, 'disclosure.request', { kind: 'disclosureRequest', id }, asked)
    return id
  })
}

/** What the paper is drawn from before it is published; goes back into `publishDisclosure` with the drawn bytes. */
export type PreparedDisclosure = { readonly request: OpenRequest; readonly model: FrozenNotice; readonly code: string }

/**
 * The model of the version about to be published, signed by both persons. Throws `role.missing`, `disclosure.noRequest`,
 * `disclosure.samePerson`, `disclosure.changed`, `disclosure.blocked`, `short-code.complex`.
 */
export function prepareDisclosureModel(context: ServiceContext, id: DisclosureRequestId): PreparedDisclosure {
  requireRole(context, 'reviewer', 'head')
  const { ledger, clock, actor } = context
  const request = standingRequest(ledger, id)
  const { complexId, quarter, version, correctionReason } = request
  if (request.requestedBy === actor.userId) {
    throw new Problem({ code: 'disclosure.samePerson', message: '报请和公示要由两个人办理，请由另一位审核或主管公示' })
  }
  const published = latestNotice(ledger, complexId, quarter)
  const plan = request.plan
  const examined = examine(ledger, clock, { complexId, quarter, from: plan.from ?? clock.today(), plan, correctionReason })
  refuseBlocked(examined.obstacles)
  if (figuresDigest(examined.sheet) !== request.figuresSha256) {
    throw new Problem({ code: 'disclosure.changed', message: '报请之后账上的数字有变动：请核对后重新报请，再公示' })
  }
  const code = shortCode({ complexCode: examined.complex.code, quarter, version, sha256Hex: request.figuresSha256 })
  const correction = published === null ? null : { replaces: published.version, reason: correctionReason }
  const model = modelOf(ledger, examined, {
    version: { date: clock.today(), no: version, correction, code },
    preparedBy: request.requestedByName,
    reviewedBy: actor.name,
  })
  return { request, model, code }
}

/**
 * Freezes a version with the paper drawn from `prepared.model`. The model is worked out again inside the transaction: what
 * moved while the paper was being drawn is refused as `disclosure.changed`. Throws also what `prepareDisclosureModel` throws.
 */
export function publishDisclosure(context: ServiceContext, prepared: PreparedDisclosure, pdf: Uint8Array): DisclosureId {
  const { ledger, clock, actor } = context
  checkBefore(context, 'noticePublished', { complexId: prepared.request.complexId, bookId: null, from: null, to: clock.today() })
  return ledger.write(() => {
    const { request, model, code } = prepareDisclosureModel(context, prepared.request.id)
    const text = JSON.stringify(model)
    if (text !== JSON.stringify(prepared.model)) {
      throw new Problem({ code: 'disclosure.changed', message: '制作公示表期间账上有变动，没有公示：请再办一次' })
    }
    const { sha256 } = storeAttachment(context, { name: noticeFileName(model), bytes: pdf })
    const seal = noticeSeal({
      ...request, code, closingFen: model.sheet.closing.amount, modelSha256: sha256Of(Buffer.from(text)), pdfSha256: sha256,
      preparedBy: request.requestedBy, publishedBy: actor.userId, publishedOn: clock.today(),
    })
    const { lastInsertRowid } = ledger
      .prepare<[Record<string, unknown>], never>(
        `INSERT INTO disclosure (complex_id, quarter, version, request_id, correction_reason, model, model_sha256, figures_sha256,
                                 code, closing_fen, pdf_sha256, prepared_by, published_by, published_on, at)
         VALUES (:complexId, :quarter, :version, :requestId, :correctionReason, :model, :modelSha256, :figuresSha256,
                 :code, :closingFen, :pdfSha256, :preparedBy, :publishedBy, :publishedOn, :at)`,
      )
      .run({ ...seal, requestId: request.id, model: text, at: clock.now() })
    const id = idOf<'disclosure'>(lastInsertRowid)
    logOperation(context, 'disclosure.publish', { kind: 'disclosure', id }, seal)
    return id
  })
}

/** `A01-2025Q3-第1版.pdf`; previews say so in their name too. */
export function noticeFileName(model: FrozenNotice): string {
  const { sheet, version } = model
  return `${sheet.complex.code}-${sheet.quarter}-${version.code === null ? '预览' : `第${version.no}版`}.pdf`
}

/** Later quarters published on a closing that this quarter's correction would move. */
export function laterNotices(ledger: Ledger, complexId: ComplexId, quarter: Quarter): readonly Quarter[] {
  return ledger
    .prepare<[number, string], { quarter: Quarter }>(
      'SELECT DISTINCT quarter FROM disclosure WHERE complex_id = ? AND quarter > ? ORDER BY quarter',
    )
    .all(complexId, quarter)
    .map((row) => row.quarter)
}
