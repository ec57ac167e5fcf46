/** What a certificate earns, with the working line by line: the clerk compares it with the bank's slip. */
import type { ReactNode } from 'react'
import type { OverduePayment } from '#core/deposit/interest.ts'
import { formatPercent } from '#core/rate.ts'
import { depositText, measureText } from '../../messages/deposit.ts'
import { Money } from '../../parts/money.tsx'
import type { CertificateCard, Working } from './records.ts'

export function InterestPart({ card: { certificate, interest } }: { readonly card: CertificateCard }) {
  const text = depositText.interest
  const isWatched = certificate.due !== null
  const shown = isWatched && interest.today !== null ? interest.today : interest.atDue
  return (
    <section>
      <h2>{text.title}</h2>
      <dl className="figures">
        <div>
          <dt>{text.atDue(certificate.dueDate)}</dt>
          <dd><Money fen={interest.atDue.interest} /></dd>
        </div>
        {isWatched && interest.today !== null && (
          <div>
            <dt>{text.today}</dt>
            <dd><Money fen={interest.today.interest} /></dd>
          </div>
        )}
        {isWatched && interest.accrued !== null && (
          <div>
            <dt>{text.accrued}</dt>
            <dd><Money fen={interest.accrued.interest} /></dd>
          </div>
        )}
        {certificate.lostFen > 0 && (
          <div className="lost">
            <dt>{text.lost}</dt>
            <dd><Money fen={certificate.lostFen} /></dd>
          </div>
        )}
      </dl>
      <WorkingTable payment={shown} />
    </section>
  )
}

/** Term and overdue days; the lines add up to the interest. */
export function WorkingTable({ payment }: { readonly payment: OverduePayment }) {
  const text = depositText.interest
  return (
    <Table>
      <Lines name={text.term} accrued={payment.term} />
      {payment.overdueDays > 0 && <Lines name={text.overdue} accrued={payment.overdue} />}
    </Table>
  )
}

/** Interest of one kind, segment by segment. */
export function AccruedTable({ accrued }: { readonly accrued: Working }) {
  return <Table><Lines name="" accrued={accrued} /></Table>
}

function Table({ children }: { readonly children: ReactNode }) {
  const text = depositText.interest
  const { columns: heads } = text
  return (
    <table className="plain-table working">
      <caption>{text.working}</caption>
      <thead>
        <tr>
          <th scope="col">{heads.from}</th>
          <th scope="col">{heads.to}</th>
          <th scope="col">{heads.count}</th>
          <th scope="col">{heads.rate}</th>
          <th scope="col">{heads.interest}</th>
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

function Lines({ name, accrued }: { readonly name: string; readonly accrued: Working }) {
  return accrued.segments.map((segment) => (
    <tr key={`${name}-${segment.from}-${segment.measure}`}>
      <th scope="row">{segment.from}</th>
      <td>{segment.to}</td>
      <td>{measureText(segment)}</td>
      <td>{formatPercent(segment.rate)}%</td>
      <td><Money fen={segment.interest} /></td>
    </tr>
  ))
}
