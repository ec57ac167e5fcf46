/** Figures of one version beside those of another, or of the ledger now; only what differs. */
import { noticeText } from '../../messages/notice.ts'
import { Money } from '../../parts/money.tsx'
import type { Answers } from '../../records.ts'

type Difference = Answers['disclosure']['compare'][number]

type Props = { readonly differences: readonly Difference[]; readonly before: string; readonly after: string }

export function Differences({ differences, before, after }: Props) {
  const text = noticeText.versions
  if (differences.length === 0) return <p className="quiet">{text.noDifferences}</p>
  return (
    <table className="notice-table">
      <caption className="visually-hidden">{text.differencesLabel}</caption>
      <thead>
        <tr>
          <th scope="col">{text.part}</th>
          <th scope="col">{text.row}</th>
          <th scope="col" className="right">{before}</th>
          <th scope="col" className="right">{after}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((each) => (
          <tr key={`${each.part} ${each.row}`}>
            <td>{each.part}</td>
            <td>{each.row}</td>
            <td className="right"><Money fen={each.before} /></td>
            <td className="right"><Money fen={each.after} /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
