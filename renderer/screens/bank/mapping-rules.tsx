/** How amounts, signs and dates of a described layout are to be understood; only what its rule leaves open is asked. */
import { Form, Input, Select } from 'antd'
import { AMOUNT_RULES, flagWords, type ColumnMapping } from '#core/statement/mapping.ts'
import { mappingText } from '../../messages/mapping.ts'

const BRACKETS = ['byBalance', 'plain', 'negative'] as const

type Props = { readonly mapping: ColumnMapping; readonly onChange: (mapping: ColumnMapping) => void }

export function MappingRules({ mapping, onChange }: Props) {
  const hasBalance = Object.values(mapping.fields).includes('balance')
  return (
    <Form layout="vertical" className="mapping-rules" component="div">
      <Form.Item label={mappingText.rule} htmlFor="mapping-rule" extra={mappingText.bankSide}>
        <Select
          id="mapping-rule"
          value={mapping.rule}
          onChange={(rule) => onChange({ ...mapping, rule })}
          options={AMOUNT_RULES.map((value) => ({ value, label: mappingText.rules[value] }))}
        />
      </Form.Item>
      {mapping.rule === 'signed' && (
        <Form.Item label={mappingText.positive} htmlFor="mapping-positive">
          <Select
            id="mapping-positive"
            value={mapping.positiveIs}
            onChange={(positiveIs) => onChange({ ...mapping, positiveIs })}
            options={[{ value: 'in', label: mappingText.positiveIn }, { value: 'out', label: mappingText.positiveOut }]}
          />
        </Form.Item>
      )}
      {mapping.rule === 'flagged' && <FlagWords mapping={mapping} onChange={onChange} />}
      <Form.Item label={mappingText.dates} htmlFor="mapping-dates">
        <Select
          id="mapping-dates"
          value={mapping.dateOrder}
          onChange={(dateOrder) => onChange({ ...mapping, dateOrder })}
          options={(['year', 'day', 'month'] as const).map((value) => ({ value, label: mappingText.dateOrders[value] }))}
        />
      </Form.Item>
      {/* With a balance the balance decides; asking would invite a wrong answer. */}
      {!hasBalance && (
        <Form.Item label={mappingText.brackets} htmlFor="mapping-brackets">
          <Select
            id="mapping-brackets"
            value={mapping.brackets}
            onChange={(brackets) => onChange({ ...mapping, brackets })}
            options={BRACKETS.map((value) => ({ value, label: mappingText.bracketChoices[value] }))}
          />
        </Form.Item>
      )}
    </Form>
  )
}

function FlagWords({ mapping, onChange }: Props) {
  return (
    <>
      <Form.Item label={mappingText.inWords} htmlFor="mapping-in" extra={mappingText.wordsHint}>
        <Input
          id="mapping-in"
          defaultValue={mapping.inWords.join('、')}
          onChange={(event) => onChange({ ...mapping, inWords: flagWords(event.target.value) })}
        />
      </Form.Item>
      <Form.Item label={mappingText.outWords} htmlFor="mapping-out">
        <Input
          id="mapping-out"
          defaultValue={mapping.outWords.join('、')}
          onChange={(event) => onChange({ ...mapping, outWords: flagWords(event.target.value) })}
        />
      </Form.Item>
    </>
  )
}
