/** A voucher as it is read: like the printed 记账凭证, with every account, complex and paper as a link to what is behind it. */
import type { ReactNode } from 'react'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { yuanInCapitals } from '#core/voucher/capitals.ts'
import type { AccountId, ComplexId } from '#core/id.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { voucherText } from '../../messages/voucher.ts'
import { SIDE_WORDS } from '../../messages/words.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'

export type PaperLine = {
  readonly summary: string
  readonly accountId: AccountId | null
  readonly account: string
  readonly complexId: ComplexId | null
  readonly complex: string
  /** Counterparty and bank account, where there are any. */
  readonly detail: string
  readonly debitFen: Fen
  readonly creditFen: Fen
}

export type VoucherPaperProps = {
  readonly bookName: string
  readonly word: string
  readonly date: BusinessDate
  readonly lines: readonly PaperLine[]
  readonly attachmentCount: number
  readonly preparer: string
  readonly reviewer: string
  readonly bookkeeper: string
}

function Side({ fen }: { readonly fen: Fen }) {
  return fen === ZERO_FEN ? null : <Money fen={fen} />
}

function AccountLink({ line }: { readonly line: PaperLine }): ReactNode {
  // Without its name, which may still be on its way, it would be a link nobody can hear.
  if (line.accountId === null || line.account === '') return line.account
  return <Go to={{ screen: 'vouchers', path: ['account', line.accountId] }}>{line.account}</Go>
}

function ComplexLink({ line }: { readonly line: PaperLine }): ReactNode {
  if (line.complexId === null || line.complex === '') return line.complex
  return <Go to={{ screen: 'complexes', path: [line.complexId] }}>{line.complex}</Go>
}

export function VoucherPaper(props: VoucherPaperProps) {
  const text = voucherText.view
  const debit = addFen(...props.lines.map((line) => line.debitFen))
  const credit = addFen(...props.lines.map((line) => line.creditFen))
  return (
    <article className="voucher-paper" aria-label={`${text.heading} ${props.word}`}>
      <h2>{text.heading}</h2>
      <p className="voucher-paper-head">
        <span>{props.bookName}</span>
        <span>{dateInChinese(props.date)}</span>
        <span>
          {`${props.word} · ${text.attachments(props.attachmentCount)}`}
        </span>
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{voucherText.summary}</th>
            <th scope="col">{voucherText.entry.account}</th>
            <th scope="col">{voucherText.entry.complex}</th>
            <th scope="col">{`${text.counterparty} / ${text.bank}`}</th>
            <th scope="col" className="right">{voucherText.entry.sideAmount(SIDE_WORDS.accounting.debit)}</th>
            <th scope="col" className="right">{voucherText.entry.sideAmount(SIDE_WORDS.accounting.credit)}</th>
          </tr>
        </thead>
        <tbody>
          {props.lines.map((line, index) => (
            // Lines have no identity but their order.
            <tr key={index}>
              <td>{line.summary}</td>
              <td><AccountLink line={line} /></td>
              <td><ComplexLink line={line} /></td>
              <td>{line.detail}</td>
              <td className="right"><Side fen={line.debitFen} /></td>
              <td className="right"><Side fen={line.creditFen} /></td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={4}>
              {`${text.total} ${yuanInCapitals(debit, { style: 'voucher', currencyPrefix: true })}`}
            </th>
            <td className="right"><Money fen={debit} /></td>
            <td className="right"><Money fen={credit} /></td>
          </tr>
        </tfoot>
      </table>
      <dl className="voucher-stamps">
        {([[text.head, ''], [voucherText.bookkeeper, props.bookkeeper], [voucherText.reviewer, props.reviewer],
          [voucherText.preparer, props.preparer]] as const).map(([office, name]) => (
          <div key={office}>
            <dt>{office}</dt>
            <dd className={name === '' ? undefined : 'stamp'}>{name}</dd>
          </div>
        ))}
      </dl>
    </article>
  )
}
