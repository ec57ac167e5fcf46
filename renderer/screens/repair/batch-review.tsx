/** Reviewing several jobs at once: each with its own amount; those that cannot go say why and stay behind. */
import { useState } from 'react'
import { Checkbox, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { RepairId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { api, client } from '../../client.ts'
import { batchText as text } from '../../messages/repair-board.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { FenInput } from '../../parts/money-input.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'

type Line = Answers['repairBoard']['batch'][number]
type Check = { readonly approvedFen: Fen | null; readonly concealedWork: boolean; readonly note: string }

const { columns: heads } = text

type Props = {
  readonly ids: readonly RepairId[]
  /** The checks are written by a job, which has a dialog of its own. */
  readonly onStarted: (jobId: string) => void
  readonly onClose: () => void
}

export function BatchReview({ ids, onStarted, onClose }: Props) {
  const { data: lines, error } = useQuery(api.repairBoard.batch.queryOptions({ ids: [...ids] }, { staleTime: 0 }))
  const [checks, setChecks] = useState<ReadonlyMap<RepairId, Check>>(new Map())
  const checkOf = ({ id, quotedFen }: Line): Check => checks.get(id) ?? { approvedFen: quotedFen, concealedWork: false, note: '' }
  const going = lines?.filter(({ blockedBecause }) => blockedBecause.length === 0) ?? []

  async function write(): Promise<void> {
    const ready = going.flatMap((line) => {
      const { approvedFen, ...rest } = checkOf(line)
      return approvedFen === null ? [] : [{ id: line.id, approvedFen, ...rest }]
    })
    if (ready.length === 0) throw new Problem({ code: 'form.incomplete', message: text.nothing })
    const started = await client.repairBoard.review.mutate({ checks: ready })
    onStarted(started.jobId)
  }
  return (
    <ConfirmWrite title={text.title} verb={text.submit(going.length)} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.hint}</p>
      {error !== null && <ProblemNote error={error} />}
      {lines === undefined && <p role="status">{text.loading}</p>}
      {lines !== undefined && (
        <table className="plain-table text-table repair-batch" aria-label={text.table}>
          <thead>
            <tr>
              {Object.entries(heads).map(([key, name]) => (
                <th key={key} scope="col" className={key === 'quoted' || key === 'approved' ? 'right' : ''}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <BatchRow
                key={line.id}
                line={line}
                check={checkOf(line)}
                onCheck={(check) => setChecks(new Map(checks).set(line.id, check))}
              />
            ))}
          </tbody>
        </table>
      )}
    </ConfirmWrite>
  )
}

type RowProps = { readonly line: Line; readonly check: Check; readonly onCheck: (check: Check) => void }

function BatchRow({ line, check, onCheck }: RowProps) {
  const { number, title, complexName, contractorName, quotedFen, blockedBecause } = line
  return (
    <tr>
      <td>{number}</td>
      <td>{title}</td>
      <td>{complexName}</td>
      <td>{contractorName}</td>
      <td className="right"><Money fen={quotedFen} /></td>
      {blockedBecause.length > 0
        ? (
            <td colSpan={3}>
              <StateTag tone="due" icon="blocked" word={`${text.cannot}${blockedBecause.join('；')}`} />
            </td>
          )
        : (
            <>
              <td>
                <FenInput
                  aria-label={text.approved(number)}
                  fen={check.approvedFen}
                  onFen={(approvedFen) => onCheck({ ...check, approvedFen })}
                />
              </td>
              <td>
                <Checkbox
                  aria-label={text.concealed(number)}
                  checked={check.concealedWork}
                  onChange={({ target }) => onCheck({ ...check, concealedWork: target.checked })}
                />
              </td>
              <td>
                <Input
                  aria-label={text.note(number)}
                  placeholder={text.noteHint}
                  maxLength={200}
                  value={check.note}
                  onChange={({ target }) => onCheck({ ...check, note: target.value })}
                />
              </td>
            </>
          )}
    </tr>
  )
}
