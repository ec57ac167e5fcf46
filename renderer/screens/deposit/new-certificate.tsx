/** 存入: demand money into a certificate. Shows the voucher before anything is written; leaving keeps what was typed. */
import { useState } from 'react'
import { Button, Form } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import { isNoticeProduct } from '#core/deposit/certificate-life.ts'
import type { BankAccountId, ComplexId, VoucherId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { api, client, refreshAll } from '../../client.ts'
import { useKept } from '../../kept.ts'
import { depositText } from '../../messages/deposit.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule } from '../../parts/money-text.ts'
import { yuanText } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { ComplexPicker, RecordPicker, type PickerProps } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { CertificateFields, QuoteBox, useQuote } from './certificate-fields.tsx'
import { formFieldOf, printedOf, type CertificateValues, type Papers } from './certificate-values.ts'
import type { Placing } from './records.ts'
import { sheetOf } from './preview-sheet.ts'

type Values = CertificateValues & {
  readonly valueDate: BusinessDate | null
  readonly complexId: ComplexId | null
  readonly bankAccountId: BankAccountId | null
  readonly principal: string
  readonly papers: Papers
}

const KEPT = 'deposit-new'

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && 'depositAccount' in value && 'bankAccountId' in value
}

function useEmpty(): Values {
  const { complexId, today } = useScope()
  const { person } = useSession()
  return {
    certificateNo: '', product: 'time', rate: '', demandRate: '', termCount: 12, termUnit: 'months', dayCount: 'months_odd_360',
    dueDate: null, dueDateReason: '', rolloverInstruction: 'none', personInCharge: person.userId, valueDate: today, complexId,
    bankAccountId: null, principal: '', papers: [], bankName: '', branch: '', depositAccount: '',
    reminderDays: null, sourceVoucherId: null,
  }
}

/** Accounts whose money may be this complex's: its own, and those several complexes share. */
function AccountOfComplex({ complexId, ...rest }: PickerProps<BankAccountId> & { readonly complexId: ComplexId | null }) {
  const { books } = useScope()
  const { data } = useQuery(api.book.bankAccounts.queryOptions())
  const choices = data
    ?.filter((account) => complexId === null || account.complexId === null || account.complexId === complexId)
    .map(({ id, bankName, number, bookId }) => ({
      id, name: bankName, code: number,
      label: `${bankName} ${number.slice(-4)} · ${books.find((book) => book.id === bookId)?.name ?? ''}`,
    }))
  return <RecordPicker {...rest} choices={choices} />
}

function placingOf(values: Values): Placing | null {
  const printed = printedOf(values)
  const principalFen = fenOfText(values.principal)
  const { valueDate, complexId, bankAccountId } = values
  if (printed === null || principalFen === null || valueDate === null || complexId === null || bankAccountId === null) return null
  return { ...printed, principalFen, valueDate, complexId, bankAccountId, attachments: values.papers.map(({ sha256 }) => sha256) }
}

/** What a choice brings with it: notice deposits count days, bonds earn nothing once due, another account has other receipts. */
function suitedTo(changed: Partial<Values>, { dayCount }: Values): Partial<Values> {
  const isByMonth = dayCount === 'months_odd_360' || dayCount === 'thirty_360'
  return {
    ...(changed.product !== undefined && isNoticeProduct(changed.product) && isByMonth && { dayCount: 'actual_360' as const }),
    ...(changed.product === 'treasuryBond' && { demandRate: '0', rolloverInstruction: 'none' as const }),
    ...(changed.bankAccountId !== undefined && { sourceVoucherId: null }),
  }
}

/** The receipts the account's money may have come from. */
function SourcePicker({ bankAccountId, ...rest }: PickerProps<VoucherId> & { readonly bankAccountId: BankAccountId | null }) {
  const { data } = useQuery(
    api.deposit.fromAccount.queryOptions({ bankAccountId: bankAccountId ?? 0 }, { enabled: bankAccountId !== null }))
  const choices = data?.sources.map(({ voucherId, date, summary, amountFen }) => ({
    id: voucherId, name: summary, code: date, label: `${date} ${summary} ${yuanText(amountFen)}`,
  }))
  return <RecordPicker {...rest} allowClear disabled={bankAccountId === null} choices={bankAccountId === null ? [] : choices} />
}

export function NewCertificate() {
  const text = depositText.placing
  const empty = useEmpty()
  const [values, keep, forget] = useKept<Values>(KEPT, empty, isValues)
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form, formFieldOf)
  const [asked, setAsked] = useState<{ readonly placing: Placing; readonly sheet: Sheet }>()
  const { person } = useSession()
  const mayPlace = useMay('preparer')
  const principalFen = moneyFault(values.principal, {}) === null ? fenOfText(values.principal) : null
  const quote = useQuote({ values, valueDate: values.valueDate, principalFen, previousId: null })
  useShortcut('Ctrl+Enter', text.show, form.submit, { isOn: mayPlace && asked === undefined })

  /** An account once chosen suggests how its bank counted last; what was typed meanwhile stays. */
  async function suggestHabit(bankAccountId: BankAccountId): Promise<void> {
    const { habit } = await client.deposit.fromAccount.query({ bankAccountId })
    const typed: Values = { ...values, ...form.getFieldsValue() }
    if (habit === null || typed.bankAccountId !== bankAccountId) return
    const suggested = {
      ...(!isNoticeProduct(typed.product) && { dayCount: habit.dayCount }),
      ...(typed.demandRate === '' && { demandRate: formatPercent(habit.demandRateMicro) }),
    }
    keep({ ...typed, ...suggested })
    form.setFieldsValue(suggested)
  }

  async function show(): Promise<void> {
    const placing = placingOf(values)
    if (placing === null || isBusy) return
    await attempt(async () => {
      const preview = await client.deposit.placePreview.query(placing)
      const attachmentCount = placing.attachments.length
      setAsked({ placing, sheet: sheetOf(preview, { rule: 'deposit.place', attachmentCount, preparer: person.name }) })
    })
  }

  async function write(placing: Placing): Promise<void> {
    const { certificateId } = await client.deposit.place.mutate(placing)
    forget()
    await refreshAll()
    goTo({ screen: 'deposits', path: [certificateId] })
  }

  function discard(): void {
    forget()
    keep(empty)
    form.setFieldsValue(empty)
  }

  if (!mayPlace) return <Page title={text.title}><p className="quiet">{text.notAllowed}</p></Page>
  return (
    <Page
      title={text.title}
      hint={text.hint}
      actions={
        <>
          <Button onClick={discard}>{text.discard}</Button>
          <Button type="primary" loading={isBusy} onClick={form.submit}>{text.show}</Button>
        </>
      }
    >
      <Form
        form={form}
        className="deposit-form"
        labelCol={{ flex: '104px' }}
        initialValues={values}
        onValuesChange={(changed: Partial<Values>, all) => {
          const suited = { ...values, ...all, ...suitedTo(changed, values) }
          keep(suited)
          form.setFieldsValue(suited)
          if (changed.bankAccountId != null) void suggestHabit(changed.bankAccountId)
        }}
        onFinish={() => void show()}
        scrollToFirstError={{ focus: true }}
      >
        <div className="two-columns">
          {problem !== null && <div className="wide"><ProblemNote problem={problem} /></div>}
          <Form.Item name="complexId" label={text.complex} rules={[{ required: true, message: text.complexMissing }]}>
            <ComplexPicker autoFocus={values.complexId === null} />
          </Form.Item>
          <Form.Item
            name="bankAccountId"
            label={text.bank}
            extra={text.bankHint}
            rules={[{ required: true, message: text.bankMissing }]}
          >
            <AccountOfComplex complexId={values.complexId} autoFocus={values.complexId !== null} />
          </Form.Item>
          <Form.Item name="principal" label={text.principal} required rules={[moneyRule({ required: true, positive: true })]}>
            <MoneyInput />
          </Form.Item>
          <Form.Item name="valueDate" label={depositText.certificate.valueDate} rules={[{ required: true }]}>
            <DateInput />
          </Form.Item>
          <CertificateFields quote={quote} isDueDateChanged={values.dueDate !== null} />
          <Form.Item name="sourceVoucherId" label={text.source}>
            <SourcePicker bankAccountId={values.bankAccountId} placeholder={text.sourceHint} />
          </Form.Item>
        </div>
        <div className="deposit-form-side">
          <QuoteBox quote={quote} />
          <PapersField
            label={text.papers}
            missing={text.papersMissing}
            hint={text.papersHint}
            layout="vertical"
            labelCol={{ flex: 'none' }}
          />
        </div>
      </Form>
      {asked !== undefined && (
        <ConfirmWrite
          title={text.confirm}
          sheets={[asked.sheet]}
          verb={text.write}
          onWrite={() => write(asked.placing)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Page>
  )
}
