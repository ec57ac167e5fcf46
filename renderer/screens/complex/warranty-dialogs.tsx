/** A completion acceptance and a warranty letter: recorded, corrected by a new entry, or taken back, each with its paper. */
import type { ReactNode } from 'react'
import { Form, Input, InputNumber, Radio, Select, type FormInstance } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BuildingId, ComplexId } from '#core/id.ts'
import {
  isInSeasons, LEAST_WARRANTY, WARRANTY_CATEGORIES, WARRANTY_CATEGORY_WORD, warrantyLengthText, type WarrantyCategory,
} from '#core/repair/builder-warranty.ts'
import { api, client, refreshAll } from '../../client.ts'
import { warrantyText as text } from '../../messages/warranty.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { validated } from '../../parts/validated.ts'
import type { CompletionEntry, TermEntry } from './warranty-pane.tsx'

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]
const PICKED = [{ required: true, message: text.required }]
/** In the form's select; the service is given null. */
const WHOLE = 0

type PaperValues = {
  readonly buildingId: BuildingId | typeof WHOLE
  readonly source: string
  /** Not asked of an entry taken back. */
  readonly papers?: readonly AttachedFile[]
  readonly doing: 'change' | 'takeBack'
  readonly reason: string
}

type FrameProps<Values> = {
  readonly form: FormInstance<Values>
  readonly complexId: ComplexId
  readonly entry: CompletionEntry | TermEntry | undefined
  readonly title: string
  /** Of the paper's name. */
  readonly example: string
  readonly initialValues: Partial<Values>
  readonly onWrite: () => Promise<void>
  readonly onClose: () => void
  /** Fields of the entry itself, below its place. */
  readonly children: ReactNode
}

function EntryFrame<Values extends PaperValues>({ form, entry, ...props }: FrameProps<Values>) {
  const doing = Form.useWatch<PaperValues['doing'] | undefined>('doing', form)
  const { data: buildings = [] } = useQuery(api.complex.buildings.queryOptions({ complexId: props.complexId }))
  const places = [{ value: WHOLE, label: text.whole }, ...buildings.map(({ id, name }) => ({ value: Number(id), label: name }))]
  const isTakenBack = entry !== undefined && doing === 'takeBack'
  return (
    <ConfirmWrite title={props.title} verb={text.save} onWrite={props.onWrite} onClose={props.onClose}>
      <Form<Values> form={form} layout="vertical" className="two-columns" initialValues={props.initialValues}>
        {entry !== undefined && (
          <Form.Item name="doing" label={text.doing} className="wide">
            <Radio.Group
              options={[{ value: 'change', label: text.change }, { value: 'takeBack', label: text.takeBack }]}
            />
          </Form.Item>
        )}
        <Form.Item name="buildingId" label={text.place} rules={PICKED}>
          <Select options={places} disabled={entry !== undefined} />
        </Form.Item>
        {!isTakenBack && (
          <>
            {props.children}
            <Form.Item name="source" label={text.source} rules={REQUIRED}>
              <Input placeholder={props.example} maxLength={200} />
            </Form.Item>
            <PapersField label={text.paper} missing={text.paperMissing} className="wide" />
          </>
        )}
        {entry !== undefined && (
          <Form.Item name="reason" label={text.reason} rules={REQUIRED} className="wide"><Input maxLength={200} /></Form.Item>
        )}
      </Form>
    </ConfirmWrite>
  )
}

type DialogProps<Entry> = {
  readonly complexId: ComplexId
  readonly entry: Entry | undefined
  readonly onClose: () => void
}

type CompletionValues = PaperValues & { readonly completedOn: BusinessDate }

export function CompletionDialog({ complexId, entry, onClose }: DialogProps<CompletionEntry>) {
  const [form] = Form.useForm<CompletionValues>()

  async function write(): Promise<void> {
    const { papers, buildingId, doing, reason, completedOn, source } = await validated(form)
    const facts = { completedOn, source, sha256: papers?.[0]?.sha256 ?? '' }
    await (entry === undefined
      ? client.warranty.recordCompletion.mutate({ complexId, buildingId: buildingId === WHOLE ? null : buildingId, ...facts })
      : client.warranty.correctCompletion.mutate({ id: entry.id, facts: doing === 'takeBack' ? null : facts, reason }))
    await refreshAll()
  }
  return (
    <EntryFrame
      form={form}
      complexId={complexId}
      entry={entry}
      title={entry === undefined ? text.addCompletion : text.correctCompletion}
      example={text.completionExample}
      initialValues={{
        doing: 'change', buildingId: entry?.buildingId ?? WHOLE, papers: [],
        ...(entry !== undefined && { completedOn: entry.completedOn, source: entry.source }),
      }}
      onWrite={write}
      onClose={onClose}
    >
      <Form.Item name="completedOn" label={text.completedOn} rules={PICKED}><DateInput /></Form.Item>
    </EntryFrame>
  )
}

type TermValues = PaperValues & {
  readonly category: WarrantyCategory
  readonly length: number
  readonly agreedOn: BusinessDate
}

const CATEGORIES = WARRANTY_CATEGORIES.map((value) => ({ value, label: WARRANTY_CATEGORY_WORD[value] }))

export function TermDialog({ complexId, entry, onClose }: DialogProps<TermEntry>) {
  const [form] = Form.useForm<TermValues>()
  const category = Form.useWatch<WarrantyCategory | undefined>('category', form) ?? 'waterproofing'
  const least = LEAST_WARRANTY[category]

  async function write(): Promise<void> {
    const { papers, buildingId, doing, reason, category: kind, length, agreedOn, source } = await validated(form)
    const facts = { length, agreedOn, source, sha256: papers?.[0]?.sha256 ?? '' }
    await (entry === undefined
      ? client.warranty.recordTerm.mutate({
        complexId, buildingId: buildingId === WHOLE ? null : buildingId, category: kind, ...facts,
      })
      : client.warranty.correctTerm.mutate({ id: entry.id, facts: doing === 'takeBack' ? null : facts, reason }))
    await refreshAll()
  }
  return (
    <EntryFrame
      form={form}
      complexId={complexId}
      entry={entry}
      title={entry === undefined ? text.addTerm : text.correctTerm}
      example={text.termExample}
      initialValues={{
        doing: 'change', buildingId: entry?.buildingId ?? WHOLE, category: entry?.category ?? 'waterproofing', papers: [],
        ...(entry !== undefined && { length: entry.length, agreedOn: entry.agreedOn, source: entry.source }),
      }}
      onWrite={write}
      onClose={onClose}
    >
      <Form.Item name="category" label={text.category} rules={PICKED}>
        <Select options={CATEGORIES} disabled={entry !== undefined} />
      </Form.Item>
      <Form.Item
        name="length"
        label={isInSeasons(category) ? text.seasons : text.months}
        rules={PICKED}
        extra={least === null ? text.byLetter : text.least(warrantyLengthText(category, least))}
      >
        <InputNumber min={1} max={1200} precision={0} />
      </Form.Item>
      <Form.Item name="agreedOn" label={text.agreedOn} rules={PICKED}><DateInput /></Form.Item>
    </EntryFrame>
  )
}
