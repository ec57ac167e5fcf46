/** A voucher as it is on paper (记账凭证): head, lines, total, who. Used before writing and when reading. */
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { VOUCHER_KIND_WORD, type VoucherKind } from '#core/voucher/voucher.ts'
import { partsText } from '../messages/parts.ts'
import { Money } from './money.tsx'

export type SheetLine = {
  readonly summary: string
  /** `1001.01 活期存款` */
  readonly account: string
  readonly complex: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

export type Sheet = {
  readonly bookName: string
  readonly kind: VoucherKind
  /** Null before posting: numbers are given then. */
  readonly number: number | null
  readonly date: string
  readonly lines: readonly SheetLine[]
  readonly attachmentCount: number
  /** The rule that made it, in words; empty when typed by hand. */
  readonly rule?: string
  readonly preparer?: string
  readonly reviewer?: string
  readonly bookkeeper?: string
}

/** In the order they stand on the paper. */
const OFFICES = ['bookkeeper', 'reviewer', 'preparer'] as const

export function VoucherSheet({ sheet }: { readonly sheet: Sheet }) {
  const text = partsText.voucher
  const word = VOUCHER_KIND_WORD[sheet.kind]
  const total = (side: 'debitFen' | 'creditFen') => addFen(...sheet.lines.map((line) => line[side]))
  return (
    <article className="voucher-sheet" aria-label={`${text.title} ${sheet.date}`}>
      <header>
        <h3>{text.title}</h3>
        <p>
          <span>{sheet.bookName}</span>
          <span>{sheet.date}</span>
          <span>{sheet.number === null ? text.notNumbered(word) : text.number(word, sheet.number)}</span>
        </p>
      </header>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.summary}</th>
            <th scope="col">{text.account}</th>
            <th scope="col">{text.complex}</th>
            <th scope="col" className="right">{text.debit}</th>
            <th scope="col" className="right">{text.credit}</th>
          </tr>
        </thead>
        <tbody>
          {sheet.lines.map((line, index) => (
            // Lines have no identity but their order.
            <tr key={index}>
              <td>{line.summary}</td>
              <td>{line.account}</td>
              <td>{line.complex}</td>
              <td className="right"><Side fen={line.debitFen} /></td>
              <td className="right"><Side fen={line.creditFen} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {text.total} · {text.attachments(sheet.attachmentCount)}
            </th>
            <td className="right"><Money fen={total('debitFen')} /></td>
            <td className="right"><Money fen={total('creditFen')} /></td>
          </tr>
        </tfoot>
      </table>
      {sheet.rule !== undefined && sheet.rule !== '' && <p className="quiet">{text.rule(sheet.rule)}</p>}
      <footer>
        {OFFICES.map((office) => (
          <span key={office}>
            {text[office]} {sheet[office] ?? ''}
          </span>
        ))}
      </footer>
    </article>
  )
}

/** The other side of a line is blank on paper. */
function Side({ fen }: { readonly fen: Fen }) {
  return fen === ZERO_FEN ? null : <Money fen={fen} />
}
