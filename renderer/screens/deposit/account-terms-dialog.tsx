/** 登记利率: an account's demand or agreement terms from a day on. */
import { useState } from 'react'
import { Form, Input, Modal, Radio } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId } from '#core/id.ts'
import { client, refreshAll } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule } from '../../parts/money-text.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
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
  const { problem, attempt } = useFormProblems(form)
  const [isBusy, setBusy] = useState(false)
  useShortcut('Ctrl+Enter', text.verb, form.submit)

  async function finish(): Promise<void> {
    const terms = termsOf(values)
    if (isBusy || terms === null) return
    setBusy(true)
    const isDone = await attempt(() => client.accountInterest.recordTerms.mutate({
      bankAccountId, validFrom: values.validFrom, terms, yearDays: values.yearDays, source: values.source,
    }))
    setBusy(false)
    if (!isDone) return
    await refreshAll()
    onClose()
  }
  return (
    <Modal
      open
      title={text.title}
      okText={text.verb}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <Form
        form={form}
        layout="vertical"
        className="undo-form"
        initialValues={values}
        onValuesChange={(_, all) => setValues({ ...values, ...all })}
        onFinish={() => void finish()}
      >
        {problem !== null && <ProblemNote problem={problem} />}
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
      </Form>
    </Modal>
  )
}
