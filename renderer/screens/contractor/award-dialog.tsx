/** Awarding a quote for a term, and ending a term early. */
import { Form, Input } from 'antd'
import { addDays, addMonths, type BusinessDate } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { tenderText } from '../../messages/contractor.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { useScope } from '../../scope.tsx'
import type { Quote, Tender } from './tender-page.tsx'
import { required } from '../repair/step-forms.tsx'

const text = tenderText.awarding

type Values = {
  awardedOn: BusinessDate
  validFrom: BusinessDate
  validTo: BusinessDate
  reason: string
  papers: readonly { readonly sha256: string; readonly name: string }[]
}

type AwardProps = { readonly tender: Tender; readonly quote: Quote; readonly onClose: () => void }

export function AwardDialog({ tender, quote, onClose }: AwardProps) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  return (
    <FormDialog
      title={text.title(quote.bidder)}
      verb={text.verb}
      form={form}
      initialValues={{
        awardedOn: today, validFrom: today, validTo: addDays(addMonths(today, 12), -1), reason: '', papers: [],
      }}
      note={<p className="quiet">{text.hint}</p>}
      write={({ papers: [paper], ...award }) =>
        paper === undefined
          ? null
          : () => client.contractor.award.mutate({ ...award, tenderId: tender.id, quoteId: quote.id, sha256: paper.sha256 })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="awardedOn" label={text.awardedOn} rules={required(text.awardedOn)}><DateInput /></Form.Item>
      <Form.Item name="validFrom" label={text.validFrom} rules={required(text.validFrom)}><DateInput /></Form.Item>
      <Form.Item name="validTo" label={text.validTo} rules={required(text.validTo)}><DateInput /></Form.Item>
      <Form.Item name="reason" label={text.reason}>
        <Input placeholder={text.reasonHint} maxLength={500} autoComplete="off" />
      </Form.Item>
      <PapersField label={text.paper} missing={text.paperMissing} />
    </FormDialog>
  )
}

type EndValues = { endedOn: BusinessDate; reason: string }

export function EndDialog({ award, onClose }: { readonly award: NonNullable<Quote['award']>; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<EndValues>()
  const { ending } = tenderText
  return (
    <FormDialog
      title={`${ending.title}：${award.counterpartyName}`}
      verb={ending.verb}
      form={form}
      initialValues={{ endedOn: today, reason: '' }}
      write={(values) => () => client.contractor.endAward.mutate({ awardId: award.id, ...values })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="endedOn" label={ending.endedOn} rules={required(ending.endedOn)}><DateInput /></Form.Item>
      <Form.Item name="reason" label={ending.reason} rules={required(ending.reason)}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  )
}
