/** The application for an emergency use, entered as it arrives; the office decides on it at the authority. */
import { Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { EMERGENCY_APPLICANT_WORD, type EmergencyApplicant } from '#core/authority/use-authority.ts'
import { REPAIR_ACTION_WORD } from '#core/repair/repair-actions.ts'
import { api, client } from '../../client.ts'
import { agreementText as text, stepText } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { useScope } from '../../scope.tsx'
import type { Card } from './job.tsx'
import { required } from './step-forms.tsx'

type Values = {
  item?: string
  applicant?: EmergencyApplicant
  appliedOn: BusinessDate
  report: string
  files?: readonly AttachedFile[]
}

export function EmergencyDialog({ card, onClose }: { readonly card: Card; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const { id } = card.repair
  const choices = useQuery(api.repair.authorityChoices.queryOptions({ id })).data
  function write({ item, applicant, appliedOn, report, files }: Values): (() => Promise<unknown>) | null {
    if (item === undefined || applicant === undefined) return null
    const application = { item, applicant, appliedOn, report, files: (files ?? []).map(({ sha256 }) => sha256) }
    return () => client.repair.applyEmergency.mutate({ id, ...application })
  }
  return (
    <FormDialog
      title={REPAIR_ACTION_WORD.applyEmergency}
      verb={REPAIR_ACTION_WORD.applyEmergency}
      form={form}
      initialValues={{ appliedOn: today, report: '' }}
      note={<p className="quiet">{text.applicationHint}</p>}
      write={write}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="item" label={text.item} rules={required(text.item)}>
        <Select options={choices?.cases.map((value) => ({ value, label: value })) ?? []} />
      </Form.Item>
      <Form.Item name="applicant" label={text.applicant} rules={required(text.applicant)}>
        <Select options={[...choices?.applicants ?? []]} />
      </Form.Item>
      <Form.Item name="appliedOn" label={text.appliedOn} rules={required(text.appliedOn)}>
        <DateInput />
      </Form.Item>
      <Form.Item name="report" label={text.report} rules={required(text.report)}>
        <Input.TextArea rows={2} maxLength={2000} placeholder={text.reportHint} />
      </Form.Item>
      <PapersField name="files" label={text.files} missing={stepText.missing(text.files)} hint={text.filesHint} />
    </FormDialog>
  )
}

/** What was asked for, before it is granted. */
export function Application({ card: { state: { emergency } } }: { readonly card: Card }) {
  if (emergency === null) return <p className="quiet">{text.noApplication}</p>
  const { item, applicant, appliedOn, report } = emergency
  return (
    <Facts
      facts={[
        { label: text.item, value: item },
        { label: text.applicant, value: EMERGENCY_APPLICANT_WORD[applicant] },
        { label: text.appliedOn, value: appliedOn },
        { label: text.report, value: report, wide: true },
      ]}
    />
  )
}
