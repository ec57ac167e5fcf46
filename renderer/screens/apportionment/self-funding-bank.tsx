/** Self-funding from the bank's statement: each open receipt with the claim it fits; what is ticked becomes drafts. */
import { useState } from 'react'
import { Checkbox } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { api, client, refreshAll } from '../../client.ts'
import { selfFundingText as text } from '../../messages/self-funding.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Money } from '../../parts/money.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'

type Proposed = Answers['selfFunding']['proposeFromBank'][number]
type Props = { readonly complexId: ComplexId; readonly onClose: () => void }

const { bankColumns: heads } = text

export function CollectFromBank({ complexId, onClose }: Props) {
  const { books } = useScope()
  const bookId = books.find(({ fundKind }) => fundKind === 'maintenance')?.id
  const { data: accounts } = useQuery(api.book.bankAccounts.queryOptions())
  const own = accounts?.find((account) => account.bookId === bookId && account.complexId === complexId)?.id
  const [picked, setPicked] = useState<BankAccountId>()
  const bankAccountId = picked ?? own
  const { data: proposed, error } = useQuery(api.selfFunding.proposeFromBank.queryOptions(
    { complexId, bankAccountId: bankAccountId ?? 0 }, { enabled: bankAccountId !== undefined },
  ))
  const [choices, setChoices] = useState<ReadonlyMap<number, boolean>>(new Map())
  // An amount alone is a guess: it is shown, but a person ticks it.
  const isTicked = ({ line, match }: Proposed): boolean =>
    match !== null && (choices.get(line.id) ?? match.by !== 'amount')
  const ticked = proposed?.filter(isTicked) ?? []

  async function write(): Promise<void> {
    const lines = ticked.flatMap(({ line, match }) => (match === null ? [] : [{ lineId: line.id, claimId: match.id }]))
    if (lines.length === 0) throw new Problem({ code: 'form.incomplete', message: text.bankNothing })
    await client.selfFunding.collectFromBank.mutate({ complexId, lines })
    await refreshAll()
    goTo({ screen: 'vouchers', path: ['draft'] })
  }
  return (
    <ConfirmWrite title={text.bankTitle} verb={text.bankSave(ticked.length)} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.bankHint}</p>
      <BankAccountPicker
        aria-label={text.bank}
        {...(bookId !== undefined && { bookId })}
        value={bankAccountId ?? null}
        onChange={(id) => setPicked(id ?? undefined)}
      />
      {error !== null && <ProblemNote error={error} />}
      {proposed?.length === 0 && <p role="status">{text.bankEmpty}</p>}
      {proposed !== undefined && proposed.length > 0 && (
        <div className="collected-lines">
          <table className="plain-table text-table" aria-label={text.bankTable}>
            <thead>
              <tr>{Object.entries(heads).map(([key, name]) => <th key={key} scope="col">{name}</th>)}</tr>
            </thead>
            <tbody>
              {proposed.map((each) => (
                <tr key={each.line.id}>
                  <td>
                    <Checkbox
                      aria-label={text.tick(each.line.memo)}
                      checked={isTicked(each)}
                      disabled={each.match === null}
                      onChange={({ target }) => setChoices(new Map(choices).set(each.line.id, target.checked))}
                    />
                  </td>
                  <td>{each.line.date}</td>
                  <td className="right"><Money fen={each.line.amountFen} /></td>
                  <td>{each.line.party}</td>
                  <td>{each.line.memo}</td>
                  <td>{each.match?.address}</td>
                  <td className="right">{each.match !== null && <Money fen={each.match.leftFen} />}</td>
                  <td>{text.by[each.match?.by ?? 'none']}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </ConfirmWrite>
  )
}
