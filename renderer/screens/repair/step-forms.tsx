/** Forms of the checking steps: window, repeat, engineering, draw, review. */
import type { ReactNode } from 'react'
import { Button, Form, Input, Radio, type FormInstance } from 'antd'
import { EXCLUDED_USE_WORD, EXCLUDED_USES, type ExcludedUse } from '#core/repair/repair-place.ts'
import { client, refreshAll } from '../../client.ts'
import { stepText } from '../../messages/repair.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { Card } from './job.tsx'
import { NO_ITEM, UseQuestion, type UseValues } from '../authority/use-question.tsx'
import { warrantyAnswer, WarrantyQuestion, type WarrantyValues } from './warranty-question.tsx'

export function required(label: string) {
  return [{ required: true, message: stepText.missing(label) }]
}

type StepFormProps<Values> = {
  readonly form: FormInstance<Values>
  readonly verb: string
  readonly initialValues?: Partial<Values>
  readonly onSubmit: (values: Values) => Promise<unknown>
  readonly children: ReactNode
}

/** What every step's form shares: its refusals, its button, Ctrl+Enter, and a fresh page afterwards. */
export function StepForm<Values extends object>({ form, verb, initialValues, onSubmit, children }: StepFormProps<Values>) {
  const { problem, isBusy, attempt } = useFormProblems(form)
  useShortcut('Ctrl+Enter', verb, form.submit)
  async function submit(values: Values): Promise<void> {
    if (isBusy) return
    await attempt(async () => {
      await onSubmit(values)
      // Busy until the next step is shown: a second Ctrl+Enter must not write twice.
      await refreshAll()
    })
  }
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      className="repair-step-form"
      scrollToFirstError={{ focus: true }}
      {...(initialValues !== undefined && { initialValues })}
      onFinish={submit}
    >
      {problem !== null && <ProblemNote problem={problem} />}
      {children}
      <Button type="primary" htmlType="submit" loading={isBusy}>{verb}</Button>
    </Form>
  )
}

type WindowValues = UseValues & WarrantyValues & { excluded: Record<ExcludedUse, boolean> }

const YES_NO = [{ value: false, label: stepText.no }, { value: true, label: stepText.yes }]

export function WindowForm({ card }: { readonly card: Card }) {
  const [form] = Form.useForm<WindowValues>()
  return (
    <StepForm
      form={form}
      verb={stepText.checkAtWindow}
      onSubmit={({ excluded, useItem, explanation = '', second = null, ...warranty }) =>
        client.repair.checkAtWindow.mutate({
          id: card.repair.id,
          excludedUses: excluded,
          useItem: useItem === NO_ITEM ? null : useItem,
          explanation,
          second,
          builderWarranty: warrantyAnswer(warranty),
        })}
    >
      <p>{stepText.askExcluded}</p>
      {EXCLUDED_USES.map((use) => (
        <Form.Item
          key={use}
          name={['excluded', use]}
          label={EXCLUDED_USE_WORD[use]}
          rules={[{ required: true, message: stepText.answerMissing }]}
        >
          <Radio.Group options={YES_NO} />
        </Form.Item>
      ))}
      <UseQuestion repairId={card.repair.id} />
      <WarrantyQuestion repairId={card.repair.id} />
    </StepForm>
  )
}

type RepeatValues = {
  conclusion: 'unrelated' | 'rework'
  finding: string
  contractorPerson: string
  supervisorPerson: string
  sectionPerson: string
}

const CONCLUSIONS = [{ value: 'unrelated', label: stepText.unrelated }, { value: 'rework', label: stepText.rework }]

export function RepeatForm({ card }: { readonly card: Card }) {
  const [form] = Form.useForm<RepeatValues>()
  return (
    <StepForm
      form={form}
      verb={stepText.answerRepeat}
      onSubmit={(values) => client.repair.answerRepeat.mutate({ id: card.repair.id, ...values })}
    >
      <Form.Item name="conclusion" label={stepText.conclusion} rules={required(stepText.conclusion)}>
        <Radio.Group options={CONCLUSIONS} />
      </Form.Item>
      <Form.Item name="finding" label={stepText.finding} rules={required(stepText.finding)}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      {(['contractorPerson', 'supervisorPerson', 'sectionPerson'] as const).map((name) => (
        <Form.Item key={name} name={name} label={stepText[name]} rules={required(stepText[name])}>
          <Input maxLength={30} />
        </Form.Item>
      ))}
    </StepForm>
  )
}

type EngineeringValues = { approvedFen: string; note: string; concealedWork: boolean }

const CONCEALED = [{ value: false, label: stepText.concealedNo }, { value: true, label: stepText.concealedYes }]

export function EngineeringForm({ card }: { readonly card: Card }) {
  const [form] = Form.useForm<EngineeringValues>()
  return (
    <StepForm
      form={form}
      verb={stepText.checkEngineering}
      initialValues={{ approvedFen: textOfFen(card.repair.quotedFen), note: '' }}
      onSubmit={({ approvedFen, ...check }) =>
        client.repair.checkEngineering.mutate({ id: card.repair.id, approvedFen: fenOfText(approvedFen) ?? 0, ...check })}
    >
      <Form.Item name="approvedFen" label={stepText.approvedFen} rules={[moneyRule({ required: true, positive: true })]}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="note" label={stepText.note}>
        <Input placeholder={stepText.noteHint} maxLength={300} />
      </Form.Item>
      <Form.Item name="concealedWork" label={stepText.concealedWork} rules={required(stepText.concealedWork)}>
        <Radio.Group options={CONCEALED} />
      </Form.Item>
    </StepForm>
  )
}

export function DrawForm() {
  const { complexId } = useScope()
  const [form] = Form.useForm<object>()
  return (
    <StepForm form={form} verb={stepText.draw} onSubmit={() => client.repair.draw.mutate({ complexId })}>
      <p>{stepText.drawHint}</p>
    </StepForm>
  )
}
