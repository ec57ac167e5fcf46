/** Beginning a complex's household sub-ledger: how the register ties out to the fund, then the opening voucher. */
import { Form } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { openingText as text } from '../../messages/household-money.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { Money } from '../../parts/money.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'

type Values = { readonly date: BusinessDate; readonly papers: readonly AttachedFile[] }
type Props = { readonly complexId: ComplexId; readonly onClose: () => void }

export function OpeningDialog({ complexId, onClose }: Props) {
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const { data: opening, error } = useQuery(api.householdMoney.opening.queryOptions({ complexId }))
  const isEmpty = opening?.fundFen === 0 && opening.households === 0

  async function write(): Promise<void> {
    const { date, papers } = await validated(form)
    const attachments = papers.map(({ sha256 }) => sha256)
    const { draftId } = await client.householdMoney.open.mutate({ complexId, date, attachments })
    await refreshAll()
    if (draftId !== null) goTo({ screen: 'vouchers', path: ['draft', draftId] })
  }
  return (
    <ConfirmWrite title={text.title} verb={isEmpty ? text.begin : text.save} onWrite={write} onClose={onClose}>
      <p className="quiet">{isEmpty ? text.empty : text.hint}</p>
      {error !== null && <ProblemNote error={error} />}
      {opening !== undefined && !isEmpty && (
        <Facts
          facts={[
            { label: text.fund, value: <Money fen={opening.fundFen} /> },
            { label: text.households, value: <Money fen={opening.householdsFen} /> },
            {
              label: text.difference,
              value: opening.differenceFen === 0
                ? <StateTag tone="good" icon="check" word={text.ties} />
                : <><Money fen={opening.differenceFen} /> <StateTag tone="bad" icon="warning" word={text.differs} /></>,
            },
            { label: text.count, value: text.countOf(opening.households) },
            { label: text.unknown, value: text.countOf(opening.unknown) },
          ]}
        />
      )}
      <Form form={form} layout="vertical" className="two-columns" initialValues={{ date: today, papers: [] }}>
        <Form.Item name="date" label={text.date} rules={[{ required: true, message: text.required }]}><DateInput /></Form.Item>
        {!isEmpty && (
          <PapersField label={text.papers} missing={text.papersMissing} className="wide" />
        )}
      </Form>
    </ConfirmWrite>
  )
}
