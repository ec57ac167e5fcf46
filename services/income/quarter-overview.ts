/** The office's quarter at a glance: every complex's sheet in one line, and what keeps it from being published. */
import type { Quarter } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import type { Ledger } from '#db/ledger.ts'
import type { Clock } from '../context.ts'
import { quarterView } from './quarter.ts'

export type QuarterLine = {
  readonly complexId: ComplexId
  readonly code: string
  readonly name: string
  readonly openingFen: Fen
  readonly receivableFen: Fen
  readonly receivedFen: Fen
  readonly costsFen: Fen
  readonly usesFen: Fen
  readonly transfersFen: Fen
  readonly closingFen: Fen
  /** Still to move so that the profile's rule is met; null where it gives no figure. */
  readonly topUpFen: Fen | null
  readonly blocks: number
  readonly warnings: number
  readonly pendingDrafts: number
  readonly publishedVersion: number | null
}

export const OVERVIEW_PAGE = `
  SELECT c.id, c.code, c.name,
         (SELECT max(d.version) FROM disclosure d WHERE d.complex_id = c.id AND d.quarter = :quarter) AS publishedVersion
  FROM complex c WHERE c.code > :after AND c.state = 'active' ORDER BY c.code LIMIT :limit`

type ComplexRow = Pick<QuarterLine, 'code' | 'name' | 'publishedVersion'> & { readonly id: ComplexId }

/** By complex code, a page at a time: each line is a whole sheet with its checks, so pages are small. */
export function quarterOverview(
  ledger: Ledger,
  clock: Clock,
  page: { readonly quarter: Quarter; readonly after: string; readonly limit: number },
): readonly QuarterLine[] {
  return ledger
    .prepare<[Record<string, unknown>], ComplexRow>(OVERVIEW_PAGE)
    .all({ ...page })
    .map(({ id, code, name, publishedVersion }) => {
      const { sheet, findings, pendingDrafts, topUp } = quarterView(ledger, clock, id, page.quarter)
      return {
        complexId: id,
        code,
        name,
        openingFen: sheet.opening.total.amount,
        receivableFen: sheet.income.receivable.amount,
        receivedFen: sheet.income.received.amount,
        costsFen: sheet.costs.total.amount,
        usesFen: sheet.uses.total.amount,
        transfersFen: sheet.transfers.total.amount,
        closingFen: sheet.closing.amount,
        topUpFen: topUp.proposedFen,
        blocks: findings.filter((finding) => finding.level === 'block').length,
        warnings: findings.filter((finding) => finding.level === 'warn').length,
        pendingDrafts,
        publishedVersion,
      }
    })
}
