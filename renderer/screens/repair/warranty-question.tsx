/** The window's question about the builder's warranty: the register answers, and only where it is silent the clerk is asked. */
import { useEffect } from 'react'
import { Form, Input, Radio, Select } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import {
  WARRANTY_CATEGORIES, WARRANTY_CATEGORY_WORD, type WarrantyAnswer, type WarrantyCategory, type WarrantyCover,
} from '#core/repair/builder-warranty.ts'
import { api } from '../../client.ts'
import { COVER_TEXT, coverText, warrantyText as text } from '../../messages/warranty.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Icon } from '../../parts/icon.tsx'

type KnownKind = 'completed' | 'until' | 'notFound'

export type WarrantyValues = {
  category?: WarrantyCategory
  categoryReason?: string
  known?: KnownKind
  on?: BusinessDate
  source?: string
  notFoundReason?: string
}

const CATEGORIES = WARRANTY_CATEGORIES.map((value) => ({ value, label: WARRANTY_CATEGORY_WORD[value] }))
const REQUIRED = [{ required: true, whitespace: true, message: text.required }]

function knownOf({ known, on, source = '', notFoundReason = '' }: WarrantyValues): WarrantyAnswer['known'] {
  if (known === 'notFound') return { kind: 'notFound', reason: notFoundReason }
  return known === undefined || on === undefined ? null : { kind: known, on, source }
}

export function warrantyAnswer(values: WarrantyValues): WarrantyAnswer {
  const { category = null, categoryReason = '' } = values
  return { category, categoryReason, known: knownOf(values) }
}

export function WarrantyQuestion({ repairId }: { readonly repairId: RepairId }) {
  const form = Form.useFormInstance<WarrantyValues>()
  const category = Form.useWatch<WarrantyCategory | undefined>('category', form)
  const { data } = useQuery({
    ...api.repair.warranty.queryOptions({ id: repairId, category: category ?? null }), placeholderData: keepPreviousData,
  })
  const own = data?.own
  useEffect(() => {
    if (own !== undefined && form.getFieldValue('category') === undefined) form.setFieldValue('category', own)
  }, [own, form])
  if (data === undefined) return null
  return (
    <>
      <Form.Item name="category" label={text.question} rules={[{ required: true, message: text.required }]}>
        <Select options={CATEGORIES} />
      </Form.Item>
      {category !== undefined && category !== own && (
        <Form.Item name="categoryReason" label={text.categoryReason} rules={REQUIRED}>
          <Input placeholder={text.categoryReasonExample} maxLength={200} />
        </Form.Item>
      )}
      <Cover cover={data.cover} />
    </>
  )
}

function Cover({ cover }: { readonly cover: WarrantyCover }) {
  if (cover.kind === 'unknown') {
    return (
      <>
        <p className="warranty-answer unknown"><Icon name="info" />{COVER_TEXT[cover.missing]}</p>
        <KnownFields isDated={cover.missing === 'completion'} />
      </>
    )
  }
  return (
    <p className={`warranty-answer ${cover.kind}`}>
      <Icon name={cover.kind === 'inside' ? 'blocked' : 'check'} />
      {coverText[cover.kind](cover.completedOn, cover.lastDay)}
    </p>
  )
}

/** `isDated`: a completion day would help; otherwise only the last day of the warranty does. */
function KnownFields({ isDated }: { readonly isDated: boolean }) {
  const known = Form.useWatch<KnownKind | undefined>('known')
  const kinds = isDated ? (['completed', 'until', 'notFound'] as const) : (['until', 'notFound'] as const)
  return (
    <>
      <Form.Item name="known" label={text.known} rules={[{ required: true, message: text.knownMissing }]}>
        <Radio.Group options={kinds.map((value) => ({ value, label: text[value] }))} />
      </Form.Item>
      {known === 'notFound' && (
        <Form.Item name="notFoundReason" label={text.notFoundReason} rules={REQUIRED}>
          <Input.TextArea rows={2} placeholder={text.notFoundExample} maxLength={500} />
        </Form.Item>
      )}
      {(known === 'completed' || known === 'until') && (
        <>
          <Form.Item name="on" label={text.on[known]} rules={[{ required: true, message: text.required }]}>
            <DateInput />
          </Form.Item>
          <Form.Item name="source" label={text.knownSource} rules={REQUIRED}>
            <Input placeholder={text.knownSourceExample} maxLength={200} />
          </Form.Item>
        </>
      )}
    </>
  )
}
