/** Drafts as the sheets that are shown before they are reviewed or posted: ids become names. */
import { addFen, type Fen } from '#core/money.ts'
import type { BookId } from '#core/id.ts'
import { client } from '../../client.ts'
import { ruleText } from '../../messages/rule.ts'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import type { Answers } from '../../records.ts'

type ListedDraft = Answers['voucher']['drafts'][number]
type Draft = Answers['voucher']['draft']['draft']

async function accountNames(bookIds: ReadonlySet<BookId>): Promise<ReadonlyMap<number, string>> {
  const charts = await Promise.all([...bookIds].map((bookId) => client.book.accounts.query({ bookId })))
  return new Map(charts.flat().map(({ id, code, name }) => [id, `${code} ${name}`]))
}

type Names = ReadonlyMap<number, string>

function sheetOf(draft: Draft, listed: ListedDraft, accounts: Names, complexes: Names): Sheet {
  return {
    bookName: listed.bookName,
    kind: draft.kind,
    number: null,
    date: draft.date,
    attachmentCount: draft.attachments.length,
    rule: ruleText(draft.rule),
    preparer: listed.preparer,
    reviewer: listed.reviewer ?? '',
    lines: draft.lines.map((line) => ({
      summary: line.summary,
      account: accounts.get(line.accountId ?? 0) ?? '',
      complex: complexes.get(line.complexId ?? 0) ?? '',
      debitFen: line.debitFen,
      creditFen: line.creditFen,
    })),
  }
}

export async function sheetsOfDrafts(listed: readonly ListedDraft[]): Promise<readonly Sheet[]> {
  const [drafts, accounts, complexes] = await Promise.all([
    Promise.all(listed.map(({ id }) => client.voucher.draft.query({ id }))),
    accountNames(new Set(listed.map(({ bookId }) => bookId))),
    client.complex.list.query(),
  ])
  const names = new Map<number, string>(complexes.map(({ id, name }) => [id, name]))
  return drafts.flatMap(({ draft }, index) => {
    const head = listed[index]
    return head === undefined ? [] : [sheetOf(draft, head, accounts, names)]
  })
}

export function totalOf(listed: readonly ListedDraft[]): Fen {
  return addFen(...listed.map(({ amountFen }) => amountFen))
}
