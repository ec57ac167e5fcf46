/** One bank line in full, its history, and what can be done: match, skip, take back. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { VOUCHER_KIND_WORD, VOUCHER_KINDS } from '#core/voucher/voucher.ts'
import { api, client, refreshAll } from '../../client.ts'
import { linesText } from '../../messages/bank.ts'
import { CERTIFICATE_EVENT_WORD } from '../../messages/deposit.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { instantDay } from '../../parts/instant.ts'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { LineState } from './line-state.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'

type Detail = Answers['statement']['line']
type Props = { readonly lineId: number; readonly onDone: () => void }

export function LinePane({ lineId, onDone }: Props) {
  const { data: detail, error } = useQuery(api.statement.line.queryOptions({ id: lineId }))
  const [asked, setAsked] = useState<'skip' | 'reopen'>()
  const mayReconcile = useMay('bookkeeper', 'reconciler', 'head')
  const state = detail?.line.state
  const mayUndo = mayReconcile && (state === 'matched' || state === 'skipped' || state === 'posted')
  useShortcut('U', linesText.undo, () => setAsked('reopen'), { isOn: mayUndo })

  if (error !== null) return <ProblemNote error={error} />
  if (detail === undefined) return null
  const { line } = detail
  return (
    <>
      <h2>{linesText.pane}</h2>
      <LineFacts line={line} />
      <div className="pane-actions">
        {mayReconcile && state === 'open' && <Button onClick={() => setAsked('skip')}>{linesText.skip}</Button>}
        {mayUndo && <Button onClick={() => setAsked('reopen')}>{linesText.reopen}</Button>}
        {line.voucherId !== null && <Go to={{ screen: 'vouchers', path: [line.voucherId] }}>{linesText.openVoucher}</Go>}
        {line.draftId !== null && <Go to={{ screen: 'vouchers', path: ['draft', line.draftId] }}>{linesText.openDraft}</Go>}
      </div>
      {detail.certificates.length > 0 && <Certificates detail={detail} />}
      {state === 'open' && <Candidates detail={detail} mayMatch={mayReconcile} onDone={onDone} />}
      {detail.history.length > 0 && <History detail={detail} />}
      {asked !== undefined && (
        <ReasonDialog
          words={linesText.askReason}
          title={asked === 'skip' ? linesText.skipTitle : linesText.reopenTitle}
          verb={asked === 'skip' ? linesText.skip : linesText.reopen}
          onClose={() => setAsked(undefined)}
          onReason={async (reason) => {
            if (asked === 'skip') await client.statement.skip.mutate({ ids: [line.id], reason })
            else await client.statement.reopen.mutate({ id: line.id, reason })
            await refreshAll()
            onDone()
          }}
        />
      )}
    </>
  )
}

export function LineFacts({ line }: { readonly line: Detail['line'] }) {
  const when = line.time === null ? line.date : `${line.date} ${line.time}`
  return (
    <Facts
      facts={[
        { label: linesText.date, value: when },
        { label: linesText.amount, value: <Money fen={line.amountFen} /> },
        { label: linesText.party, value: line.party },
        { label: linesText.partyAccount, value: line.partyAccount },
        { label: linesText.memo, value: line.memo },
        { label: linesText.serial, value: line.serial },
        { label: linesText.fileLine, value: linesText.fileLineText(line.fileLine) },
        { label: linesText.state, value: <LineState state={line.state} /> },
        ...(line.reason === '' ? [] : [{ label: linesText.reason, value: line.reason }]),
      ]}
    />
  )
}

function voucherName(kind: string, number: number): string {
  const known = VOUCHER_KINDS.find((one) => one === kind)
  return `${known === undefined ? '' : VOUCHER_KIND_WORD[known]}-${number}`
}

type CandidatesProps = { readonly detail: Detail; readonly mayMatch: boolean; readonly onDone: () => void }

function Candidates({ detail, mayMatch, onDone }: CandidatesProps) {
  const [error, setError] = useState<unknown>(null)
  const { line, candidates } = detail

  async function match(voucherId: number): Promise<void> {
    setError(null)
    try {
      await client.statement.match.mutate({ id: line.id, voucherId })
      // Before everything is read again: the list must not be drawn anew under a line chosen meanwhile.
      onDone()
      await refreshAll()
    } catch (thrown) {
      setError(thrown)
    }
  }
  return (
    <section>
      <h2>{linesText.candidates}</h2>
      {error !== null && <ProblemNote error={error} />}
      {candidates.length === 0 && <p className="quiet">{linesText.noCandidates}</p>}
      <ul className="candidates">
        {candidates.map((one) => (
          <li key={one.voucherId}>
            <p>
              <Go to={{ screen: 'vouchers', path: [one.voucherId] }}>{voucherName(one.kind, one.number)}</Go>{' '}
              {one.date} {one.summary} <span className="quiet">{linesText.daysApart(one.daysApart)}</span>
            </p>
            {mayMatch && <Button size="small" onClick={() => void match(one.voucherId)}>{linesText.match}</Button>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Certificates({ detail }: { readonly detail: Detail }) {
  return (
    <section>
      <h2>{linesText.certificates}</h2>
      <ul className="history">
        {detail.certificates.map(({ certificateId, certificateNo, kind, date }) => (
          <li key={`${certificateId} ${kind} ${date}`}>
            <Go to={{ screen: 'deposits', path: [certificateId] }}>{certificateNo}</Go>
            <span className="quiet">
              {date} {CERTIFICATE_EVENT_WORD[kind]}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function History({ detail }: { readonly detail: Detail }) {
  return (
    <section>
      <h2>{linesText.history}</h2>
      <ul className="history">
        {detail.history.map((event, index) => (
          <li key={index}>
            <span>
              {linesText.states[event.outcome]} {event.reason}
            </span>
            <span className="quiet">{linesText.historyLine(instantDay(event.at), event.actor)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
