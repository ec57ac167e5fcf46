/** Registering a complex, or changing what is known of it. */
import { Checkbox, Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api, client, refreshAll } from '../../client.ts'
import { complexText as text } from '../../messages/complex.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { fen } from '#core/money.ts'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import type { Complexes } from '../../records.ts'
import { useScope } from '../../scope.tsx'

type Complex = Complexes[number]

type Values = {
  readonly code: string
  readonly name: string
  readonly pinyin: string
  readonly address: string
  readonly managerName: string
  readonly holderName: string
  readonly hotline: string
  readonly profileCode: string
  readonly hasAssembly: boolean
  readonly firstDeposit: string
}

function valuesOf(complex: Complex | undefined): Partial<Values> {
  if (complex === undefined) {
    return { pinyin: '', address: '', managerName: '', holderName: '', hotline: '', hasAssembly: false, firstDeposit: '' }
  }
  const { code, name, pinyin, address, managerName, holderName, hotline, profileCode, hasAssembly, firstDepositFen } = complex
  return {
    code, name, pinyin, address, managerName, holderName, hotline, profileCode,
    hasAssembly: hasAssembly === 1,
    firstDeposit: firstDepositFen === null ? '' : textOfFen(fen(firstDepositFen)),
  }
}

/** Several versions of a profile are one choice: the version in force is found by the day. */
export function useProfileChoices() {
  const { today } = useScope()
  const { data } = useQuery(api.setting.profiles.queryOptions({ date: today }))
  const newest = new Map(data?.map(({ code, name }) => [code, name]))
  return [...newest].map(([code, name]) => ({ value: code, label: `${name}（${code}）` }))
}

const REQUIRED = [{ required: true, whitespace: true, message: text.required }]

export function ComplexDialog({ complex, onClose }: { readonly complex?: Complex; readonly onClose: () => void }) {
  const [form] = Form.useForm<Values>()
  const profiles = useProfileChoices()

  async function write(): Promise<void> {
    const { firstDeposit, ...values } = await validated(form)
    const facts = { ...values, firstDepositFen: fenOfText(firstDeposit, 'firstDeposit') }
    const id = complex?.id ?? (await client.complex.add.mutate(facts))
    if (complex !== undefined) await client.complex.change.mutate({ id, facts })
    await refreshAll()
    goTo({ screen: 'complexes', path: [id] })
  }
  return (
    <ConfirmWrite
      title={complex === undefined ? text.create : `${text.edit} ${complex.name}`}
      verb={text.save}
      onWrite={write}
      onClose={onClose}
    >
      <Form form={form} layout="vertical" className="two-columns" initialValues={valuesOf(complex)}>
        <Form.Item name="code" label={text.code} rules={REQUIRED}><Input autoFocus /></Form.Item>
        <Form.Item name="name" label={text.name} rules={REQUIRED}><Input /></Form.Item>
        <Form.Item name="pinyin" label={text.pinyin}><Input placeholder={text.pinyinHint} /></Form.Item>
        <Form.Item name="profileCode" label={text.profile} rules={REQUIRED}>
          <Select options={profiles} showSearch={{ optionFilterProp: 'label' }} />
        </Form.Item>
        <Form.Item name="address" label={text.address} className="wide"><Input /></Form.Item>
        <Form.Item name="managerName" label={text.managerName}><Input /></Form.Item>
        <Form.Item name="holderName" label={text.holderName}><Input /></Form.Item>
        <Form.Item name="hotline" label={text.hotline}><Input /></Form.Item>
        <Form.Item
          name="firstDeposit"
          label={text.firstDeposit}
          extra={text.firstDepositHint}
          rules={[moneyRule({ positive: true })]}
        >
          <MoneyInput />
        </Form.Item>
        <Form.Item name="hasAssembly" valuePropName="checked"><Checkbox>{text.hasAssemblyHint}</Checkbox></Form.Item>
      </Form>
    </ConfirmWrite>
  )
}
