/** Self-funding from the bank's statement: each open receipt with the claim it fits. */
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { ComplexId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { selfFundingText as text } from '../../messages/self-funding.ts'
import { BankLinesDialog, useLinesAccount } from '../../parts/bank-lines-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import type { Answers } from '../../records.ts'

type Proposed = Answers['selfFunding']['proposeFromBank'][number]
type Props = { readonly complexId: ComplexId; readonly onClose: () => void }

const { bankColumns: heads } = text

export function CollectFromBank({ complexId, onClose }: Props) {
  const account = useLinesAccount(complexId)
  const { data: proposed, error } = useQuery(api.selfFunding.proposeFromBank.queryOptions(
    { complexId, bankAccountId: account.id ?? 0 }, { enabled: account.id !== undefined },
  ))
  const [choices, setChoices] = useState<ReadonlyMap<number, boolean>>(new Map())
  // An amount alone is a guess: it is shown, but a person ticks it.
  const isTicked = ({ line, match }: Proposed): boolean =>
    match !== null && (choices.get(line.id) ?? match.by !== 'amount')
  const lines = proposed?.flatMap((each) =>
    each.match !== null && isTicked(each) ? [{ lineId: each.line.id, claimId: each.match.id }] : []) ?? []

  return (
    <BankLinesDialog
      title={text.bankTitle}
      account={account}
      accountLabel={text.bank}
      columns={[heads.household, heads.left, heads.by]}
      rows={proposed?.map((each) => ({
        line: each.line,
        isTicked: isTicked(each),
        isKnown: each.match !== null,
        onTick: (ticked) => setChoices(new Map(choices).set(each.line.id, ticked)),
        cells: (
          <>
            <td>{each.match?.address}</td>
            <td className="right">{each.match !== null && <Money fen={each.match.leftFen} />}</td>
            <td>{text.by[each.match?.by ?? 'none']}</td>
          </>
        ),
      }))}
      error={error}
      count={lines.length}
      nothing={text.bankNothing}
      write={() => client.selfFunding.collectFromBank.mutate({ complexId, lines })}
      onClose={onClose}
    />
  )
}
