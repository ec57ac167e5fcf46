/** 定期存款盘点: the certificates of one account against the book and the bank's confirmation. */
import { useState } from 'react'
import { Button, Form } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { isBusinessDate, type BusinessDate } from '#core/calendar.ts'
import type { Fen } from '#core/money.ts'
import { formatPercent } from '#core/rate.ts'
import { api, client, refreshAll } from '../../client.ts'
import { PRODUCT_WORD } from '../../messages/deposit.ts'
import { inventoryText as text } from '../../messages/reconciliation.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { Grid } from '../../parts/grid.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { Money, yuanText } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useAccount } from './account.ts'
import './reconcile.css'

type Certificate = Answers['reconciliation']['inventory']['certificates'][number]

const { columns: heads } = text
const COLUMNS: readonly ColDef<Certificate>[] = [
  { field: 'certificateNo', headerName: heads.number, width: 160 },
  { field: 'complexName', headerName: heads.complex, type: 'text' },
  { headerName: heads.product, width: 120, valueGetter: ({ data }) => data === undefined ? '' : PRODUCT_WORD[data.product] },
  { field: 'valueDate', headerName: heads.from, type: 'date' },
  { field: 'dueDate', headerName: heads.due, type: 'date' },
  {
    headerName: heads.rate, width: 90, type: 'number',
    valueGetter: ({ data }) => data === undefined ? '' : formatPercent(data.rateMicro),
  },
  { field: 'principalFen', headerName: heads.principal, type: 'money' },
]

export function Inventory({ bankAccountId }: { readonly bankAccountId: number }) {
  const { name } = useAccount(bankAccountId)
  const { today } = useScope()
  const [asOf, setAsOf] = useState<BusinessDate>(today)
  const { data, error } = useQuery(api.reconciliation.inventory.queryOptions({ bankAccountId, asOf }))
  const [jobId, setJobId] = useState<string>()
  const [isRecording, setRecording] = useState(false)
  const mayRecord = useMay('reconciler', 'head')

  async function print(): Promise<void> {
    const job = await client.reconciliation.printInventory.mutate({ bankAccountId, asOf })
    setJobId(job.jobId)
  }
  return (
    <Page
      title={text.title(name)}
      hint={text.hint}
      body="fill"
      toolbar={
        <label className="inventory-day">
          {text.day}
          <DateInput value={asOf} onChange={(day) => day !== null && setAsOf(day)} />
        </label>
      }
      actions={
        <>
          <Button onClick={print}>{text.print}</Button>
          {mayRecord && <Button type="primary" onClick={() => setRecording(true)}>{text.record}</Button>}
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && (
        <div className="inventory">
          <Facts
            facts={[
              { label: text.certificates, value: <Money fen={data.certificatesFen} /> },
              { label: text.ledger, value: <Tie fen={data.ledgerFen} difference={data.certificateDifferenceFen} /> },
              {
                label: text.confirmed,
                value: data.confirmation === null
                  ? <StateTag icon="clock" tone="due" word={text.none} />
                  : <Tie fen={data.confirmation.amountFen} difference={data.confirmationDifferenceFen} />,
              },
              ...(data.bondsFen === 0 && data.bondLedgerFen === 0
                ? []
                : [
                    { label: text.bonds, value: <Money fen={data.bondsFen} /> },
                    { label: text.bondLedger, value: <Tie fen={data.bondLedgerFen} difference={data.bondDifferenceFen} /> },
                  ]),
            ]}
          />
          <Grid
            label={text.list}
            columns={COLUMNS}
            rows={[...data.certificates, ...data.bonds]}
            rowId={({ id }) => String(id)}
            empty={text.empty}
            onOpen={({ id }) => goTo({ screen: 'deposits', path: [id] })}
          />
          {data.confirmations.length > 0 && (
            <section>
              <h2>{text.history}</h2>
              <ul>
                {data.confirmations.map((one) => (
                  <li key={`${one.asOf}-${one.at}`}>{text.historyOf(one.asOf, yuanText(one.amountFen), one.recordedBy)}</li>
                ))}
              </ul>
            </section>
          )}
        </div>
      )}
      {isRecording && <RecordConfirmation bankAccountId={bankAccountId} onClose={() => setRecording(false)} />}
      {jobId !== undefined && <JobDialog title={text.printTitle} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function Tie({ fen, difference }: { readonly fen: Fen; readonly difference: Fen | null }) {
  return (
    <>
      <Money fen={fen} />{' '}
      {difference === 0
        ? <StateTag icon="check" tone="good" word={text.equal} />
        : <StateTag icon="warning" tone="bad" word={text.differs(yuanText(difference))} />}
    </>
  )
}

type Values = { readonly asOf: string; readonly amount: string; readonly papers: readonly AttachedFile[] }

function RecordConfirmation({ bankAccountId, onClose }: { readonly bankAccountId: number; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()

  async function write(): Promise<void> {
    const { asOf, amount, papers } = await validated(form)
    const [paper] = papers
    const amountFen = fenOfText(amount)
    if (paper === undefined || amountFen === null || !isBusinessDate(asOf)) return
    await client.reconciliation.confirmBank.mutate({ bankAccountId, asOf, amountFen, sha256: paper.sha256 })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.record} verb={text.record} onWrite={write} onClose={onClose}>
      <Form form={form} layout="vertical" initialValues={{ asOf: today, amount: '', papers: [] }}>
        <Form.Item name="asOf" label={text.asOf} rules={[{ required: true }]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="amount" label={text.amount} rules={[{ required: true, message: text.amountMissing }, moneyRule({})]}>
          <MoneyInput autoFocus />
        </Form.Item>
        <PapersField label={text.paper} missing={text.paperMissing} />
      </Form>
    </ConfirmWrite>
  )
}
