/** 支取通知存款: what the bank owes by how the notice was kept, beside what it paid. */
import { useState } from 'react'
import { Form, Input } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, CertificateId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { api, client } from '../../client.ts'
import { certificateText, DEMAND_REASON_WORD } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { Money, yuanText } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { CardPlace } from './card-place.tsx'
import { rateOf, rateRule, type Papers } from './certificate-values.ts'
import { ComparedPaid, SlipFields } from './compared-paid.tsx'
import { AccruedTable } from './interest-part.tsx'
import type { CertificateCard, Draw } from './records.ts'
import { ExpectedQuote, ShowVoucher, SlipForm, type SlipWriting } from './slip-form.tsx'

type Values = {
  readonly amount: string
  readonly date: BusinessDate
  readonly noticeRate: string
  readonly demandRate: string
  readonly paid: string
  readonly differenceReason: string
  readonly receivedInto: BankAccountId
  readonly bankSerial: string
  readonly papers: Papers
}

const FIELD: Readonly<Record<string, string>> = { amountFen: 'amount', interestPaidFen: 'paid' }

export function DrawPlace({ id }: { readonly id: CertificateId }) {
  return <CardPlace id={id} action="draw">{(card) => <DrawForm card={card} />}</CardPlace>
}

/** Null until enough is filled in. */
function questionOf({ certificate }: CertificateCard, values: Values) {
  const noticeRateMicro = rateOf(values.noticeRate)
  const demandRateMicro = rateOf(values.demandRate)
  const amountFen = moneyFault(values.amount, { positive: true }) === null ? fenOfText(values.amount) : null
  if (noticeRateMicro === null || demandRateMicro === null || amountFen === null) return null
  return { certificateId: certificate.id, date: values.date, amountFen, noticeRateMicro, demandRateMicro }
}

function DrawForm({ card }: { readonly card: CertificateCard }) {
  const text = certificateText.draw
  const { certificate, notice } = card
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const [values, setValues] = useState<Values>({
    amount: notice === null ? '' : textOfFen(notice.amount), date: today, noticeRate: formatPercent(certificate.rateMicro),
    demandRate: formatPercent(certificate.demandRateMicro), paid: '', differenceReason: '',
    receivedInto: certificate.bankAccountId, bankSerial: '', papers: [],
  })
  const question = questionOf(card, values)
  const { data: expected, error } = useQuery(api.certificate.expectedDraw.queryOptions(
    question ?? { certificateId: certificate.id, date: values.date, amountFen: 1, noticeRateMicro: 0, demandRateMicro: 0 },
    { enabled: question !== null, placeholderData: keepPreviousData },
  ))
  const shown = question === null ? undefined : expected

  function writing(): SlipWriting | null {
    const interestPaidFen = fenOfText(values.paid)
    if (question === null || interestPaidFen === null) return null
    const facts: Draw = {
      ...question, interestPaidFen, differenceReason: values.differenceReason, receivedInto: values.receivedInto,
      bankSerial: values.bankSerial, attachments: values.papers.map(({ sha256 }) => sha256),
    }
    return {
      title: text.confirm, rule: 'deposit.draw', attachmentCount: facts.attachments.length,
      preview: () => client.certificate.drawPreview.query(facts),
      write: async () => {
        await client.certificate.draw.mutate(facts)
        return certificate.id
      },
    }
  }

  return (
    <SlipForm
      title={text.title(certificate.certificateNo)}
      hint={text.hint}
      className="deposit-form"
      labelWidth="160px"
      form={form}
      values={values}
      onValues={(all) => setValues({ ...values, ...all })}
      fields={FIELD}
      writing={writing}
    >
      <div className="paid-fields draw-fields">
        <Form.Item name="amount" label={text.amount} required rules={[moneyRule({ required: true, positive: true })]}>
          <MoneyInput autoFocus />
        </Form.Item>
        <Form.Item name="date" label={certificateText.early.date} rules={[{ required: true }]}><DateInput /></Form.Item>
        <Form.Item name="noticeRate" label={text.noticeRate} required rules={[rateRule(text.noticeRate)]}>
          <Input inputMode="decimal" autoComplete="off" className="money-input" />
        </Form.Item>
        <Form.Item name="demandRate" label={certificateText.early.demandRate} required rules={[rateRule(text.noticeRate)]}>
          <Input inputMode="decimal" autoComplete="off" className="money-input" />
        </Form.Item>
        <ComparedPaid
          expectedFen={shown?.interest}
          paid={values.paid}
          onTake={(paid) => setValues({ ...values, paid })}
        />
        <SlipFields bookId={certificate.bookId} />
        <ShowVoucher />
      </div>
      <ExpectedQuote isAsked={question !== null} quote={expected} error={error}>
        {(outcome) => <Outcome outcome={outcome} />}
      </ExpectedQuote>
    </SlipForm>
  )
}

function Outcome({ outcome }: { readonly outcome: Answers['certificate']['expectedDraw'] }) {
  const text = certificateText.draw
  const parts = [
    { name: text.atNoticeRate, accrued: outcome.atNoticeRate }, { name: text.atDemandRate, accrued: outcome.atDemandRate },
  ].filter(({ accrued }) => accrued.amount > 0)
  return (
    <>
      <p className="quote-sum"><Money fen={outcome.interest} unit="¥" /></p>
      {outcome.reasons.map((reason) => (
        <p key={reason}><StateTag icon="warning" tone="due" word={DEMAND_REASON_WORD[reason]} /></p>
      ))}
      <p>{outcome.closed ? text.closed : text.remainder(yuanText(outcome.remainder))}</p>
      {parts.map(({ name, accrued }) => (
        <div key={name}>
          <p className="quiet">{name} <Money fen={accrued.amount} /></p>
          <AccruedTable accrued={accrued} />
        </div>
      ))}
    </>
  )
}
