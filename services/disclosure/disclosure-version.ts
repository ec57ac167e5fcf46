/** Published notices: frozen versions, read back as they were. Nothing here is worked out again from the ledger. */
import type { BusinessDate, Quarter } from '#core/calendar.ts'
import type { QuarterSheet } from '#core/disclosure/sheet.ts'
import { sheetDifferences, type SheetDifference } from '#core/disclosure/difference.ts'
import type { ComplexId, DisclosureId, UserId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { readAttachment, sha256Of } from '../attachment.ts'

/** Everything the paper is drawn from. Kept as JSON, so plain data only; `reports/notice-model.ts` has the same shape. */
export type FrozenNotice = {
  readonly sheet: QuarterSheet
  readonly version: {
    readonly date: BusinessDate
    readonly no: number
    readonly correction: { readonly replaces: number; readonly reason: string } | null
    /** Null for a preview. */
    readonly code: string | null
  }
  readonly preparedByUnit: string
  readonly preparedBy: string | null
  readonly reviewedBy: string | null
  readonly posting: {
    readonly from: BusinessDate | null
    readonly to: BusinessDate | null
    readonly untilNext: boolean
    readonly places: readonly string[]
  }
  readonly objection: {
    readonly until: BusinessDate | null
    readonly phones: readonly { readonly office: string; readonly number: string }[]
  }
}

export type NoticeVersion = {
  readonly id: DisclosureId
  readonly complexId: ComplexId
  readonly complexCode: string
  readonly complexName: string
  readonly quarter: Quarter
  readonly version: number
  readonly correctionReason: string
  readonly code: string
  readonly closingFen: Fen
  readonly figuresSha256: string
  readonly pdfSha256: string
  readonly preparedBy: UserId
  readonly preparedByName: string
  readonly publishedBy: UserId
  readonly publishedByName: string
  readonly publishedOn: BusinessDate
}

/** What the operation log keeps of a publishing: every column a later change could bend. */
export type SealedNotice = {
  readonly complexId: number
  readonly quarter: string
  readonly version: number
  readonly correctionReason: string
  readonly code: string
  readonly closingFen: number
  readonly modelSha256: string
  readonly figuresSha256: string
  readonly pdfSha256: string
  readonly preparedBy: number
  readonly publishedBy: number
  readonly publishedOn: string
}

/** In this order, so that its JSON text can be compared. */
export function noticeSeal(notice: SealedNotice): SealedNotice {
  const { complexId, quarter, version, correctionReason, code, closingFen, modelSha256, figuresSha256, pdfSha256 } = notice
  const { preparedBy, publishedBy, publishedOn } = notice
  return {
    complexId, quarter, version, correctionReason, code, closingFen, modelSha256, figuresSha256, pdfSha256, preparedBy,
    publishedBy, publishedOn,
  }
}

const VERSION_COLUMNS = `d.id, d.complex_id AS complexId, c.code AS complexCode, c.name AS complexName, d.quarter, d.version,
  d.correction_reason AS correctionReason, d.code, d.closing_fen AS closingFen, d.figures_sha256 AS figuresSha256,
  d.pdf_sha256 AS pdfSha256, d.prepared_by AS preparedBy, p.name AS preparedByName, d.published_by AS publishedBy,
  b.name AS publishedByName, d.published_on AS publishedOn`
const VERSIONS = `SELECT ${VERSION_COLUMNS} FROM disclosure d JOIN complex c ON c.id = d.complex_id
  JOIN user p ON p.id = d.prepared_by JOIN user b ON b.id = d.published_by`

export const VERSIONS_OF_QUARTER = `${VERSIONS} WHERE d.quarter = ? AND d.complex_id = ? ORDER BY d.version DESC`

/** Newest first. */
export function noticeVersions(ledger: Ledger, complexId: ComplexId, quarter: Quarter): readonly NoticeVersion[] {
  return ledger.prepare<[string, number], NoticeVersion>(VERSIONS_OF_QUARTER).all(quarter, complexId)
}

/** What hangs or should hang now; null before the first version. */
export function latestNotice(ledger: Ledger, complexId: ComplexId, quarter: Quarter): NoticeVersion | null {
  return noticeVersions(ledger, complexId, quarter)[0] ?? null
}

/** Throws `disclosure.missing`. */
export function noticeVersion(ledger: Ledger, id: DisclosureId): NoticeVersion {
  const row = ledger.prepare<[number], NoticeVersion>(`${VERSIONS} WHERE d.id = ?`).get(id)
  if (row === undefined) throw new Problem({ code: 'disclosure.missing', message: '没有这一版公示，请刷新后重试' })
  return row
}

/** By complex code, quarter and number, as a short code names it; null where nothing of that name was published. */
export function noticeVersionNamed(
  ledger: Ledger,
  name: { readonly complexCode: string; readonly quarter: Quarter; readonly version: number },
): NoticeVersion | null {
  return (
    ledger
      .prepare<[string, number, string], NoticeVersion>(
        `${VERSIONS} WHERE d.quarter = ? AND d.version = ?
           AND d.complex_id = (SELECT id FROM complex WHERE code = ? COLLATE NOCASE)`,
      )
      .get(name.quarter, name.version, name.complexCode) ?? null
  )
}

/** The text is ours: its hash was checked, or is about to be. Throws `SyntaxError` on text that is no JSON. */
export function readModel(text: string): FrozenNotice {
  return JSON.parse(text) as FrozenNotice
}

/** The model as frozen. Throws `disclosure.changed` where its text no longer has the hash it was frozen with. */
export function frozenNotice(ledger: Ledger, id: DisclosureId): FrozenNotice {
  const row = ledger
    .prepare<[number], { model: string; modelSha256: string; code: string }>(
      'SELECT model, model_sha256 AS modelSha256, code FROM disclosure WHERE id = ?',
    )
    .get(id)
  if (row === undefined) throw new Problem({ code: 'disclosure.missing', message: '没有这一版公示，请刷新后重试' })
  if (sha256Of(Buffer.from(row.model)) !== row.modelSha256) {
    throw new Problem({ code: 'disclosure.damaged', message: `已公示的内容被改动过（${row.code}）：请运行校验，从备份恢复` })
  }
  return readModel(row.model)
}

/** The paper itself, byte for byte as published. Throws `attachment.missing`, `attachment.changed`. */
export function noticePaperFile(ledger: Ledger, id: DisclosureId): { readonly name: string; readonly bytes: Uint8Array } {
  const { pdfSha256 } = noticeVersion(ledger, id)
  const { attachment, bytes } = readAttachment(ledger, pdfSha256)
  return { name: attachment.name, bytes }
}

/** Figures of the later version against the earlier one. */
export function compareVersions(ledger: Ledger, before: DisclosureId, after: DisclosureId): readonly SheetDifference[] {
  return sheetDifferences(frozenNotice(ledger, before).sheet, frozenNotice(ledger, after).sheet)
}
