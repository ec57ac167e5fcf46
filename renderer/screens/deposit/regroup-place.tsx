/** 分拆或合并转存: matured certificates of one account, the bank's new ones below, one voucher. */
import { useState } from 'react'
import { Form, Radio } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CertificateId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { yuanText } from '../../parts/money.tsx'
import { useScope } from '../../scope.tsx'
import { useSession } from '../../session.tsx'
import { CardPlace } from './card-place.tsx'
import { SlipFields } from './compared-paid.tsx'
import type { CertificateCard } from './records.ts'
import { ShowVoucher, SlipForm, type SlipWriting } from './slip-form.tsx'
import { NewRows, OldRows } from './regroup-rows.tsx'
import {
  emptyGrouping, emptyRow, regroupOf, totalsOf, typedInto, type GroupingValues, type MatureCertificate,
} from './regroup-values.ts'

export function RegroupPlace({ id }: { readonly id: CertificateId }) {
  return <CardPlace id={id} action="rollOver">{(card) => <RegroupForm card={card} />}</CardPlace>
}

const FIELD: Readonly<Record<string, string>> = { old: 'chosen' }

function RegroupForm({ card }: { readonly card: CertificateCard }) {
  const text = certificateText.grouping
  const { certificate } = card
  const { today } = useScope()
  const { person } = useSession()
  const [form] = Form.useForm<GroupingValues>()
  const [values, setValues] = useState<GroupingValues>(() => emptyGrouping(certificate, today))
  const { data: others } = useQuery(
    api.certificate.mergeable.queryOptions({ id: certificate.id, date: values.date }, { placeholderData: keepPreviousData }))
  const candidates: readonly MatureCertificate[] = [certificate, ...(others ?? [])]
  const { totalFen, restFen } = totalsOf(candidates, values)

  function change(more: Partial<GroupingValues>): void {
    const next = { ...values, ...more }
    setValues(next)
    form.setFieldsValue(next)
  }

  function writing(): SlipWriting | null {
    const facts = regroupOf(candidates, values, person.userId)
    if (facts === null) return null
    return {
      title: text.confirm, rule: 'deposit.rollOver', attachmentCount: facts.attachments.length,
      preview: () => client.certificate.regroupPreview.query(facts),
      write: async () => {
        const { certificateIds: [first] } = await client.certificate.regroup.mutate(facts)
        return first ?? certificate.id
      },
    }
  }

  return (
    <SlipForm
      title={text.title(certificate.certificateNo)}
      hint={text.hint}
      className="regroup-form"
      labelWidth="128px"
      form={form}
      values={values}
      onValues={(all) => setValues(typedInto(values, all))}
      fields={FIELD}
      writing={writing}
    >
      <div className="paid-fields">
        <Form.Item name="mode" label={text.mode}>
          <Radio.Group
            options={[
              { value: 'principal_and_interest', label: text.both }, { value: 'principal_only', label: text.principal },
            ]}
          />
        </Form.Item>
        <Form.Item name="date" label={text.date} rules={[{ required: true }]}><DateInput /></Form.Item>
      </div>
      <OldRows candidates={candidates} firstId={certificate.id} values={values} onChange={change} />
      <NewRows
        values={values}
        restFen={restFen}
        onChange={change}
        onAdd={() => change({ next: [...values.next, emptyRow(certificate)] })}
      />
      <p className="regroup-total" aria-live="polite">
        <span>{text.total(yuanText(totalFen))}</span>
        {restFen === 0
          ? <StateTag icon="check" tone="good" word={text.even} />
          : (
              <StateTag
                icon="warning"
                tone="due"
                word={restFen > 0 ? text.rest(yuanText(restFen)) : text.over(yuanText(restFen).replace('-', ''))}
              />
            )}
      </p>
      <div className="paid-fields">
        <SlipFields bookId={certificate.bookId} />
        <ShowVoucher />
      </div>
    </SlipForm>
  )
}
