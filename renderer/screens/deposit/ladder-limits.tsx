/** How the term money is spread over banks, and what exceeds the limits of the policy profile: 疑似, to be explained. */
import { roundedPercent } from '#core/deposit/deposit-ladder.ts'
import { formatPercent } from '#core/rate.ts'
import { dueWords } from '../../messages/due.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'

const text = dueWords.ladder

type Props = { readonly ladder: Answers['due']['ladder'] }
type Finding = Props['ladder']['findings'][number]

export function BankShares({ ladder: { banks, limits: { bankShare: { value: limit } } } }: Props) {
  return (
    <section>
      <h2>
        {text.banks}{' '}
        <span className="quiet">{limit === null ? text.noLimit : text.limit(`${formatPercent(limit)}%`)}</span>
      </h2>
      <table className="plain-table share-table">
        <thead>
          <tr>
            <th scope="col">{text.bank}</th>
            <th scope="col">{text.count}</th>
            <th scope="col">{text.principal}</th>
            <th scope="col">{text.share}</th>
            <th scope="col">{text.rate}</th>
            <th scope="col">{text.state}</th>
          </tr>
        </thead>
        <tbody>
          {banks.map(({ bankName, count, principalFen, share, averageRate }) => (
            <tr key={bankName}>
              <th scope="row">{bankName}</th>
              <td>{count}</td>
              <td><Money fen={principalFen} /></td>
              <td>
                <span className="share-bar" aria-hidden="true"><span style={{ width: `${roundedPercent(share, 2)}%` }} /></span>
                {roundedPercent(share, 2)}%
              </td>
              <td>{roundedPercent(averageRate, 4)}%</td>
              <td>
                {limit === null
                  ? text.none
                  : share > limit
                    ? <StateTag icon="warning" tone="due" word={text.over} />
                    : <StateTag icon="check" tone="good" word={text.within} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function isUnlimited({ limits }: Props['ladder']): boolean {
  return limits.bankShare.value === null && limits.largest.value === null && limits.longestMonths.value === null
}

export function Findings({ ladder }: Props) {
  const { findings, moreFindings } = ladder
  return (
    <section>
      <h2>{text.findings}</h2>
      {findings.length === 0
        ? <p className="quiet">{isUnlimited(ladder) ? text.toFill : text.noFindings}</p>
        : (
            <ul className="ladder-findings">
              {findings.map((finding) => (
                <li key={finding.kind === 'bankShare' ? finding.bankName : `${finding.kind} ${finding.certificateId}`}>
                  <FindingLine finding={finding} />
                </li>
              ))}
            </ul>
          )}
      {moreFindings > 0 && <p className="quiet">{text.more(moreFindings)}</p>}
    </section>
  )
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  if (finding.kind === 'bankShare') {
    const share = roundedPercent(finding.share, 2)
    return <StateTag icon="warning" tone="due" word={text.overShare(finding.bankName, share, formatPercent(finding.limit))} />
  }
  const { certificateId, certificateNo, complexName, principalFen, valueDate, dueDate } = finding
  const word = finding.kind === 'largest'
    ? text.overLargest(certificateNo, complexName)
    : text.overTerm(certificateNo, complexName, valueDate, dueDate)
  return (
    <>
      <Go to={{ screen: 'deposits', path: [certificateId] }}><StateTag icon="warning" tone="due" word={word} /></Go>{' '}
      <Money fen={principalFen} unit="¥" />
    </>
  )
}
