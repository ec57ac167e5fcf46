/** The repeated rows of the contract form: complexes with their places, instalments typed one by one. */
import { Button, Form, Input } from 'antd'
import { incomeText } from '../../messages/income.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Icon } from '../../parts/icon.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { moneyRule } from '../../parts/money-text.ts'
import { ComplexPicker } from '../../parts/pickers.tsx'
import { weightOf } from './contract-draft.ts'

const text = incomeText.contract

const weightRule = {
  validator: async (_: unknown, value?: string) => {
    if (weightOf(value) === null) throw new Error(text.missing.weight)
  },
}

export function ComplexRows({ isSeveral }: { readonly isSeveral: boolean }) {
  return (
    <div role="group" aria-labelledby="income-complexes" className="income-complexes">
      <h2 id="income-complexes">{text.complexes}</h2>
      {isSeveral && <p className="quiet">{text.severalHint}</p>}
      <Form.List name="complexes">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div className="income-row" key={key}>
                <Form.Item name={[name, 'complexId']} rules={[{ required: true, message: text.missing.complex }]}>
                  <ComplexPicker aria-label={text.complex} />
                </Form.Item>
                <Form.Item name={[name, 'place']} rules={[{ required: true, message: text.missing.place }]}>
                  <Input aria-label={text.place} placeholder={text.placeHint} autoComplete="off" />
                </Form.Item>
                {isSeveral && (
                  <Form.Item name={[name, 'weight']} rules={[weightRule]}>
                    <Input className="money-input" aria-label={text.weight} title={text.weightHint} autoComplete="off" />
                  </Form.Item>
                )}
                {isSeveral && (
                  <Button type="text" icon={<Icon name="cross" />} aria-label={text.removeComplex} onClick={() => remove(name)} />
                )}
              </div>
            ))}
            <Button size="small" icon={<Icon name="plus" />} onClick={() => add({ weight: '1' })}>{text.addComplex}</Button>
          </>
        )}
      </Form.List>
    </div>
  )
}

export function InstallmentRows() {
  const needed = [{ required: true, message: text.missing.date }]
  return (
    <div role="group" aria-labelledby="income-typed" className="income-complexes">
      <h2 id="income-typed">{text.schedule}</h2>
      <Form.List name="installments">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div className="income-typed" key={key}>
                <Form.Item name={[name, 'dueOn']} rules={needed}><DateInput aria-label={text.dueOn} /></Form.Item>
                <Form.Item name={[name, 'coversFrom']} rules={needed}><DateInput aria-label={text.coversFrom} /></Form.Item>
                <Form.Item name={[name, 'coversTo']} rules={needed}><DateInput aria-label={text.coversTo} /></Form.Item>
                <Form.Item name={[name, 'amount']} rules={[moneyRule({ required: true, positive: true })]}>
                  <MoneyInput aria-label={text.amount} />
                </Form.Item>
                <Button type="text" icon={<Icon name="cross" />} aria-label={text.removeRow} onClick={() => remove(name)} />
              </div>
            ))}
            <Button size="small" icon={<Icon name="plus" />} onClick={() => add({})}>{text.addRow}</Button>
          </>
        )}
      </Form.List>
    </div>
  )
}
