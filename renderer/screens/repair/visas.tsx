/** Visas of concealed work: what is covered up, how much, who saw it, with its pictures; a new one is recorded whole. */
import { useState } from 'react'
import { Button, Form, Input, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { SIGNING_PARTIES } from '#core/policy/policy.ts'
import type { RepairStep } from '#core/repair/repair.ts'
import { PARTY_WORD } from '#core/repair/person.ts'
import { client } from '../../client.ts'
import { stepText, visaText as text } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { fileAddress } from '../../upload.ts'
import { NAME_SEPARATORS } from './after-forms.tsx'
import type { Card } from './job.tsx'
import { required } from './step-forms.tsx'

const VISA_STEPS: readonly RepairStep[] = ['spotDraw', 'spotCheck', 'siteReview', 'acceptance']

export function Visas({ card }: { readonly card: Card }) {
  const { state, visas } = card
  const [isOpen, setOpen] = useState(false)
  const isAdding = useMay('preparer', 'reviewer', 'head') && VISA_STEPS.includes(state.step)
  if (visas.length === 0 && !isAdding) return null
  return (
    <section aria-labelledby="repair-visas">
      <h2 id="repair-visas">{text.title}</h2>
      {visas.length === 0 && <p className="quiet">{text.none}</p>}
      <ul className="repair-visas">
        {visas.map((visa) => (
          <li key={visa.id}>
            <p>
              <span>{text.line(visa.seq, visa.on)}</span>
              <Money fen={visa.changeFen} />
            </p>
            <p>{visa.work}</p>
            <p>{visa.quantity}</p>
            <p className="quiet">{visa.signers.map(({ party, person }) => `${PARTY_WORD[party]} ${person}`).join(' \u00B7 ')}</p>
            {visa.round < state.sheetsFrom.review && <p className="quiet">{text.void}</p>}
            <p>
              {visa.images.map(({ sha256, name }) => (
                <a key={sha256} href={fileAddress(sha256)} download={name}>{name}</a>
              ))}
            </p>
          </li>
        ))}
      </ul>
      {isAdding && <Button size="small" onClick={() => setOpen(true)}>{text.add}</Button>}
      {isOpen && <VisaDialog card={card} onClose={() => setOpen(false)} />}
    </section>
  )
}

type VisaValues = {
  on: BusinessDate
  work: string
  quantity: string
  changeFen: string
  signers: Record<(typeof SIGNING_PARTIES)[number], string[]>
  images: readonly AttachedFile[]
}

function VisaDialog({ card, onClose }: { readonly card: Card; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<VisaValues>()
  return (
    <FormDialog
      title={text.title}
      verb={text.add}
      form={form}
      initialValues={{
        on: today, work: '', quantity: '', changeFen: '0', signers: { section: [], supervisor: [], contractor: [] }, images: [],
      }}
      write={({ changeFen, signers, images, ...visa }) => () =>
        client.repair.addVisa.mutate({
          id: card.repair.id,
          ...visa,
          changeFen: fenOfText(changeFen, 'changeFen') ?? 0,
          signers: SIGNING_PARTIES.flatMap((party) => signers[party].map((person) => ({ party, person }))),
          images: images.map(({ sha256 }) => sha256),
        })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="on" label={text.on} rules={required(text.on)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="work" label={text.work} rules={required(text.work)}>
        <Input maxLength={300} />
      </Form.Item>
      <Form.Item name="quantity" label={text.quantity} rules={required(text.quantity)}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
      <Form.Item name="changeFen" label={text.changeFen} extra={text.changeHint} rules={[moneyRule({ required: true })]}>
        <MoneyInput />
      </Form.Item>
      {SIGNING_PARTIES.map((party) => (
        <Form.Item key={party} name={['signers', party]} label={text.signers(PARTY_WORD[party])}>
          <Select mode="tags" open={false} suffix={null} placeholder={text.signersHint} tokenSeparators={NAME_SEPARATORS} />
        </Form.Item>
      ))}
      <PapersField
        name="images"
        label={text.images}
        missing={stepText.missing(text.images)}
        accept=".jpg,.jpeg,.png"
        hint={text.imagesHint}
      />
    </FormDialog>
  )
}
