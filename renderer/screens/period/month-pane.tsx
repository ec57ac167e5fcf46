/** One month: what must be done before it closes, each line leading to where it is done; closing, re-opening, history. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BookId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { chinaTime } from '../../instant.ts'
import { periodText as text } from '../../messages/period.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Go } from '../../parts/go.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { ClosingDialog } from './closing-dialog.tsx'
import { PeriodState } from './periods.tsx'

type Period = Answers['period']['list'][number]
type Block = Answers['period']['blocks'][number]
type Place = { readonly bookId: BookId; readonly period: Period }

export function MonthPane({ bookId, period }: Place) {
  const { month, state } = period
  return (
    <section className="month-pane" aria-labelledby="month-name">
      <header>
        <h2 id="month-name">{text.monthName(month)}</h2>
        <PeriodState state={state} />
      </header>
      {state === 'open' && <OpenMonth bookId={bookId} period={period} />}
      {state === 'closed' && <ClosedMonth bookId={bookId} period={period} />}
      {state === 'archived' && <p className="quiet">{text.archivedHint}</p>}
      <History bookId={bookId} period={period} />
    </section>
  )
}

function OpenMonth({ bookId, period: { month } }: Place) {
  const blocks = useQuery(api.period.blocks.queryOptions({ bookId, month }))
  const mayClose = useMay('head', 'bookkeeper')
  const [isClosing, setClosing] = useState(false)
  if (blocks.error !== null) return <ProblemNote error={blocks.error} />
  if (blocks.data === undefined) return null
  const isReady = blocks.data.length === 0
  return (
    <>
      {isReady
        ? <p><StateTag icon="check" tone="good" word={text.noBlocks} /></p>
        : (
            <>
              <h3>{text.blocks}</h3>
              <ol className="blocks">
                {blocks.data.map((block) => (
                  <li key={block.code}><BlockLine bookId={bookId} month={month} block={block} /></li>
                ))}
              </ol>
            </>
          )}
      {mayClose && <Button type="primary" disabled={!isReady} onClick={() => setClosing(true)}>{text.close}</Button>}
      {isClosing && <CloseDialog bookId={bookId} month={month} onClose={() => setClosing(false)} />}
    </>
  )
}

type BlockProps = { readonly bookId: BookId; readonly month: Period['month']; readonly block: Block }

function BlockLine({ bookId, month, block: { code, message, draftIds } }: BlockProps) {
  const isPreparer = useMay('preparer')
  const [isPreparing, setPreparing] = useState(false)
  return (
    <>
      <StateTag icon="warning" tone="due" word={message} />
      {code === 'period.unposted' && draftIds !== undefined && (
        <Go to={{ screen: 'vouchers', path: ['draft'] }}>{text.gotoDrafts}</Go>
      )}
      {code === 'period.earlierOpen' && <Go to={{ screen: 'periods' }}>{text.gotoMonth}</Go>}
      {code === 'period.notCarriedForward' && isPreparer && (
        <>
          <Button size="small" onClick={() => setPreparing(true)}>{text.previewClosing}</Button>
          <span className="quiet">{text.prepareHint}</span>
        </>
      )}
      {isPreparing && <ClosingDialog bookId={bookId} month={month} onClose={() => setPreparing(false)} />}
    </>
  )
}

function ClosedMonth({ bookId, period: { month } }: Place) {
  const mayReopen = useMay('head', 'bookkeeper')
  const mayArchive = useMay('archivist', 'head')
  const [doing, setDoing] = useState<'reopen' | 'archive'>()
  const year = month.slice(0, 4)
  const close = () => setDoing(undefined)
  return (
    <>
      <p className="quiet">{text.closedHint}</p>
      <div className="month-actions">
        {mayReopen && <Button onClick={() => setDoing('reopen')}>{text.reopen}</Button>}
        {mayArchive && month.endsWith('-12') && <Button onClick={() => setDoing('archive')}>{text.archive(year)}</Button>}
      </div>
      {doing === 'reopen' && <ReopenDialog bookId={bookId} month={month} onClose={close} />}
      {doing === 'archive' && (
        <ConfirmWrite
          title={text.archive(year)}
          verb={text.archive(year)}
          onWrite={async () => {
            await client.period.archiveYear.mutate({ bookId, year: Number(year) })
            await refreshAll()
          }}
          onClose={close}
        >
          <p>{text.archiveHint}</p>
        </ConfirmWrite>
      )}
    </>
  )
}

/** Over bank items that are still open, closing asks for the reason. */
function CloseDialog({ bookId, month, onClose }: ReopenProps) {
  const open = useQuery(api.period.openItems.queryOptions({ bookId, month }))
  const [form] = Form.useForm<{ reason: string }>()
  const needsReason = open.data !== undefined && open.data.length > 0

  async function write(): Promise<void> {
    const { reason } = needsReason ? await validated(form) : { reason: '' }
    await client.period.close.mutate({ bookId, month, reason })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={`${text.close} ${text.monthName(month)}`} verb={text.close} onWrite={write} onClose={onClose}>
      <p>{text.closeHint}</p>
      {open.error !== null && <ProblemNote error={open.error} />}
      {needsReason && (
        <Form form={form} layout="vertical" initialValues={{ reason: '' }}>
          <h3>{text.openItems}</h3>
          <ul className="blocks">
            {open.data.map(({ bankAccountId, message }) => (
              <li key={bankAccountId}>
                <StateTag icon="warning" tone="due" word={message} />
                <Go to={{ screen: 'bank', path: [bankAccountId, 'reconcile', month] }}>{text.gotoReconcile}</Go>
              </li>
            ))}
          </ul>
          <Form.Item
            name="reason"
            label={text.closeReason}
            rules={[{ required: true, whitespace: true, message: text.closeReasonMissing }]}
          >
            <Input autoFocus maxLength={500} />
          </Form.Item>
        </Form>
      )}
    </ConfirmWrite>
  )
}

type ReopenProps = { readonly bookId: BookId; readonly month: Period['month']; readonly onClose: () => void }

function ReopenDialog({ bookId, month, onClose }: ReopenProps) {
  const [form] = Form.useForm<{ reason: string; second: SecondPersonValue }>()

  async function write(): Promise<void> {
    const { reason, second } = await validated(form)
    await client.period.reopen.mutate({ bookId, month, reason, second })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={`${text.reopen} ${text.monthName(month)}`} verb={text.reopen} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" initialValues={{ reason: '' }}>
        <Form.Item name="reason" label={text.reason} rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}>
          <Input autoFocus maxLength={500} />
        </Form.Item>
        <SecondPerson />
      </Form>
    </ConfirmWrite>
  )
}

function History({ bookId, period: { month } }: Place) {
  const { data: events } = useQuery(api.period.events.queryOptions({ bookId, month }))
  return (
    <>
      <h3>
        <Icon name="clock" /> {text.history}
      </h3>
      {events?.length === 0 && <p className="quiet">{text.noHistory}</p>}
      <ul className="period-events">
        {events?.map(({ kind, reason, actor, secondPerson, at }, index) => (
          <li key={index}>
            {text.event(chinaTime(at), text.events[kind], actor)}
            {secondPerson !== null && <span>{text.second(secondPerson)}</span>}
            {reason !== '' && <span className="quiet">{reason}</span>}
          </li>
        ))}
      </ul>
    </>
  )
}
