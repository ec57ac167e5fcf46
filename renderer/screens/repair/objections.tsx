/** Objections to what a job cost: who, what, how much, and how each ended. The disputed amount waits for the end. */
import { useState } from 'react'
import { Button, Form, Input, Radio } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairStep } from '#core/repair/repair.ts'
import { OBJECTION_OUTCOME_WORD, OBJECTION_OUTCOMES, type ObjectionOutcome } from '#core/repair/repair-payable.ts'
import { client } from '../../client.ts'
import { objectionText as text } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import type { Card } from './job.tsx'
import { required } from './step-forms.tsx'

type Objection = Card['objections'][number]

const HEARD_AT: readonly RepairStep[] = ['publication', 'payment', 'voucher', 'followUp', 'retention']

export function Objections({ card }: { readonly card: Card }) {
  const [open, setOpen] = useState<Objection | 'new'>()
  const isRaising = useMay('preparer', 'reviewer', 'head') && HEARD_AT.includes(card.state.step)
  const isEnding = useMay('reviewer', 'head')
  if (card.objections.length === 0 && !isRaising) return null
  return (
    <section aria-labelledby="repair-objections">
      <h2 id="repair-objections">{text.title}</h2>
      {card.objections.length === 0 && <p className="quiet">{text.none}</p>}
      <ul className="repair-visas">
        {card.objections.map((objection) => (
          <li key={objection.id}>
            <p>
              <span>{`${objection.raisedOn} ${objection.raisedBy}`}</span>
              <Money fen={objection.disputedFen} />
            </p>
            <p>{objection.reason}</p>
            {objection.outcome === null
              ? <StateTag tone="due" icon="warning" word={text.open} />
              : (
                <p className="quiet">
                  {[OBJECTION_OUTCOME_WORD[objection.outcome], objection.answer, objection.answeredBy].join(' ')}
                </p>
              )}
            {objection.outcome === null && isEnding && (
              <Button size="small" onClick={() => setOpen(objection)}>{text.end}</Button>
            )}
          </li>
        ))}
      </ul>
      {isRaising && <Button size="small" onClick={() => setOpen('new')}>{text.raise}</Button>}
      {open === 'new' && <RaiseDialog card={card} onClose={() => setOpen(undefined)} />}
      {open !== undefined && open !== 'new' && <EndDialog card={card} objection={open} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

type RaiseValues = { raisedOn: BusinessDate; raisedBy: string; reason: string; disputedFen: string }

function RaiseDialog({ card, onClose }: { readonly card: Card; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<RaiseValues>()
  return (
    <FormDialog
      title={text.raise}
      verb={text.raise}
      form={form}
      initialValues={{ raisedOn: today, raisedBy: '', reason: '', disputedFen: '' }}
      write={({ disputedFen, ...objection }) => () =>
        client.repair.raiseObjection.mutate({ id: card.repair.id, ...objection, disputedFen: fenOfText(disputedFen) ?? 0 })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="raisedOn" label={text.raisedOn} rules={required(text.raisedOn)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="raisedBy" label={text.raisedBy} rules={required(text.raisedBy)}>
        <Input placeholder={text.raisedByHint} maxLength={100} />
      </Form.Item>
      <Form.Item name="reason" label={text.reason} rules={required(text.reason)}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="disputedFen" label={text.disputedFen} rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput />
      </Form.Item>
    </FormDialog>
  )
}

type EndValues = { outcome: ObjectionOutcome; reason: string }
type EndProps = { readonly card: Card; readonly objection: Objection; readonly onClose: () => void }

const OUTCOMES = OBJECTION_OUTCOMES.map((value) => ({ value, label: OBJECTION_OUTCOME_WORD[value] }))

function EndDialog({ card, objection, onClose }: EndProps) {
  const [form] = Form.useForm<EndValues>()
  return (
    <FormDialog
      title={text.end}
      verb={text.end}
      form={form}
      initialValues={{ outcome: 'answered', reason: '' }}
      note={<p>{objection.reason}</p>}
      write={(end) => () => client.repair.endObjection.mutate({ id: card.repair.id, objectionId: objection.id, ...end })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="outcome" label={text.outcome} rules={required(text.outcome)}>
        <Radio.Group options={OUTCOMES} vertical />
      </Form.Item>
      <Form.Item name="reason" label={text.answer} rules={required(text.answer)}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  )
}
