/** The register of special receipts: ranges with what is used, void and left out; below, the receipts of one range. */
import { useCallback, useState } from 'react'
import { Button, Checkbox, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { receiptText as text } from '../../messages/household-money.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { Go } from '../../parts/go.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid, PagedGrid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ListedReceipt, ReceiptRange } from './records.ts'

const { columns: heads, lines: lineHeads } = text

const RANGE_COLUMNS: readonly ColDef<ReceiptRange>[] = [
  { field: 'first', headerName: heads.first, width: 150 },
  { field: 'last', headerName: heads.last, width: 150 },
  { field: 'receivedOn', headerName: heads.receivedOn, type: 'date' },
  { field: 'count', headerName: heads.count, type: 'number' },
  { field: 'used', headerName: heads.used, type: 'number' },
  { field: 'voided', headerName: heads.voided, type: 'number' },
  { field: 'left', headerName: heads.left, type: 'number' },
  drawn<ReceiptRange>({ headerName: heads.gaps, flex: 1, minWidth: 180 }, ({ gaps: [first], gapCount }) => (
    first === undefined
      ? <StateTag tone="good" icon="check" word={text.noGaps} />
      : <StateTag tone="due" icon="warning" word={text.more(first, gapCount)} />
  )),
]

const RECEIPT_COLUMNS: readonly ColDef<ListedReceipt>[] = [
  { field: 'text', headerName: lineHeads.text, width: 150, sortable: false },
  { field: 'onDate', headerName: lineHeads.onDate, type: 'date', sortable: false },
  { field: 'address', headerName: lineHeads.address, width: 190, sortable: false },
  { field: 'amountFen', headerName: lineHeads.amount, type: 'money', sortable: false },
  drawn<ListedReceipt>({ headerName: lineHeads.state, width: 190 }, ({ state, isOrphan }) => {
    if (isOrphan) return <StateTag tone="bad" icon="warning" word={text.orphan} />
    return <StateTag tone="plain" icon={state === 'used' ? 'check' : 'cross'} word={text.states[state]} />
  }),
  { field: 'voidReason', headerName: lineHeads.reason, type: 'text', sortable: false },
]

const RANGE_ROWS = 6

export function ReceiptPlace({ complexId }: { readonly complexId: ComplexId }) {
  const { data: ranges, error } = useQuery(api.householdMoney.receiptRanges.queryOptions())
  const [currentId, setCurrentId] = useState<number>()
  const [doing, setDoing] = useState<'add' | 'void'>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const mayWrite = useMay('preparer', 'cashier', 'bookkeeper')
  useShortcut('Ctrl+N', text.add, () => setDoing('add'), { isOn: mayWrite })
  const range = ranges?.find(({ id }) => id === currentId) ?? ranges?.[0]
  const rangeId = range?.id
  const page = useCallback(
    async (last: ListedReceipt | undefined, limit: number) => rangeId === undefined
      ? []
      : client.householdMoney.receipts.query({ rangeId, limit, ...(last !== undefined && { after: last.number }) }),
    [rangeId],
  )
  return (
    <Page
      title={text.title}
      body="fill"
      actions={
        <>
          {mayWrite && <Button onClick={() => setDoing('void')}>{text.voidVerb}</Button>}
          {mayWrite && <Button type="primary" onClick={() => setDoing('add')} aria-keyshortcuts="Control+N">{text.add}</Button>}
        </>
      }
      toolbar={<Go to={{ screen: 'complexes', path: [complexId, 'households'] }}>{text.back}</Go>}
    >
      {(error ?? refusal) !== null && <ProblemNote error={error ?? refusal} />}
      <div className="receipt-tables">
        <Grid
          label={text.ranges}
          columns={RANGE_COLUMNS}
          rows={ranges}
          rowId={({ id }) => String(id)}
          empty={text.empty}
          height={RANGE_ROWS}
          onCurrent={({ id }) => setCurrentId(id)}
        />
        <PagedGrid
          key={`${rangeId ?? ''} ${range?.used ?? 0} ${range?.voided ?? 0}`}
          label={text.receipts}
          columns={RECEIPT_COLUMNS}
          rowId={({ number }: ListedReceipt) => String(number)}
          empty={text.emptyReceipts}
          page={page}
          onError={setRefusal}
        />
      </div>
      {doing === 'add' && <AddDialog onClose={() => setDoing(undefined)} />}
      {doing === 'void' && <VoidDialog onClose={() => setDoing(undefined)} />}
    </Page>
  )
}

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<{ readonly first: string; readonly last: string; readonly receivedOn: BusinessDate }>()
  async function write(): Promise<void> {
    await client.householdMoney.addReceiptRange.mutate(await validated(form))
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.addTitle} verb={text.save} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ receivedOn: today }}>
        <Form.Item name="first" label={text.first} rules={REQUIRED} extra={text.numberHint}>
          <Input autoFocus autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="last" label={text.last} rules={REQUIRED}><Input autoComplete="off" maxLength={40} /></Form.Item>
        <Form.Item name="receivedOn" label={text.receivedOn} rules={[{ required: true, message: text.required }]}>
          <DateInput />
        </Form.Item>
      </Form>
    </ConfirmWrite>
  )
}

function VoidDialog({ onClose }: { readonly onClose: () => void }) {
  const [form] = Form.useForm<{ readonly number: string; readonly reason: string; readonly hasOriginal: boolean }>()
  async function write(): Promise<void> {
    await client.householdMoney.voidReceipt.mutate(await validated(form))
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.voidTitle} verb={text.voidVerb} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.voidHint}</p>
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ hasOriginal: false }}>
        <Form.Item name="number" label={text.number} rules={REQUIRED}>
          <Input autoFocus autoComplete="off" maxLength={40} />
        </Form.Item>
        <Form.Item name="reason" label={text.reason} rules={REQUIRED}><Input maxLength={200} /></Form.Item>
        <Form.Item name="hasOriginal" valuePropName="checked"><Checkbox>{text.hasOriginal}</Checkbox></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}
