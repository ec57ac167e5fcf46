/** The operation log: newest first, by person, day and text; Enter shows an entry with what was there before and after. */
import { useCallback, useMemo, useState } from 'react'
import { Button, Input, Modal, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { addDays, isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { api, client } from '../../client.ts'
import { chinaTime, startOfDay } from '../../instant.ts'
import { actionText, logText as text, subjectText } from '../../messages/log.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import type { Answers } from '../../records.ts'
import type { ScreenProps } from '../index.ts'
import { detailFacts, detailLine, type NamesOf } from './detail.ts'
import './log.css'

type Logged = Answers['staff']['log'][number]

function columnsWith(names: NamesOf) {
  return inGivenOrder<Logged>([
    { headerName: text.at, width: 150, valueGetter: ({ data }) => (data === undefined ? '' : chinaTime(data.at)) },
    { field: 'actor', headerName: text.person, width: 90 },
    {
      headerName: text.action,
      width: 140,
      valueGetter: ({ data }) => (data === undefined ? '' : actionText(data.action)),
    },
    {
      headerName: text.subject,
      width: 130,
      valueGetter: ({ data }) => (data === undefined ? '' : subjectText(data.subject, data.subjectId)),
    },
    {
      headerName: text.detail,
      type: 'text',
      valueGetter: ({ data }) => (data === undefined ? '' : detailLine(data.detail, names)),
    },
  ])
}

function dayIn(text: string | undefined): BusinessDate | undefined {
  return text !== undefined && isBusinessDate(text) ? parseDate(text) : undefined
}

function useNames(): NamesOf {
  const { books, complexes } = useScope()
  const people = useQuery(api.staff.list.queryOptions()).data
  return useMemo(() => {
    const lists: Readonly<Record<string, readonly { id: number; name: string }[] | undefined>> = {
      bookId: books, complexId: complexes, personInCharge: people, preparedBy: people, publishedBy: people, secondPerson: people,
    }
    return (field, id) => lists[field]?.find((record) => record.id === id)?.name
  }, [books, complexes, people])
}

export function Log({ query }: ScreenProps) {
  const names = useNames()
  const columns = useMemo(() => columnsWith(names), [names])
  const people = useQuery(api.staff.list.queryOptions())
  const [error, setError] = useState<unknown>(null)
  const [opened, setOpened] = useState<Logged>()
  const from = dayIn(query['from'])
  const to = dayIn(query['to'])
  const words = query['text']
  const actorId = people.data?.find(({ id }) => String(id) === query['person'])?.id
  const page = useCallback(
    async (last: Logged | undefined, limit: number) => {
      setError(null)
      return client.staff.log.query({
        limit,
        ...(actorId !== undefined && { actorId }),
        ...(from !== undefined && { from: startOfDay(from) }),
        ...(to !== undefined && { to: startOfDay(addDays(to, 1)) }),
        ...(words !== undefined && words !== '' && { text: words }),
        ...(last !== undefined && { before: last.id }),
      })
    },
    [actorId, from, to, words],
  )
  return (
    <Page
      title={text.title}
      hint={text.hint}
      body="fill"
      toolbar={
        <>
          <Select<number | null>
            className="log-person"
            aria-label={text.person}
            value={actorId ?? null}
            options={[
              { value: null, label: text.anyone },
              ...(people.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(id) => refine({ person: id === null ? '' : String(id) })}
          />
          <DateInput aria-label={text.from} allowClear value={from ?? null} onChange={(date) => refine({ from: date ?? '' })} />
          <span aria-hidden="true">–</span>
          <DateInput aria-label={text.to} allowClear value={to ?? null} onChange={(date) => refine({ to: date ?? '' })} />
          <Input
            className="log-search"
            type="search"
            prefix={<Icon name="search" />}
            aria-label={text.search}
            placeholder={text.search}
            defaultValue={words ?? ''}
            allowClear
            onChange={(event) => refine({ text: event.target.value })}
          />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        label={text.title}
        columns={columns}
        page={page}
        rowId={({ id }) => String(id)}
        empty={text.empty}
        onOpen={setOpened}
        onError={setError}
      />
      {opened !== undefined && <LogEntry entry={opened} names={names} onClose={() => setOpened(undefined)} />}
    </Page>
  )
}

function LogEntry({ entry, names, onClose }: {
  readonly entry: Logged
  readonly names: NamesOf
  readonly onClose: () => void
}) {
  const facts = detailFacts(entry.detail, names)
  return (
    <Modal
      open
      width={720}
      title={text.entry(entry.id)}
      onCancel={onClose}
      footer={<Button type="primary" autoFocus onClick={onClose}>{text.close}</Button>}
    >
      <Facts
        facts={[
          { label: text.at, value: chinaTime(entry.at) },
          { label: text.person, value: entry.actor },
          { label: text.action, value: actionText(entry.action) },
          { label: text.subject, value: subjectText(entry.subject, entry.subjectId) },
        ]}
      />
      {facts.length === 0
        ? <p className="quiet">{text.noDetail}</p>
        : (
          <dl className="log-detail">
            {facts.map(({ label, value }) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
          </dl>
        )}
    </Modal>
  )
}
