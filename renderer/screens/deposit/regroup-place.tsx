/** 分拆或合并转存: matured certificates of one account, the bank's new ones below, one voucher. */
import { useState } from 'react'
import { Button, Form, Radio } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { CertificateId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { yuanText } from '../../parts/money.tsx'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { CardPlace } from './card-place.tsx'
import { SlipFields } from './compared-paid.tsx'
import { sheetOf } from './preview-sheet.ts'
import type { CertificateCard, Regroup } from './records.ts'
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
  const { problem, attempt } = useFormProblems(form, (field) => FIELD[field] ?? field)
  const [asked, setAsked] = useState<{ readonly facts: Regroup; readonly sheet: Sheet }>()
  const { data: others } = useQuery(
    api.certificate.mergeable.queryOptions({ id: certificate.id, date: values.date }, { placeholderData: keepPreviousData }))
  const candidates: readonly MatureCertificate[] = [certificate, ...(others ?? [])]
  const { totalFen, restFen } = totalsOf(candidates, values)
  useShortcut('Ctrl+Enter', certificateText.slip.show, form.submit, { isOn: asked === undefined })

  function change(more: Partial<GroupingValues>): void {
    const next = { ...values, ...more }
    setValues(next)
    form.setFieldsValue(next)
  }

  async function show(): Promise<void> {
    const facts = regroupOf(candidates, values, person.userId)
    if (facts === null) return
    const preview = await client.certificate.regroupPreview.query(facts)
    const attachmentCount = facts.attachments.length
    setAsked({ facts, sheet: sheetOf(preview, { rule: 'deposit.rollOver', attachmentCount, preparer: person.name }) })
  }

  async function write(facts: Regroup): Promise<void> {
    const { certificateIds: [first] } = await client.certificate.regroup.mutate(facts)
    await refreshAll()
    goTo({ screen: 'deposits', path: [first ?? certificate.id] })
  }

  return (
    <Page title={text.title(certificate.certificateNo)} hint={text.hint}>
      <Form
        form={form}
        className="regroup-form"
        labelCol={{ flex: '128px' }}
        initialValues={values}
        onValuesChange={(_, all) => setValues(typedInto(values, all))}
        onFinish={() => void attempt(show)}
        scrollToFirstError={{ focus: true }}
      >
        {problem !== null && <ProblemNote problem={problem} />}
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
          <div className="step-buttons">
            <Button type="primary" htmlType="submit">{certificateText.slip.show}</Button>
          </div>
        </div>
      </Form>
      {asked !== undefined && (
        <ConfirmWrite
          title={text.confirm}
          sheets={[asked.sheet]}
          verb={certificateText.slip.write}
          onWrite={() => write(asked.facts)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Page>
  )
}
