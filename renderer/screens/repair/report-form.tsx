/** Reporting a job: where (structured), what, for how much, by whom. */
import { useState } from 'react'
import { AutoComplete, Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BuildingId, ComplexId, CounterpartyId } from '#core/id.ts'
import { REPAIR_PARTS } from '#core/repair/repair-place.ts'
import { api, client, refreshAll } from '../../client.ts'
import { reportText } from '../../messages/repair.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { Page } from '../../parts/page.tsx'
import { ComplexPicker, CounterpartyPicker, RecordPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'

type Values = {
  complexId: ComplexId | null
  buildingId: BuildingId | null
  entrance: string
  part: string
  facility: string
  title: string
  reportedOn: BusinessDate
  quotedFen: string
  contractorId: CounterpartyId
  supervisorId: CounterpartyId
}

const PARTS = REPAIR_PARTS.map((part) => ({ value: part }))

function required(label: string) {
  return [{ required: true, message: reportText.missing(label) }]
}

export function ReportForm() {
  const { complexId, today } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form)
  const [chosen, setChosen] = useState(complexId)
  const buildings = useQuery(api.complex.buildings.queryOptions({ complexId: chosen ?? 0 }, { enabled: chosen !== null }))
  const label = reportText.fields

  async function submit({ quotedFen, complexId: where, ...facts }: Values): Promise<void> {
    if (isBusy) return
    await attempt(async () => {
      const amount = fenOfText(quotedFen) ?? 0
      const id = await client.repair.report.mutate({ ...facts, complexId: where ?? 0, quotedFen: amount })
      await refreshAll()
      goTo({ screen: 'repairs', path: [id] })
    })
  }
  useShortcut('Ctrl+Enter', reportText.submit, form.submit)

  return (
    <Page title={reportText.title} hint={reportText.hint}>
      {problem !== null && <ProblemNote problem={problem} />}
      <Form<Values>
        form={form}
        className="repair-form repair-report"
        layout="vertical"
        scrollToFirstError={{ focus: true }}
        initialValues={{ complexId, buildingId: null, entrance: '', facility: '', reportedOn: today }}
        onFinish={submit}
        onValuesChange={(changed: Partial<Values>) => {
          if (changed.complexId === undefined) return
          setChosen(changed.complexId)
          form.setFieldValue('buildingId', null)
        }}
      >
        <Form.Item name="complexId" label={label.complexId} rules={required(label.complexId)}>
          <ComplexPicker />
        </Form.Item>
        <Form.Item name="reportedOn" label={label.reportedOn} rules={required(label.reportedOn)}>
          <DateInput />
        </Form.Item>
        <Form.Item name="buildingId" label={label.buildingId}>
          <RecordPicker<BuildingId>
            allowClear
            placeholder={reportText.wholeComplex}
            choices={chosen === null ? [] : buildings.data?.map((building) => ({ ...building, label: building.name }))}
          />
        </Form.Item>
        <Form.Item name="entrance" label={label.entrance}>
          <Input placeholder={reportText.entranceHint} maxLength={40} />
        </Form.Item>
        <Form.Item name="part" label={label.part} rules={required(label.part)}>
          <AutoComplete
            options={PARTS}
            showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) === true }}
          />
        </Form.Item>
        <Form.Item name="facility" label={label.facility}>
          <Input placeholder={reportText.facilityHint} maxLength={60} />
        </Form.Item>
        <Form.Item name="title" label={label.title} rules={required(label.title)} className="wide">
          <Input placeholder={reportText.titleHint} maxLength={120} />
        </Form.Item>
        <Form.Item name="contractorId" label={label.contractorId} rules={required(label.contractorId)}>
          <CounterpartyPicker />
        </Form.Item>
        <Form.Item name="supervisorId" label={label.supervisorId} rules={required(label.supervisorId)}>
          <CounterpartyPicker />
        </Form.Item>
        <Form.Item name="quotedFen" label={label.quotedFen} rules={[moneyRule({ required: true, positive: true })]}>
          <MoneyInput />
        </Form.Item>
        <div className="wide">
          <Button type="primary" htmlType="submit" loading={isBusy}>{reportText.submit}</Button>
        </div>
      </Form>
    </Page>
  )
}
