/** The one next action with its form, or why it cannot be taken yet; the ways out stand apart. */
import { useState, type ReactNode } from 'react'
import { Button, Form, Input, Select } from 'antd'
import type { CounterpartyId } from '#core/id.ts'
import type { RepairAction } from '#core/repair/repair-actions.ts'
import { REPAIR_ACTION_WORD } from '#core/repair/repair-actions.ts'
import { REPAIR_STEP_WORD, SEND_BACK_WORD, type SendBackStep } from '#core/repair/repair.ts'
import { sendBackTargets } from '#core/repair/repair-flow.ts'
import { client } from '../../client.ts'
import { jobText, stepText } from '../../messages/repair.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Go } from '../../parts/go.tsx'
import { CounterpartyPicker } from '../../parts/pickers.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { AcceptForm, FollowUpForm, PublishForm, SettleForm } from './after-forms.tsx'
import { AuthorityForm, ContractForm } from './agreement-forms.tsx'
import { EmergencyDialog } from './emergency-dialog.tsx'
import type { Card } from './job.tsx'
import { PaymentForm } from './money-forms.tsx'
import { ReviewForm } from './review-form.tsx'
import { DrawForm, EngineeringForm, RepeatForm, WindowForm } from './step-forms.tsx'

type Way = 'applyEmergency' | 'withdrawInstruction' | 'changeContractor' | 'changeSupervisor' | 'sendBack' | 'refuse' | 'cancel'

function isWay(action: RepairAction): action is Way {
  return action === 'applyEmergency' || action === 'withdrawInstruction' || action === 'changeContractor'
    || action === 'changeSupervisor' || action === 'sendBack' || action === 'refuse' || action === 'cancel'
}

function formOf(card: Card): ReactNode {
  switch (card.nextAction) {
    case 'checkAtWindow':
      return <WindowForm card={card} />
    case 'answerRepeat':
      return <RepeatForm card={card} />
    case 'checkEngineering':
      return <EngineeringForm card={card} />
    case 'authorise':
      return <AuthorityForm card={card} />
    case 'recordContract':
      return <ContractForm card={card} />
    case 'drawSpotChecks':
      return <DrawForm />
    case 'recordSpotCheck':
      return <ReviewForm card={card} kind="spotChecked" />
    case 'recordSiteReview':
      return <ReviewForm card={card} kind="siteReviewed" />
    case 'accept':
      return <AcceptForm card={card} />
    case 'settle':
      return <SettleForm card={card} />
    case 'publish':
      return <PublishForm card={card} />
    case 'followUp':
      return <FollowUpForm card={card} />
    case 'instructPayment':
      return <PaymentForm card={card} isAgain={false} />
    case 'prepareVoucher':
      return <PaymentForm card={card} isAgain />
    default:
      return null
  }
}

export function NextStep({ card }: { readonly card: Card }) {
  const [next] = card.actions
  const ways = card.actions.filter(({ action, blockedBecause }) => isWay(action) && blockedBecause.length === 0)
  const [open, setOpen] = useState<Way>()
  if (next === undefined) {
    return (
      <section aria-labelledby="repair-next">
        <h2 id="repair-next">{jobText.over}</h2>
        <p>{REPAIR_STEP_WORD[card.state.step]}</p>
        {card.state.endReason !== '' && <p>{card.state.endReason}</p>}
      </section>
    )
  }
  return (
    <section aria-labelledby="repair-next" className="repair-next">
      <h2 id="repair-next">{`${jobText.next} · ${REPAIR_STEP_WORD[card.state.step]}`}</h2>
      {card.hasLiveVoucher ? <VoucherWaits /> : <Blocked reasons={next.blockedBecause} />}
      {next.blockedBecause.length === 0 && formOf(card)}
      {ways.length > 0 && (
        <p className="repair-ways">
          <span className="quiet">{jobText.others}</span>
          {ways.map(({ action }) => isWay(action) && (
            <Button key={action} size="small" onClick={() => setOpen(action)}>{REPAIR_ACTION_WORD[action]}</Button>
          ))}
        </p>
      )}
      {open === 'applyEmergency' && <EmergencyDialog card={card} onClose={() => setOpen(undefined)} />}
      {open !== undefined && open !== 'applyEmergency' && <WayOut card={card} way={open} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

function VoucherWaits() {
  return (
    <>
      <p>{jobText.voucherWaits}</p>
      <Go to={{ screen: 'vouchers', query: { state: 'draft' } }}>{jobText.toVouchers}</Go>
    </>
  )
}

function Blocked({ reasons }: { readonly reasons: readonly string[] }) {
  if (reasons.length === 0) return null
  return (
    <div className="repair-blocked">
      <StateTag tone="due" icon="blocked" word={jobText.blocked} />
      <ul>
        {reasons.map((reason) => <li key={reason}>{reason}</li>)}
      </ul>
    </div>
  )
}

type WayValues = {
  to: SendBackStep | undefined
  contractorId: CounterpartyId | null
  supervisorId: CounterpartyId | null
  reason: string
}

/** Another party of the job: which field, and what the form says. */
const PARTY_FORM = {
  changeContractor: {
    field: 'contractorId', label: jobText.contractor, hint: jobText.changeContractorHint,
    reasonHint: jobText.contractorReasonHint,
  },
  changeSupervisor: {
    field: 'supervisorId', label: jobText.supervisor, hint: jobText.changeSupervisorHint,
    reasonHint: jobText.supervisorReasonHint,
  },
} as const

function WayOut({ card, way, onClose }: { readonly card: Card; readonly way: Way; readonly onClose: () => void }) {
  const [form] = Form.useForm<WayValues>()
  const { id } = card.repair
  const targets = sendBackTargets(card.state)
  const party = way === 'changeContractor' || way === 'changeSupervisor' ? PARTY_FORM[way] : null
  function write({ to, contractorId, supervisorId, reason }: WayValues): (() => Promise<unknown>) | null {
    switch (way) {
      case 'withdrawInstruction':
        return () => client.repair.withdrawInstruction.mutate({ id, reason })
      case 'changeContractor':
        return () => client.repair.changeContractor.mutate({ id, contractorId: contractorId ?? 0, reason })
      case 'changeSupervisor':
        return () => client.repair.changeSupervisor.mutate({ id, supervisorId: supervisorId ?? 0, reason })
      case 'sendBack':
        return to === undefined ? null : () => client.repair.sendBack.mutate({ id, to, reason })
      default:
        return () => client.repair.end.mutate({ id, kind: way === 'refuse' ? 'refused' : 'cancelled', reason })
    }
  }
  return (
    <FormDialog
      title={REPAIR_ACTION_WORD[way]}
      verb={REPAIR_ACTION_WORD[way]}
      form={form}
      initialValues={{ to: targets.at(-1), contractorId: null, supervisorId: null, reason: '' }}
      write={write}
      onDone={onClose}
      onClose={onClose}
    >
      {way === 'withdrawInstruction' && <p className="quiet">{jobText.withdrawHint}</p>}
      {party !== null && (
        <>
          <p className="quiet">{party.hint}</p>
          <Form.Item
            name={party.field}
            label={party.label}
            rules={[{ required: true, message: stepText.missing(party.label) }]}
          >
            <CounterpartyPicker />
          </Form.Item>
        </>
      )}
      {way === 'sendBack' && (
        <Form.Item name="to" label={jobText.sendBackTo}>
          <Select options={targets.map((value) => ({ value, label: SEND_BACK_WORD[value] }))} />
        </Form.Item>
      )}
      <Form.Item
        name="reason"
        label={jobText.reason}
        rules={[{ required: true, whitespace: true, message: stepText.missing(jobText.reason) }]}
      >
        <Input.TextArea
          rows={3}
          maxLength={300}
          autoFocus={party === null}
          placeholder={party?.reasonHint}
        />
      </Form.Item>
    </FormDialog>
  )
}
