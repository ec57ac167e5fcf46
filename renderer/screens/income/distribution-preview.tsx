/** How the sum falls on the households, before anything is written. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { ComplexId } from '#core/id.ts'
import { api } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { typedFen } from './action-sheets.ts'

const SHOWN = 12

function squareMetres(areaDm2: number): string {
  const digits = String(areaDm2).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

type Props = { readonly complexId: ComplexId; readonly amount: string | undefined }

export function DistributionPreview({ complexId, amount }: Props) {
  const text = incomeText.actions
  const totalFen = typedFen(amount)
  const { data, error } = useQuery(
    api.income.proposeDistribution.queryOptions(
      { complexId, totalFen },
      { enabled: totalFen > 0, placeholderData: keepPreviousData },
    ),
  )
  if (error !== null) return <ProblemNote error={error} />
  if (data === undefined) return null
  return (
    <>
      <p>{text.households(data.households)}</p>
      <table className="income-lines">
        <thead>
          <tr>
            <th scope="col">{text.household}</th>
            <th scope="col" className="right">{text.area}</th>
            <th scope="col" className="right">{text.share}</th>
          </tr>
        </thead>
        <tbody>
          {data.first.slice(0, SHOWN).map((share) => (
            <tr key={share.householdId}>
              <td>{share.household}</td>
              <td className="right">{squareMetres(share.areaDm2)}</td>
              <td className="right"><Money fen={share.amountFen} /></td>
            </tr>
          ))}
        </tbody>
      </table>
      {data.households > SHOWN && <p className="quiet">{text.moreHouseholds(data.households - SHOWN)}</p>}
    </>
  )
}
