/** 登记利率: an account's demand or agreement terms from a day on. */
import { useState } from 'react'
import { Form, Input, Radio } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { client } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { useScope } from '../../scope.tsx'
import { rateOf, rateRule } from './certificate-values.ts'

type Values = {
  readonly validFrom: BusinessDate
  readonly product: 'demand' | 'agreement'
  readonly demandRate: string
  readonly agreementRate: string
  readonly quota: string
  readonly yearDays: 360 | 365
  readonly source: string
}

function termsOf({ product, demandRate, agreementRate, quota }: Values) {
  const demandRateMicro = rateOf(demandRate)
  if (demandRateMicro === null) return null
  if (product === 'demand') return { product, demandRateMicro }
  const agreementRateMicro = rateOf(agreementRate)
  const baseQuotaFen = fenOfText(quota)
  if (agreementRateMicro === null || baseQuotaFen === null) return null
  return { product, demandRateMicro, agreementRateMicro, baseQuotaFen }
}

export function TermsDialog({ bankAccountId, onClose }: { readonly bankAccountId: BankAccountId; readonly onClose: () => void }) {
  const text = certificateText.accounts.termsDialog
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const [values, setValues] = useState<Values>({
    validFrom: today, product: 'demand', demandRate: '', agreementRate: '', quota: '', yearDays: 360, source: '',
  })

  function record() {
    const terms = termsOf(values)
    if (terms === null) return null
    const { validFrom, yearDays, source } = values
    return () => client.accountInterest.recordTerms.mutate({ bankAccountId, validFrom, terms, yearDays, source })
  }
  return (
    <FormDialog
      title={text.title}
      verb={text.verb}
      form={form}
      initialValues={values}
      onValues={(all) => setValues({ ...values, ...all })}
      write={record}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="product" label={text.product}>
        <Radio.Group
          options={[
            { value: 'demand', label: certificateText.accounts.demand },
            { value: 'agreement', label: certificateText.accounts.agreement },
          ]}
        />
      </Form.Item>
      <Form.Item name="validFrom" label={text.from} rules={[{ required: true }]}><DateInput /></Form.Item>
      <Form.Item name="demandRate" label={text.demandRate} required rules={[rateRule(text.demandMissing)]}>
        <Input inputMode="decimal" autoComplete="off" className="money-input" autoFocus />
      </Form.Item>
      {values.product === 'agreement' && (
        <>
          <Form.Item name="agreementRate" label={text.agreementRate} required rules={[rateRule(text.agreementMissing)]}>
            <Input inputMode="decimal" autoComplete="off" className="money-input" />
          </Form.Item>
          <Form.Item name="quota" label={text.quota} required rules={[moneyRule({ required: true })]}>
            <MoneyInput />
          </Form.Item>
        </>
      )}
      <Form.Item name="yearDays" label={text.yearDays}>
        <Radio.Group options={[{ value: 360, label: '360' }, { value: 365, label: '365' }]} />
      </Form.Item>
      <Form.Item name="source" label={text.source} rules={[{ required: true, whitespace: true, message: text.sourceMissing }]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  )
}
