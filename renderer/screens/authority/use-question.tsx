/** The window's question about the use: which item of the dictionary the job is, and why the fund may pay where that asks. */
import { useEffect } from 'react'
import { Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { RepairId } from '#core/id.ts'
import { needsExplanation, needsSecondPerson, USE_ANSWER_WORD } from '#core/authority/use-item.ts'
import { api } from '../../client.ts'
import { useAnswerText as text } from '../../messages/authority.ts'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'

/** In the form's select; the service is given null. */
export const NO_ITEM = 'none'

export type UseValues = { useItem: string; explanation?: string; second?: SecondPersonValue }

export function UseQuestion({ repairId }: { readonly repairId: RepairId }) {
  const form = Form.useFormInstance<UseValues>()
  const { data } = useQuery(api.authority.useQuestion.queryOptions({ repairId }))
  const code = Form.useWatch<string | undefined>('useItem', form)
  const suggested = data?.suggested ?? null
  useEffect(() => {
    if (suggested !== null && form.getFieldValue('useItem') === undefined) form.setFieldValue('useItem', suggested.code)
  }, [suggested, form])
  if (data === undefined) return null
  const item = data.items.find((each) => each.code === code) ?? null
  return (
    <>
      <Form.Item
        name="useItem"
        label={text.question}
        rules={[{ required: true, message: text.missing }]}
        extra={item === null ? undefined : `${USE_ANSWER_WORD[item.answer]}：${item.reason}（${item.source}）`}
      >
        <Select
          options={[
            ...data.items.map(({ code: value, name, answer }) => ({ value, label: `${name}　${USE_ANSWER_WORD[answer]}` })),
            { value: NO_ITEM, label: text.none },
          ]}
        />
      </Form.Item>
      {code !== undefined && item?.answer !== 'notAllowed' && needsExplanation(suggested, item) && (
        <Form.Item
          name="explanation"
          label={text.explanation}
          rules={[{ required: true, whitespace: true, message: text.explanation }]}
          extra={suggested === null || suggested.code === code ? undefined : text.suggested(suggested.name)}
        >
          <Input.TextArea rows={2} placeholder={text.explanationExample} maxLength={500} />
        </Form.Item>
      )}
      {code !== undefined && suggested !== null && item?.answer !== 'notAllowed' && needsSecondPerson(suggested, item) && (
        <>
          <p>{text.secondAsked(suggested.name, suggested.reason)}</p>
          <SecondPerson />
        </>
      )}
    </>
  )
}
