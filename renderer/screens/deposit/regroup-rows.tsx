/** The two tables of splitting and merging: old certificates with what was paid, new ones with what is printed on them. */
import { Button, Checkbox, Form, Input, InputNumber } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { CertificateId } from '#core/id.ts'
import { addFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { api } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { Money } from '../../parts/money.tsx'
import { rateRule } from './certificate-values.ts'
import { rateText, type GroupingValues, type MatureCertificate } from './regroup-values.ts'

type OldProps = {
  readonly candidates: readonly MatureCertificate[]
  /** The one the person came from: it stays chosen. */
  readonly firstId: CertificateId
  readonly values: GroupingValues
  readonly onChange: (more: Partial<GroupingValues>) => void
}

export function OldRows({ candidates, firstId, values, onChange }: OldProps) {
  const text = certificateText.grouping
  return (
    <table className="plain-table regroup-table">
      <caption>{text.old} <span className="quiet">{text.oldHint}</span></caption>
      <thead>
        <tr>
          <th scope="col">{depositText.columns.certificateNo}</th>
          <th scope="col">{depositText.columns.dueDate}</th>
          <th scope="col">{depositText.columns.rate}</th>
          <th scope="col">{text.principalOf}</th>
          <th scope="col">{text.expected}</th>
          <th scope="col">{text.interest}</th>
        </tr>
      </thead>
      <tbody>
        {candidates.map((one) => {
          const index = values.old.findIndex(({ certificateId }) => certificateId === one.id)
          return (
            <tr key={one.id}>
              <th scope="row">
                <Checkbox
                  checked={index >= 0}
                  disabled={one.id === firstId}
                  onChange={({ target }) => onChange({
                    old: target.checked
                      ? [...values.old, { certificateId: one.id, paid: '', reason: '' }]
                      : values.old.filter(({ certificateId }) => certificateId !== one.id),
                  })}
                >
                  {one.certificateNo}
                </Checkbox>
              </th>
              <td>{one.dueDate}</td>
              <td>{rateText(one)}</td>
              <td><Money fen={one.principalFen} /></td>
              {index < 0
                ? <><td /><td /></>
                : <OldPaid certificate={one} index={index} date={values.date} values={values} onChange={onChange} />}
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

type PaidProps = Pick<OldProps, 'values' | 'onChange'> & {
  readonly certificate: MatureCertificate
  readonly index: number
  readonly date: BusinessDate
}

function OldPaid({ certificate, index, date, values, onChange }: PaidProps) {
  const text = certificateText.grouping
  const { settling } = depositText
  const { data: expected } = useQuery(api.deposit.expected.queryOptions(
    { id: certificate.id, date, demandRateMicro: certificate.demandRateMicro }, { placeholderData: keepPreviousData },
  ))
  const typed = values.old[index]?.paid ?? ''
  const paidFen = moneyFault(typed, {}) === null ? fenOfText(typed) : null
  const isDifferent = expected !== undefined && paidFen !== null && paidFen !== expected.interest
  const take = () => {
    if (expected === undefined) return
    const paid = textOfFen(expected.interest)
    onChange({ old: values.old.map((one, at) => (at === index ? { ...one, paid } : one)) })
  }
  return (
    <>
      <td>
        {expected !== undefined && (
          <Button size="small" type="link" aria-label={settling.takeExpected} title={settling.takeExpected} onClick={take}>
            <Money fen={expected.interest} />
          </Button>
        )}
      </td>
      <td>
        <Form.Item name={['old', index, 'paid']} rules={[moneyRule({ required: true })]}>
          <MoneyInput aria-label={`${text.interest} ${certificate.certificateNo}`} />
        </Form.Item>
        {isDifferent && (
          <Form.Item
            name={['old', index, 'reason']}
            rules={[{ required: true, whitespace: true, message: settling.reasonMissing }]}
          >
            <Input aria-label={settling.reason} placeholder={settling.reason} maxLength={200} />
          </Form.Item>
        )}
      </td>
    </>
  )
}

type NewProps = {
  readonly values: GroupingValues
  readonly restFen: Fen
  readonly onChange: (more: Partial<GroupingValues>) => void
  readonly onAdd: () => void
}

export function NewRows({ values, restFen, onChange, onAdd }: NewProps) {
  const text = certificateText.grouping
  const takeRest = (index: number) => {
    const own = fenOfText(values.next[index]?.principal ?? '') ?? ZERO_FEN
    const principal = textOfFen(addFen(own, restFen))
    onChange({ next: values.next.map((one, at) => (at === index ? { ...one, principal } : one)) })
  }
  return (
    <table className="plain-table regroup-table">
      <caption>{text.next}</caption>
      <thead>
        <tr>
          <th scope="col">{text.number}</th>
          <th scope="col">{text.principalOf}</th>
          <th scope="col">{text.rate}</th>
          <th scope="col">{text.term}</th>
          <th scope="col"><Button size="small" onClick={onAdd}>{text.add}</Button></th>
        </tr>
      </thead>
      <tbody>
        {values.next.map((_, index) => (
          // Rows have no identity of their own until the bank's number is typed.
          <tr key={`row-${index}`}>
            <td>
              <Form.Item
                name={['next', index, 'certificateNo']}
                rules={[{ required: true, whitespace: true, message: text.numberMissing }]}
              >
                <Input aria-label={`${text.number} ${index + 1}`} maxLength={60} autoComplete="off" />
              </Form.Item>
            </td>
            <td>
              <Form.Item name={['next', index, 'principal']} rules={[moneyRule({ required: true, positive: true })]}>
                <MoneyInput aria-label={`${text.principalOf} ${index + 1}`} />
              </Form.Item>
            </td>
            <td>
              <Form.Item name={['next', index, 'rate']} rules={[rateRule(depositText.certificate.rateMissing)]}>
                <Input aria-label={`${text.rate} ${index + 1}`} inputMode="decimal" className="money-input" autoComplete="off" />
              </Form.Item>
            </td>
            <td>
              <Form.Item name={['next', index, 'months']} rules={[{ required: true, message: text.termMissing }]}>
                <InputNumber aria-label={`${text.term} ${index + 1}`} min={1} max={600} precision={0} />
              </Form.Item>
            </td>
            <td className="regroup-buttons">
              {restFen > 0 && <Button size="small" onClick={() => takeRest(index)}>{text.takeRest}</Button>}
              {values.next.length > 1 && (
                <Button size="small" onClick={() => onChange({ next: values.next.filter((__, at) => at !== index) })}>
                  {text.remove}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
