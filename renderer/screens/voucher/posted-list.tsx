/** The register of posted vouchers: newest first, read page by page. */
import { useCallback, useState } from 'react'
import { Button, Input } from 'antd'
import { voucherWord } from '#core/voucher/voucher.ts'
import { client } from '../../client.ts'
import { voucherText as text } from '../../messages/voucher.ts'
import { PURPOSE_WORD } from '../../messages/words.ts'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo, refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { DateRange } from './date-range.tsx'
import { VoucherSections } from './sections.tsx'
import { dayIn } from './vouchers.tsx'

type Head = Answers['voucher']['list'][number]

const COLUMNS = inGivenOrder<Head>([
  { field: 'date', headerName: text.date, type: 'date' },
  {
    headerName: text.number,
    width: 96,
    valueGetter: ({ data }) => (data === undefined ? '' : voucherWord(data.kind, data.number)),
  },
  { field: 'summary', headerName: text.summary, type: 'text' },
  { field: 'amountFen', headerName: text.amount, type: 'money' },
  {
    headerName: text.purpose,
    width: 100,
    valueGetter: ({ data }) => (data === undefined || data.purpose === 'ordinary' ? '' : PURPOSE_WORD[data.purpose]),
  },
  { field: 'attachmentCount', headerName: text.papers, type: 'number', width: 64 },
  { field: 'preparer', headerName: text.preparer, width: 84 },
  { field: 'reviewer', headerName: text.reviewer, width: 84 },
  { field: 'bookkeeper', headerName: text.bookkeeper, width: 84 },
])

export function NewVoucherButton() {
  const isPreparer = useMay('preparer')
  const create = () => goTo({ screen: 'vouchers', path: ['new'] })
  useShortcut('Ctrl+N', text.create, create, { isOn: isPreparer })
  if (!isPreparer) return null
  return (
    <Button type="primary" icon={<Icon name="plus" />} onClick={create} aria-keyshortcuts="Control+N">
      {text.create}
    </Button>
  )
}

export function PostedList({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { bookId, complexId } = useScope()
  const [error, setError] = useState<unknown>(null)
  const from = dayIn(query['from'])
  const to = dayIn(query['to'])
  const words = query['text']
  const page = useCallback(
    async (last: Head | undefined, limit: number) => {
      if (bookId === undefined) return []
      setError(null)
      return client.voucher.list.query({
        bookId,
        limit,
        ...(complexId !== null && { complexId }),
        ...(from !== undefined && { from }),
        ...(to !== undefined && { to }),
        ...(words !== undefined && words !== '' && { text: words }),
        ...(last !== undefined && { before: { date: last.date, id: last.id } }),
      })
    },
    [bookId, complexId, from, to, words],
  )
  return (
    <Page
      title={text.title}
      body="fill"
      actions={<NewVoucherButton />}
      toolbar={
        <>
          <VoucherSections current="posted" />
          <Input
            className="voucher-search"
            type="search"
            prefix={<Icon name="search" />}
            aria-label={text.search}
            placeholder={text.search}
            defaultValue={words ?? ''}
            allowClear
            onChange={(event) => refine({ text: event.target.value })}
          />
          <DateRange from={from} to={to} mayBeOpen />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        label={text.sections.posted}
        columns={COLUMNS}
        page={page}
        rowId={({ id }) => String(id)}
        empty={bookId === undefined ? text.noBook : text.emptyPosted}
        onOpen={({ id }) => goTo({ screen: 'vouchers', path: [id] })}
        onError={setError}
      />
    </Page>
  )
}
