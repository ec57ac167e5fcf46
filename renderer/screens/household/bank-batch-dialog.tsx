/** Contributions from the bank's statement: each open receipt with the household it fits; what is ticked becomes drafts. */
import { useState } from 'react'
import { Checkbox } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BankAccountId, ComplexId, HouseholdId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { api, client, refreshAll } from '../../client.ts'
import { bankBatchText as text } from '../../messages/household-money.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Money } from '../../parts/money.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { HouseholdPicker } from './household-picker.tsx'
import type { ProposedContribution } from './records.ts'

/** What the clerk decided of a line; absent where nothing was touched. */
type Choice = { readonly isTicked: boolean; readonly householdId: HouseholdId | undefined }
type Props = { readonly complexId: ComplexId; readonly onClose: () => void }

const { columns: heads } = text

export function BankBatchDialog({ complexId, onClose }: Props) {
  const { books } = useScope()
  const bookId = books.find(({ fundKind }) => fundKind === 'maintenance')?.id
  const { data: accounts } = useQuery(api.book.bankAccounts.queryOptions())
  const own = accounts?.find((account) => account.bookId === bookId && account.complexId === complexId)?.id
  const [picked, setPicked] = useState<BankAccountId>()
  const bankAccountId = picked ?? own
  const { data: proposed, error } = useQuery(api.householdMoney.proposeFromBank.queryOptions(
    { complexId, bankAccountId: bankAccountId ?? 0 }, { enabled: bankAccountId !== undefined },
  ))
  const [choices, setChoices] = useState<ReadonlyMap<number, Choice>>(new Map())
  // An amount alone is a guess: it is shown, but a person ticks it.
  const choiceOf = ({ line, match }: ProposedContribution): Choice => choices.get(line.id)
    ?? { isTicked: match !== null && match.by !== 'amount', householdId: match?.householdId }
  const ticked = proposed?.filter((each) => choiceOf(each).isTicked) ?? []

  async function write(): Promise<void> {
    const lines = ticked.flatMap((each) => {
      const { householdId } = choiceOf(each)
      return householdId === undefined ? [] : [{ lineId: each.line.id, householdId, part: 'principal' as const }]
    })
    if (lines.length === 0) throw new Problem({ code: 'form.incomplete', message: text.nothing })
    await client.householdMoney.contributeFromBank.mutate({ complexId, lines })
    await refreshAll()
    goTo({ screen: 'vouchers', path: ['draft'] })
  }
  return (
    <ConfirmWrite title={text.title} verb={text.save(ticked.length)} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.hint}</p>
      <BankAccountPicker
        aria-label={text.account}
        {...(bookId !== undefined && { bookId })}
        value={bankAccountId ?? null}
        onChange={(id) => setPicked(id ?? undefined)}
      />
      {error !== null && <ProblemNote error={error} />}
      {proposed?.length === 0 && <p role="status">{text.empty}</p>}
      {proposed !== undefined && proposed.length > 0 && (
        <div className="bank-batch">
          <table className="plain-table text-table" aria-label={text.table}>
            <thead>
              <tr>{Object.entries(heads).map(([key, name]) => <th key={key} scope="col">{name}</th>)}</tr>
            </thead>
            <tbody>
              {proposed.map((each) => (
                <Line
                  key={each.line.id}
                  complexId={complexId}
                  proposed={each}
                  choice={choiceOf(each)}
                  onChoice={(choice) => setChoices(new Map(choices).set(each.line.id, choice))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ConfirmWrite>
  )
}

type LineProps = {
  readonly complexId: ComplexId
  readonly proposed: ProposedContribution
  readonly choice: Choice
  readonly onChoice: (choice: Choice) => void
}

function Line({ complexId, proposed: { line, match }, choice, onChoice }: LineProps) {
  const isByHand = choice.householdId !== undefined && choice.householdId !== match?.householdId
  return (
    <tr>
      <td>
        <Checkbox
          aria-label={text.tick(line.memo)}
          checked={choice.isTicked}
          disabled={choice.householdId === undefined}
          onChange={({ target }) => onChoice({ ...choice, isTicked: target.checked })}
        />
      </td>
      <td>{line.date}</td>
      <td className="right"><Money fen={line.amountFen} /></td>
      <td>{line.party}</td>
      <td>{line.memo}</td>
      <td>
        <HouseholdPicker
          aria-label={`${heads.household} ${line.memo}`}
          complexId={complexId}
          {...(choice.householdId !== undefined && { value: choice.householdId })}
          {...(match !== null && { known: { id: match.householdId, address: match.address } })}
          onChange={(householdId) => onChoice({ isTicked: true, householdId })}
        />
      </td>
      <td>{isByHand ? text.by.hand : text.by[match?.by ?? 'none']}</td>
    </tr>
  )
}
