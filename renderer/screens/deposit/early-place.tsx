/** 提前支取: a part or everything, with what it pays, what it costs, and whether keeping or placing anew is better. */
import { useState } from 'react'
import { Form, Input, Radio } from 'antd'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { BankAccountId, CertificateId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { api, client } from '../../client.ts'
import { certificateText, EARLY_CHOICE_WORD } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule } from '../../parts/money-text.ts'
import { Money, yuanText } from '../../parts/money.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { CardPlace } from './card-place.tsx'
import { rateOf, rateRule, type Papers } from './certificate-values.ts'
import { ComparedPaid, SlipFields } from './compared-paid.tsx'
import { AccruedTable } from './interest-part.tsx'
import type { CertificateCard, Early } from './records.ts'
import { ExpectedQuote, ShowVoucher, SlipForm, type SlipWriting } from './slip-form.tsx'

type Values = {
  readonly how: 'part' | 'all'
  readonly amount: string
  readonly date: BusinessDate
  readonly demandRate: string
  readonly paid: string
  readonly differenceReason: string
  readonly newCertificateNo: string
  readonly receivedInto: BankAccountId
  readonly bankSerial: string
  readonly papers: Papers
}

const FIELD: Readonly<Record<string, string>> = { amountFen: 'amount', interestPaidFen: 'paid', withdrawnOn: 'date' }

export function EarlyPlace({ id }: { readonly id: CertificateId }) {
  return <CardPlace id={id} action="withdrawEarly">{(card) => <EarlyForm card={card} />}</CardPlace>
}

/** Null until enough is filled in. */
function questionOf({ certificate }: CertificateCard, values: Values) {
  const demandRateMicro = rateOf(values.demandRate)
  const isAmount = moneyFault(values.amount, { positive: true }) === null
  const amountFen = values.how === 'part' && isAmount ? fenOfText(values.amount) : null
  if (demandRateMicro === null || (values.how === 'part' && amountFen === null)) return null
  return { certificateId: certificate.id, date: values.date, amountFen, demandRateMicro }
}

function EarlyForm({ card }: { readonly card: CertificateCard }) {
  const text = certificateText.early
  const { certificate, actions } = card
  const { today } = useScope()
  const [form] = Form.useForm<Values>()
  const [values, setValues] = useState<Values>({
    how: actions.includes('withdrawPart') ? 'part' : 'all', amount: '', date: today,
    demandRate: formatPercent(certificate.demandRateMicro), paid: '', differenceReason: '', newCertificateNo: '',
    receivedInto: certificate.bankAccountId, bankSerial: '', papers: [],
  })
  const question = questionOf(card, values)
  const { data: expected, error } = useQuery(api.certificate.expectedEarly.queryOptions(
    question ?? { certificateId: certificate.id, date: values.date, amountFen: null, demandRateMicro: 0 },
    { enabled: question !== null, placeholderData: keepPreviousData },
  ))
  const shown = question === null ? undefined : expected

  function writing(): SlipWriting | null {
    const interestPaidFen = fenOfText(values.paid)
    if (question === null || interestPaidFen === null) return null
    const facts: Early = {
      ...question, interestPaidFen, differenceReason: values.differenceReason, receivedInto: values.receivedInto,
      bankSerial: values.bankSerial, newCertificateNo: values.newCertificateNo,
      attachments: values.papers.map(({ sha256 }) => sha256),
    }
    return {
      title: (shown?.remainderFen ?? 0) > 0 ? text.confirmPart : text.confirm,
      rule: 'deposit.withdrawEarly', attachmentCount: facts.attachments.length,
      preview: () => client.certificate.earlyPreview.query(facts),
      write: async () => {
        await client.certificate.withdrawEarly.mutate(facts)
        return certificate.id
      },
    }
  }

  return (
    <SlipForm
      title={text.title(certificate.certificateNo)}
      hint={text.hint}
      className="deposit-form"
      labelWidth="128px"
      form={form}
      values={values}
      onValues={(all) => setValues({ ...values, ...all })}
      fields={FIELD}
      writing={writing}
    >
      <div className="paid-fields">
        <Form.Item name="how" label={text.how}>
          <Radio.Group
            options={[
              { value: 'part', label: text.part, disabled: !actions.includes('withdrawPart') },
              { value: 'all', label: text.all },
            ]}
          />
        </Form.Item>
        {values.how === 'part' && (
          <Form.Item name="amount" label={text.amount} required rules={[moneyRule({ required: true, positive: true })]}>
            <MoneyInput autoFocus />
          </Form.Item>
        )}
        <Form.Item name="date" label={text.date} rules={[{ required: true }]}><DateInput /></Form.Item>
        <Form.Item name="demandRate" label={text.demandRate} required rules={[rateRule(text.demandRate)]}>
          <Input inputMode="decimal" autoComplete="off" className="money-input" />
        </Form.Item>
        <ComparedPaid
          expectedFen={shown?.withdrawn.interest}
          paid={values.paid}
          onTake={(paid) => setValues({ ...values, paid })}
        />
        {values.how === 'part' && (
          <Form.Item name="newCertificateNo" label={text.newNumber}>
            <Input maxLength={60} autoComplete="off" placeholder={text.newNumberHint} />
          </Form.Item>
        )}
        <SlipFields bookId={certificate.bookId} />
        <ShowVoucher />
      </div>
      <div className="deposit-form-side">
        <ExpectedQuote isAsked={question !== null} quote={expected} error={error}>
          {(outcome) => <Outcome outcome={outcome} isPart={values.how === 'part'} />}
        </ExpectedQuote>
        {question !== null && error === null && <Choices question={question} />}
      </div>
    </SlipForm>
  )
}

function Outcome({ outcome, isPart }: { readonly outcome: Answers['certificate']['expectedEarly']; readonly isPart: boolean }) {
  const text = certificateText.early
  return (
    <>
      <p className="quote-sum"><Money fen={outcome.withdrawn.interest} unit="¥" /></p>
      <p>{text.forgone} <Money fen={outcome.forgoneFen} unit="¥" /></p>
      {isPart && <p>{outcome.remainderFen > 0 ? text.remainder(yuanText(outcome.remainderFen)) : text.closes}</p>}
      <AccruedTable accrued={outcome.withdrawn} />
    </>
  )
}

/** Keep, draw, or break and place anew, in figures; the rate from which breaking pays. */
function Choices({ question }: { readonly question: NonNullable<ReturnType<typeof questionOf>> }) {
  const text = certificateText.early
  const [newRate, setNewRate] = useState('')
  const newRateMicro = rateOf(newRate)
  const { data: comparison } = useQuery(api.certificate.earlyChoices.queryOptions(
    { ...question, newRateMicro: newRateMicro ?? question.demandRateMicro }, { placeholderData: keepPreviousData },
  ))
  if (comparison === undefined) return null
  const { columns } = text
  const best = Math.max(...comparison.choices.map(({ totalFen }) => totalFen))
  return (
    <section className="quote early-choices">
      <h2>{text.compare}</h2>
      <label>
        {text.newRate}{' '}
        <Input
          value={newRate}
          inputMode="decimal"
          placeholder={formatPercent(question.demandRateMicro)}
          className="money-input"
          onChange={({ target }) => setNewRate(target.value)}
        />
      </label>
      <table className="plain-table working">
        <thead>
          <tr>
            <th scope="col">{columns.choice}</th>
            <th scope="col">{columns.now}</th>
            <th scope="col">{columns.atDue}</th>
            <th scope="col">{columns.anew}</th>
            <th scope="col">{columns.total}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.choices.map(({ choice, nowFen, atDueFen, anewFen, totalFen }) => (
            <tr key={choice} className={totalFen === best ? 'best' : undefined}>
              <th scope="row">{EARLY_CHOICE_WORD[choice]}</th>
              <td><Money fen={nowFen} /></td>
              <td><Money fen={atDueFen} /></td>
              <td><Money fen={anewFen} /></td>
              <td><strong><Money fen={totalFen} /></strong></td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">
        {comparison.breakEvenRate === null
          ? text.noBreakEven
          : text.breakEven(formatPercent(comparison.breakEvenRate), comparison.daysLeft)}
      </p>
    </section>
  )
}
