/** One contract: what it says, its instalments, what came, and how it ended. */
import { useState } from 'react'
import { Button, Form, Input, Modal } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { formatPercent } from '#core/rate.ts'
import { VOUCHER_KINDS, voucherWord } from '#core/voucher/voucher.ts'
import { api, client, refreshAll } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { fileAddress } from '../../upload.ts'
import { ContractState } from './contract-list.tsx'
import { ScheduleTable } from './schedule-table.tsx'

type Card = Answers['income']['contract']

const text = incomeText.contract

export function ContractPlace({ contractId }: { readonly contractId: number }) {
  const { data: card, error } = useQuery(api.income.contract.queryOptions({ id: contractId }))
  const { today } = useScope()
  const mayEnd = useMay('preparer', 'bookkeeper', 'head')
  const canEnd = mayEnd && card?.endedOn === null && card.endsOn > today
  const [isEnding, setEnding] = useState(false)
  return (
    <Page
      title={card === undefined ? text.title : card.number}
      hint={card === undefined ? undefined : <ContractState contract={card} />}
      actions={canEnd && <Button onClick={() => setEnding(true)}>{text.end}</Button>}
    >
      {error !== null && <ProblemNote error={error} />}
      {card !== undefined && (
        <div className="income-contract">
          <div className="wide"><ContractFactsList card={card} /></div>
          <section aria-labelledby="income-schedule">
            <h2 id="income-schedule">{text.schedule}</h2>
            <ScheduleTable lines={card.installments} />
          </section>
          <section aria-labelledby="income-receipts">
            <h2 id="income-receipts">{text.receipts}</h2>
            {card.receipts.length === 0 ? <p className="quiet">{text.noReceipts}</p> : <Receipts card={card} />}
          </section>
        </div>
      )}
      {isEnding && card !== undefined && <EndDialog card={card} onClose={() => setEnding(false)} />}
    </Page>
  )
}

function ContractFactsList({ card }: { readonly card: Card }) {
  const ended = card.endedOn === null
    ? []
    : [{ label: text.endedOn, value: card.endedOn }, { label: text.endReason, value: card.endReason ?? '' }]
  return (
    <Facts
      facts={[
        { label: text.complex, value: card.complexName },
        { label: text.category, value: card.category },
        { label: text.party, value: card.counterpartyName },
        { label: text.place, value: card.place },
        { label: text.term, value: `${card.startsOn} – ${card.endsOn}` },
        { label: text.share, value: `${formatPercent(card.ownersShare)}%` },
        { label: text.total, value: <Money fen={card.totalFen} /> },
        { label: text.due, value: <Money fen={card.dueFen} /> },
        { label: text.received, value: <Money fen={card.receivedFen} /> },
        { label: text.open, value: <Money fen={card.openFen} /> },
        { label: text.nextDue, value: card.nextDueOn ?? '' },
        { label: text.document, value: <a href={fileAddress(card.sha256)}>{text.openDocument}</a> },
        ...ended,
      ]}
    />
  )
}

function Receipts({ card }: { readonly card: Card }) {
  return (
    <table className="income-lines">
      <thead>
        <tr>
          <th scope="col">{text.date}</th>
          <th scope="col">{text.voucher}</th>
          <th scope="col">{text.summary}</th>
          <th scope="col" className="right">{text.amount}</th>
        </tr>
      </thead>
      <tbody>
        {card.receipts.map((receipt) => {
          const kind = VOUCHER_KINDS.find((each) => each === receipt.kind) ?? 'general'
          return (
            <tr key={receipt.voucherId}>
              <td>{receipt.date}</td>
              <td><Go to={{ screen: 'vouchers', path: [receipt.voucherId] }}>{voucherWord(kind, receipt.number)}</Go></td>
              <td>{receipt.summary}</td>
              <td className="right"><Money fen={receipt.amountFen} /></td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type EndValues = { readonly endedOn?: BusinessDate | null; readonly reason: string }

function EndDialog({ card, onClose }: { readonly card: Card; readonly onClose: () => void }) {
  const [form] = Form.useForm<EndValues>()
  const { problem, isBusy, attempt } = useFormProblems(form)

  async function end(): Promise<void> {
    const values = await form.validateFields().catch(() => null)
    if (values?.endedOn == null) return
    const { endedOn, reason } = values
    const isDone = await attempt(async () => {
      await client.income.endContract.mutate({ id: card.id, endedOn, reason })
      await refreshAll()
    })
    if (isDone) onClose()
  }

  return (
    <Modal open title={text.endTitle} okText={text.endVerb} confirmLoading={isBusy} onOk={() => void end()} onCancel={onClose}>
      <p className="quiet">{text.endHint}</p>
      {problem !== null && <ProblemNote problem={problem} />}
      <Form form={form} layout="vertical" initialValues={{ reason: '' }}>
        <Form.Item name="endedOn" label={text.endedOn} rules={[{ required: true, message: text.missing.date }]}>
          <DateInput />
        </Form.Item>
        <Form.Item name="reason" label={text.endReason} rules={[{ required: true, message: text.missing.reason }]}>
          <Input autoComplete="off" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
