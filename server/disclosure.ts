/** Where a notice meets its paper: previews drawn, requests published with the drawn PDF, published files handed out. */
import type { Quarter } from '#core/calendar.ts'
import type { ComplexId, DisclosureId, DisclosureRequestId } from '#core/id.ts'
import { noticeFigures } from '#reports/notice-figures.ts'
import type { RenderPool } from '#reports/pool.ts'
import type { ServiceContext } from '#services/context.ts'
import { draftDisclosure, noticeFileName, prepareDisclosureModel, publishDisclosure } from '#services/disclosure/disclosure.ts'
import { frozenNotice, noticePaperFile, type FrozenNotice, type NoticeVersion } from '#services/disclosure/disclosure-version.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Clock } from '#services/clock.ts'

export type NoticeGround = { readonly ledger: Ledger; readonly clock: Clock; readonly renderPool: RenderPool }

/** `published` null: a preview, drawn now and marked as such. */
export type DrawnNotice = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly model: FrozenNotice
  readonly published: NoticeVersion | null
  /** What keeps the quarter from being published; empty for a published one. */
  readonly obstacles: readonly string[]
}

/** The published paper, byte for byte, where there is one; else a preview of how things stand. */
export async function drawNotice(
  ground: NoticeGround,
  complexId: ComplexId,
  quarter: Quarter,
  signal?: AbortSignal,
): Promise<DrawnNotice> {
  const { ledger } = ground
  const draft = draftDisclosure(ledger, ground.clock, complexId, quarter)
  if (draft.published !== null) {
    const { name, bytes } = noticePaperFile(ledger, draft.published.id)
    return { name, bytes, model: frozenNotice(ledger, draft.published.id), published: draft.published, obstacles: [] }
  }
  const bytes = await ground.renderPool.renderPdf({ kind: 'notice', model: draft.preview }, { signal })
  return { name: noticeFileName(draft.preview), bytes, model: draft.preview, published: null, obstacles: draft.obstacles }
}

export function figuresJson(model: FrozenNotice): Uint8Array {
  return Buffer.from(`${JSON.stringify(noticeFigures(model), null, 2)}\n`)
}

/**
 * Draws the paper of a request and publishes it. Throws what `prepareDisclosureModel` and `publishDisclosure` throw, and
 * `print.glyph` where the paper cannot be drawn: nothing is published then.
 */
export async function publishWithPaper(
  context: ServiceContext,
  renderPool: RenderPool,
  requestId: DisclosureRequestId,
  signal?: AbortSignal,
): Promise<DisclosureId> {
  const prepared = prepareDisclosureModel(context, requestId)
  const pdf = await renderPool.renderPdf({ kind: 'notice', model: prepared.model }, { signal })
  return publishDisclosure(context, prepared, pdf)
}
