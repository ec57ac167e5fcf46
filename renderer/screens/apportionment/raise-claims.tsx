/** From a sheet to its claims: what will be asked, by when; then the claims of the complex. */
import { useState } from 'react'
import { Button, Form } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { addDays, type BusinessDate } from '#core/calendar.ts'
import type { ApportionmentId, ComplexId } from '#core/id.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { api, client } from '../../client.ts'
import { selfFundingText as text } from '../../messages/self-funding.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Go } from '../../parts/go.tsx'
import type { Target } from '../../navigation.ts'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'

type Props = {
  readonly id: ApportionmentId
  readonly complexId: ComplexId
  readonly households: number
  /** What all of them lack together. */
  readonly shortFen: Fen
}

/** Long enough to reach every owner; the office may set any other day. */
const DAYS_TO_PAY = 30

export function RaiseClaims({ id, complexId, households, shortFen }: Props) {
  const { today } = useScope()
  const mayRaise = useMay('preparer', 'bookkeeper', 'head')
  const [isAsking, setAsking] = useState(false)
  const [form] = Form.useForm<{ dueOn: BusinessDate }>()
  const { data: raised } = useQuery(api.selfFunding.list.queryOptions({ complexId, apportionmentId: id, limit: 1 }))
  const place: Target = { screen: 'complexes', path: [complexId, 'apportionments', 'self-funding'], query: { sheet: String(id) } }
  if (raised === undefined) return null
  if (raised.length > 0) return <Go to={place}>{text.raisedAlready}</Go>
  if (!mayRaise) return null
  return (
    <>
      <Button type="primary" onClick={() => setAsking(true)}>{text.raise}</Button>
      {isAsking && (
        <FormDialog
          title={text.raiseTitle}
          verb={text.raise}
          form={form}
          initialValues={{ dueOn: addDays(today, DAYS_TO_PAY) }}
          note={<p className="quiet">{text.raiseHint(households, formatYuan(shortFen))}</p>}
          write={({ dueOn }) => () => client.selfFunding.raise.mutate({ apportionmentId: id, dueOn })}
          onDone={() => goTo(place)}
          onClose={() => setAsking(false)}
        >
          <Form.Item name="dueOn" label={text.dueOn} rules={[{ required: true, message: text.required }]}>
            <DateInput />
          </Form.Item>
        </FormDialog>
      )}
    </>
  )
}
