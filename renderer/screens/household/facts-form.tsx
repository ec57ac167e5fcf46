/** The facts of a household as a form; areas and amounts stay the text that was typed until core reads them. */
import { Checkbox, Form, Input, Select } from 'antd'
import { formatArea, parseAreaDm2 } from '#core/register/area.ts'
import {
  HOUSEHOLD_NATURES, HOUSEHOLD_USES, type HouseholdFacts, type HouseholdNature, type HouseholdUse,
} from '#core/register/household.ts'
import { readEntrance } from '#core/register/words.ts'
import { Problem } from '#core/problem.ts'
import { cardText, entryText as text, NATURE_WORD, USE_WORD } from '../../messages/household.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule, textOfFen } from '../../parts/money-text.ts'

export type FactsValues = {
  readonly entrance: string
  readonly floor: string
  readonly room: string
  readonly area: string
  readonly use: HouseholdUse
  readonly nature: HouseholdNature
  readonly hasLift: boolean
  readonly isExcluded: boolean
  readonly isDeveloperHeld: boolean
  readonly price: string
  readonly rate: string
  readonly due: string
}

export const EMPTY_FACTS: FactsValues = {
  entrance: '', floor: '', room: '', area: '', use: 'house', nature: 'commodity', hasLift: false, isExcluded: false,
  isDeveloperHeld: false, price: '', rate: '', due: '',
}

export function valuesOfFacts(facts: HouseholdFacts): FactsValues {
  const { entrance, floor, room, use, nature, hasLift, isExcluded, isDeveloperHeld } = facts
  return {
    entrance, room, use, nature, hasLift, isExcluded, isDeveloperHeld,
    floor: floor === null ? '' : String(floor),
    area: formatArea(facts.areaDm2),
    price: textOfFen(facts.priceFen), rate: textOfFen(facts.rateFen), due: textOfFen(facts.firstDueFen),
  }
}

/** Of a form that was validated. Throws what core refuses. */
export function factsOfValues(values: FactsValues): HouseholdFacts {
  const { entrance, floor, room, area, use, nature, hasLift, isExcluded, isDeveloperHeld, price, rate, due } = values
  return {
    entrance: readEntrance(entrance), room: room.trim(), use, nature, hasLift, isExcluded, isDeveloperHeld,
    floor: floor.trim() === '' ? null : Number(floor),
    areaDm2: parseAreaDm2(area, { field: 'area' }),
    priceFen: fenOfText(price, 'price'), rateFen: fenOfText(rate, 'rate'), firstDueFen: fenOfText(due, 'due'),
  }
}

export const REQUIRED = [{ required: true, whitespace: true, message: text.required }]

export const AREA_RULES = [
  ...REQUIRED,
  {
    validator: async (_: unknown, area: string | undefined) => {
      if (area === undefined || area.trim() === '') return
      try {
        parseAreaDm2(area)
      } catch (error) {
        throw error instanceof Problem ? new Error(error.message) : error
      }
    },
  },
]

const USE_OPTIONS = HOUSEHOLD_USES.map((value) => ({ value, label: USE_WORD[value] }))
const NATURE_OPTIONS = HOUSEHOLD_NATURES.map((value) => ({ value, label: NATURE_WORD[value] }))

export function FactsFields() {
  return (
    <>
      <Form.Item name="entrance" label={cardText.entrance}><Input /></Form.Item>
      <Form.Item name="room" label={cardText.room} rules={REQUIRED}><Input /></Form.Item>
      <Form.Item
        name="floor"
        label={cardText.floor}
        rules={[{ pattern: /^-?\d{1,3}$/, message: text.integer }]}
        extra={text.floorHint}
      >
        <Input />
      </Form.Item>
      <Form.Item name="area" label={cardText.area} rules={AREA_RULES} extra={text.areaHint}>
        <Input inputMode="decimal" />
      </Form.Item>
      <Form.Item name="use" label={cardText.use}><Select options={USE_OPTIONS} /></Form.Item>
      <Form.Item name="nature" label={cardText.nature}><Select options={NATURE_OPTIONS} /></Form.Item>
      <Form.Item name="rate" label={cardText.rate} rules={[moneyRule({ positive: true })]}><MoneyInput /></Form.Item>
      <Form.Item name="due" label={cardText.due} rules={[moneyRule({})]} extra={text.unknownHint}><MoneyInput /></Form.Item>
      <Form.Item name="price" label={cardText.price} rules={[moneyRule({ positive: true })]}><MoneyInput /></Form.Item>
      <Form.Item name="hasLift" valuePropName="checked"><Checkbox>{text.hasLift}</Checkbox></Form.Item>
      <Form.Item name="isExcluded" valuePropName="checked"><Checkbox>{text.isExcluded}</Checkbox></Form.Item>
      <Form.Item name="isDeveloperHeld" valuePropName="checked"><Checkbox>{text.isDeveloperHeld}</Checkbox></Form.Item>
    </>
  )
}

/** From which day, and on what ground. */
export function EntryFields() {
  return (
    <>
      <Form.Item name="effectiveOn" label={text.effectiveOn} rules={[{ required: true, message: text.required }]}>
        <DateInput />
      </Form.Item>
      <Form.Item name="reason" label={text.reason} rules={REQUIRED} className="wide">
        <Input placeholder={text.reasonExample} maxLength={200} />
      </Form.Item>
    </>
  )
}
