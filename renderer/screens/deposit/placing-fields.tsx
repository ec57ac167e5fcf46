/** The fields of a lot's dialogs. */
import { AutoComplete, Form, Input, InputNumber, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { formatYuan } from '#core/money.ts'
import { isEligible } from '#core/placing/placing.ts'
import { formatPercent } from '#core/rate.ts'
import { api } from '../../client.ts'
import { placingText } from '../../messages/placing.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { PapersField } from '../../parts/papers-field.tsx'
import { useScope } from '../../scope.tsx'
import { rateRule } from './certificate-values.ts'
import { byRank, type Bid, type Lot } from './placing-lot.tsx'
import { NOBODY, scoreRule } from './placing-values.ts'

const text = placingText.dialog
const needed = [{ required: true, message: text.needed }]
const reasonRule = [{ required: true, whitespace: true, message: text.reasonMissing }]

export function BidFields({ corrects }: { readonly corrects?: Bid }) {
  const { data: accounts = [] } = useQuery(api.book.bankAccounts.queryOptions())
  const banks = [...new Set(accounts.map(({ bankName }) => bankName))].map((value) => ({ value }))
  return (
    <>
      {corrects === undefined
        ? (
            <Form.Item name="bank" label={text.bank} rules={needed}>
              <AutoComplete autoFocus options={banks} showSearch={{ filterOption: true }} />
            </Form.Item>
          )
        : <p>{corrects.bank}</p>}
      <Form.Item name="rate" label={text.rate} rules={[rateRule(text.needed)]}>
        <Input className="money-input" inputMode="decimal" autoComplete="off" />
      </Form.Item>
      <Form.Item name="recusal" label={text.recusal} extra={text.recusalHint}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
      {corrects !== undefined && (
        <>
          <Form.Item name="score" label={text.score} rules={[scoreRule(false)]}>
            <Input className="money-input" inputMode="decimal" autoComplete="off" />
          </Form.Item>
          <Form.Item name="rank" label={text.rank}><InputNumber min={1} precision={0} controls={false} /></Form.Item>
          <Form.Item name="reason" label={text.reason} rules={reasonRule}>
            <Input placeholder={text.reasonExample} autoComplete="off" maxLength={200} />
          </Form.Item>
        </>
      )}
    </>
  )
}

export function ScoreFields({ lot }: { readonly lot: Lot }) {
  return (
    <>
      <p className="quiet">{text.scoreHint}</p>
      {lot.bids.filter(({ recusal }) => recusal === '').map(({ id, bank }, index) => (
        <Form.Item key={id} name={['scores', `b${id}`]} label={text.scoreOf(bank)} rules={[scoreRule(true)]}>
          <Input autoFocus={index === 0} className="money-input" inputMode="decimal" autoComplete="off" />
        </Form.Item>
      ))}
      <Form.Item name="reason" label={text.minutes} rules={[{ required: true, whitespace: true, message: text.minutesMissing }]}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
    </>
  )
}

export function AwardFields({ lot }: { readonly lot: Lot }) {
  const { today } = useScope()
  const winners = byRank(lot.bids).filter((bid) => isEligible(lot, bid))
  const options = [
    ...winners.map(({ id, rank, bank, rateMicro }) => ({
      value: Number(id), label: text.winnerOption(rank, bank, formatPercent(rateMicro)),
    })),
    { value: NOBODY, label: text.nobody },
  ]
  return (
    <>
      <p className="quiet">{text.awardHint}</p>
      <Form.Item name="bidId" label={text.winner} rules={needed}><Select options={options} /></Form.Item>
      <Form.Item name="awardedOn" label={text.awardedOn} rules={needed} initialValue={today}><DateInput /></Form.Item>
      <Form.Item name="reason" label={text.awardReason} extra={text.awardReasonHint}>
        <Input autoComplete="off" maxLength={200} />
      </Form.Item>
    </>
  )
}

export function AgreementFields() {
  return (
    <>
      <Form.Item name="number" label={text.agreementNo} rules={needed}><Input autoFocus autoComplete="off" /></Form.Item>
      <div className="two-columns">
        <Form.Item name="validFrom" label={text.validFrom} rules={needed}><DateInput /></Form.Item>
        <Form.Item name="validTo" label={text.validTo} rules={needed}><DateInput /></Form.Item>
      </div>
      <PapersField name="paper" label={text.agreementPaper} missing={text.agreementPaperMissing} />
    </>
  )
}

export function LinkFields({ lot }: { readonly lot: Lot }) {
  const { data: choices } = useQuery(api.placing.certificates.queryOptions({ lotId: lot.id }))
  if (choices?.length === 0) return <p className="quiet">{text.noChoices}</p>
  const options = (choices ?? []).map(({ id, certificateNo, principalFen, rateMicro, complexName }) => ({
    value: id, label: text.certificateOption(certificateNo, formatYuan(principalFen), formatPercent(rateMicro), complexName),
  }))
  return (
    <Form.Item name="certificateId" label={text.certificate} rules={[{ required: true, message: text.certificateMissing }]}>
      <Select options={options} autoFocus />
    </Form.Item>
  )
}
