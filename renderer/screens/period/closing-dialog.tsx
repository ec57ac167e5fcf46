/** The closing entries the rule will make, by account and before anything is written; then their drafts. */
import { useQuery } from '@tanstack/react-query'
import type { BookId, DraftId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { periodText } from '../../messages/period.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'

type Props = {
  readonly bookId: BookId
  readonly month: Answers['period']['list'][number]['month']
  readonly onClose: () => void
}

const text = periodText.closing

export function ClosingDialog({ bookId, month, onClose }: Props) {
  const preview = useQuery(api.period.closingPreview.queryOptions({ bookId, month }))

  async function write(): Promise<void> {
    const drafts: readonly DraftId[] = await client.period.prepareClosing.mutate({ bookId, month })
    await refreshAll()
    const [first] = drafts
    goTo({ screen: 'vouchers', path: drafts.length === 1 && first !== undefined ? ['draft', first] : ['draft'] })
  }
  if (preview.data === undefined) return preview.error === null ? null : <ProblemNote error={preview.error} />
  const { entries, surplusFen, vouchers, unposted, date } = preview.data
  return (
    <ConfirmWrite
      title={text.title(periodText.monthName(month))}
      verb={periodText.prepareClosing}
      onWrite={write}
      onClose={onClose}
    >
      <p className="quiet">{text.hint(date, vouchers)}</p>
      {unposted > 0 && <p><StateTag icon="warning" tone="due" word={text.unposted(unposted)} /></p>}
      <table className="plain-table closing-entries" aria-label={text.entries}>
        <thead>
          <tr>
            <th scope="col">{text.account}</th>
            <th scope="col">{text.target}</th>
            <th scope="col">{text.complexes}</th>
            <th scope="col">{text.debit}</th>
            <th scope="col">{text.credit}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.code} ${entry.targetCode}`}>
              <th scope="row">{`${entry.code} ${entry.name}`}</th>
              <td>
                {`${entry.targetCode} ${entry.targetName}`}
                {entry.households > 0 && <span className="quiet">{` ${text.households(entry.households)}`}</span>}
              </td>
              <td>{entry.complexes}</td>
              <td>{entry.debitFen === 0 ? '' : <Money fen={entry.debitFen} />}</td>
              <td>{entry.creditFen === 0 ? '' : <Money fen={entry.creditFen} />}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{text.surplus}</th>
            <td colSpan={4}><Money fen={surplusFen} /></td>
          </tr>
        </tfoot>
      </table>
    </ConfirmWrite>
  )
}
