/** The repeated rows of the planner: dated cash (needs, inflows) and the banks' offers. */
import { Button, Form, Input, InputNumber } from 'antd'
import { placementText as text } from '../../messages/placing.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Icon } from '../../parts/icon.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { moneyRule } from '../../parts/money-text.ts'
import { rateRule } from './certificate-values.ts'

const amountRule = [moneyRule({ required: true, positive: true })]

type DatedProps = { readonly name: 'needs' | 'inflows'; readonly title: string; readonly hint: string; readonly add: string }

export function DatedRows({ name, title, hint, add }: DatedProps) {
  return (
    <section aria-labelledby={`plan-${name}`}>
      <h2 id={`plan-${name}`}>{title} <span className="quiet">{hint}</span></h2>
      <Form.List name={name}>
        {(fields, list) => (
          <>
            {fields.map((field) => (
              <div className="plan-dated" key={field.key}>
                <Form.Item name={[field.name, 'label']}>
                  <Input aria-label={text.label} placeholder={text.label} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'date']} rules={[{ required: true, message: text.dateMissing }]}>
                  <DateInput aria-label={text.date} />
                </Form.Item>
                <Form.Item name={[field.name, 'amount']} rules={amountRule}><MoneyInput aria-label={text.amount} /></Form.Item>
                <Button
                  type="text"
                  icon={<Icon name="cross" />}
                  aria-label={text.remove}
                  onClick={() => list.remove(field.name)}
                />
              </div>
            ))}
            <Button size="small" icon={<Icon name="plus" />} onClick={() => list.add({})}>{add}</Button>
          </>
        )}
      </Form.List>
    </section>
  )
}

export function OfferRows() {
  return (
    <section aria-labelledby="plan-offers">
      <h2 id="plan-offers">{text.offers}</h2>
      <Form.List name="offers">
        {(fields, list) => (
          <>
            <div className="plan-offer plan-head" aria-hidden="true">
              <span>{text.bank}</span><span>{text.months}</span><span>{text.rate}</span><span>{text.capacity}</span><span />
            </div>
            {fields.map((field) => (
              <div className="plan-offer" key={field.key}>
                <Form.Item name={[field.name, 'bank']} rules={[{ required: true, whitespace: true, message: text.bankMissing }]}>
                  <Input aria-label={text.bank} autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'months']} rules={[{ required: true, message: text.monthsMissing }]}>
                  <InputNumber aria-label={text.months} min={1} max={600} precision={0} controls={false} />
                </Form.Item>
                <Form.Item name={[field.name, 'rate']} rules={[rateRule(text.rateMissing)]}>
                  <Input className="money-input" aria-label={text.rate} inputMode="decimal" autoComplete="off" />
                </Form.Item>
                <Form.Item name={[field.name, 'capacity']} rules={[moneyRule({ positive: true })]}>
                  <MoneyInput aria-label={text.capacity} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<Icon name="cross" />}
                  aria-label={text.remove}
                  onClick={() => list.remove(field.name)}
                />
              </div>
            ))}
            <Button size="small" icon={<Icon name="plus" />} onClick={() => list.add({ months: 12 })}>{text.addOffer}</Button>
          </>
        )}
      </Form.List>
    </section>
  )
}
