/** Contributions from the bank's statement: each open receipt with the household it fits. */
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { ComplexId, HouseholdId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { bankBatchText as text } from '../../messages/household-money.ts'
import { BankLinesDialog, useLinesAccount } from '../../parts/bank-lines-dialog.tsx'
import { HouseholdPicker } from './household-picker.tsx'
import type { ProposedContribution } from './records.ts'

/** What the clerk decided of a line; absent where nothing was touched. */
type Choice = { readonly isTicked: boolean; readonly householdId: HouseholdId | undefined }
type Props = { readonly complexId: ComplexId; readonly onClose: () => void }

const { columns: heads } = text

export function BankBatchDialog({ complexId, onClose }: Props) {
  const account = useLinesAccount(complexId)
  const { data: proposed, error } = useQuery(api.householdMoney.proposeFromBank.queryOptions(
    { complexId, bankAccountId: account.id ?? 0 }, { enabled: account.id !== undefined },
  ))
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map())
  // An amount alone is a guess: it is shown, but a person ticks it.
  const choiceOf = ({ line, match }: ProposedContribution): Choice => choices.get(line.id)
    ?? { isTicked: match !== null && match.by !== 'amount', householdId: match?.householdId }
  const lines = proposed?.flatMap((each) => {
    const { isTicked, householdId } = choiceOf(each)
    return isTicked && householdId !== undefined ? [{ lineId: each.line.id, householdId, part: 'principal' as const }] : []
  }) ?? []

  return (
    <BankLinesDialog
      title={text.title}
      account={account}
      accountLabel={text.account}
      columns={[heads.household, heads.by]}
      rows={proposed?.map((each) => {
        const choice = choiceOf(each)
        const choose = (next: Choice) => setChoices(new Map(choices).set(each.line.id, next))
        return {
          line: each.line,
          isTicked: choice.isTicked,
          isKnown: choice.householdId !== undefined,
          onTick: (isTicked) => choose({ ...choice, isTicked }),
          cells: (
            <HouseholdCells
              complexId={complexId}
              proposed={each}
              householdId={choice.householdId}
              onChoice={(householdId) => choose({ isTicked: true, householdId })}
            />
          ),
        }
      })}
      error={error}
      count={lines.length}
      nothing={text.nothing}
      write={() => client.householdMoney.contributeFromBank.mutate({ complexId, lines })}
      onClose={onClose}
    />
  )
}

type CellsProps = {
  readonly complexId: ComplexId
  readonly proposed: ProposedContribution
  readonly householdId: HouseholdId | undefined
  readonly onChoice: (householdId: HouseholdId) => void
}

function HouseholdCells({ complexId, proposed: { line, match }, householdId, onChoice }: CellsProps) {
  const isByHand = householdId !== undefined && householdId !== match?.householdId
  return (
    <>
      <td>
        <HouseholdPicker
          aria-label={`${heads.household} ${line.memo}`}
          complexId={complexId}
          {...(householdId !== undefined && { value: householdId })}
          {...(match !== null && { known: { id: match.householdId, address: match.address } })}
          onChange={onChoice}
        />
      </td>
      <td>{isByHand ? text.by.hand : text.by[match?.by ?? 'none']}</td>
    </>
  )
}
