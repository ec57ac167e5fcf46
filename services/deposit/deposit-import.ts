/**
 * Bringing the office's existing deposits in: all lines or none, in one transaction with the sheet itself as the paper
 * behind it. The opening voucher is a draft like any other; certificates are in force once it is posted.
 */
import type { BookId, CertificateId, DraftId } from '#core/id.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit } from '#core/voucher/voucher.ts'
import { storeAttachment } from '../attachment.ts'
import { accountByCode } from '../voucher/book.ts'
import { insertCertificate, insertEvent } from './certificate-record.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { previewDepositImport, type ImportFacts, type ImportPreview, type ImportRequest } from './deposit-import-preview.ts'
import { placingLines } from './deposit-lines.ts'
import { logOperation } from '../operation-log.ts'
import { saveDraft, type DraftLine } from '../voucher/voucher-draft.ts'

/** With at most as many lines of net assets again, a draft stays below the limit of core/voucher. */
const CERTIFICATES_PER_DRAFT = 900

/** 商品住宅维修资金, and what the public-income chart opens with. */
const NET_ASSETS = '3001'

export type ImportedDeposits = {
  readonly certificateIds: readonly CertificateId[]
  /** Empty where the opening balance holds the money already. */
  readonly draftIds: readonly DraftId[]
}

type Placed = { readonly id: CertificateId; readonly facts: ImportFacts }

function openingLines(context: ServiceContext, bookId: BookId, placed: readonly Placed[]): readonly DraftLine[] {
  const { ledger } = context
  const netAssets = accountByCode(ledger, bookId, NET_ASSETS).id
  const byComplex = new Map<ImportFacts['complexId'], Fen>()
  const assets = placed.flatMap(({ id, facts }) => {
    byComplex.set(facts.complexId, addFen(byComplex.get(facts.complexId) ?? ZERO_FEN, facts.principalFen))
    const [asset] = placingLines(ledger, { ...facts, id, bookId })
    return asset === undefined ? [] : [{ ...asset, summary: `期初存单 ${facts.certificateNo}` }]
  })
  const sources = [...byComplex].map(([complexId, principal]): DraftLine => ({
    summary: '期初定期存款', accountId: netAssets, complexId, ...credit(principal),
  }))
  return [...assets, ...sources]
}

function insertPlaced(context: ServiceContext, { id, facts }: Placed, draftId: DraftId | null): void {
  const { valueDate, principalFen } = facts
  insertEvent(context, { certificateId: id, kind: 'placed', date: valueDate, principalFen, draftId })
}

type Opening = Pick<ImportRequest, 'bookId' | 'date'> & { readonly sha256: string }

function draftsOf(context: ServiceContext, { bookId, date, sha256 }: Opening, placed: readonly Placed[]): readonly DraftId[] {
  return Array.from({ length: Math.ceil(placed.length / CERTIFICATES_PER_DRAFT) }, (_, index) => {
    const part = placed.slice(index * CERTIFICATES_PER_DRAFT, (index + 1) * CERTIFICATES_PER_DRAFT)
    const draftId = saveDraft(context, {
      bookId, kind: 'general', date, purpose: 'opening', attachments: [sha256],
      rule: { by: 'deposit.import', file: sha256, certificates: part.length },
      lines: openingLines(context, bookId, part),
    })
    for (const certificate of part) insertPlaced(context, certificate, draftId)
    return draftId
  })
}

/**
 * Writes a preview that has nothing wrong; it is made anew, so that what came in since is seen. Throws `import.refused`
 * with the first problem, `role.missing`, and what saving a draft throws.
 */
export function importDeposits(context: ServiceContext, preview: ImportPreview): ImportedDeposits {
  requireRole(context, 'preparer')
  const { ledger } = context
  return ledger.write(() => {
    const { request, lines, problems, principalFen } = previewDepositImport(ledger, preview.request)
    const [first] = problems
    if (first !== undefined) {
      const message = `${first.message}。共 ${problems.length} 处要先改好，没有写入任何存单`
      throw new Problem({ code: 'import.refused', message, ...(first.row !== undefined && { row: first.row }) })
    }
    const { sha256 } = storeAttachment(context, request.file)
    const placed = lines.flatMap(({ facts }) => facts === null ? [] : [{ id: insertCertificate(context, facts, null), facts }])
    const draftIds = request.mode === 'voucher' ? draftsOf(context, { ...request, sha256 }, placed) : []
    if (request.mode === 'held') for (const certificate of placed) insertPlaced(context, certificate, null)
    logOperation(context, 'deposit.import', { kind: 'book', id: request.bookId }, {
      file: request.file.name, sha256, mode: request.mode, date: request.date, count: placed.length, principalFen, draftIds,
    })
    return { certificateIds: placed.map(({ id }) => id), draftIds }
  })
}
