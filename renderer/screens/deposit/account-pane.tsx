/** One settlement account: its rates by date, what this quarter earns segment by segment, and the quarters already compared. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { addDays } from '#core/calendar.ts'
import { settlementPeriodOf } from '#core/deposit/demand-deposit.ts'
import type { BankAccountId } from '#core/id.ts'
import { subtractFen } from '#core/money.ts'
import { formatPercent } from '#core/rate.ts'
import { api, client, refreshAll } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { SettleDialog } from './account-settle-dialog.tsx'
import { TermsDialog } from './account-terms-dialog.tsx'

const text = certificateText.accounts

export function AccountPane({ id, name }: { readonly id: BankAccountId; readonly name: string }) {
  const { today } = useScope()
  const mayPrepare = useMay('preparer')
  // The last settlement that is over: what the bank has just credited.
  const [day, setDay] = useState(() => addDays(settlementPeriodOf(today).from, -1))
  const [dialog, setDialog] = useState<'terms' | 'settle'>()
  const { data: working, error } = useQuery(api.accountInterest.expected.queryOptions({ bankAccountId: id, day }))
  return (
    <div className="certificate">
      <section>
        <div className="certificate-head"><h2>{name}</h2></div>
        {mayPrepare && (
          <div className="certificate-actions">
            <Button type="primary" disabled={working === undefined || error !== null} onClick={() => setDialog('settle')}>
              {text.settle}
            </Button>
            <Button onClick={() => setDialog('terms')}>{text.addTerms}</Button>
          </div>
        )}
      </section>
      <section>
        <h2>{text.quarter}</h2>
        <label className="account-day">
          {text.dayOf} <DateInput value={day} aria-label={text.dayOf} onChange={(date) => setDay(date ?? day)} />
        </label>
        {error !== null && <ProblemNote error={error} />}
        {working !== undefined && error === null && <Working working={working} />}
      </section>
      <Terms id={id} />
      <Settled id={id} />
      {dialog === 'settle' && working !== undefined && (
        <SettleDialog bankAccountId={id} day={day} working={working} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'terms' && <TermsDialog bankAccountId={id} onClose={() => setDialog(undefined)} />}
    </div>
  )
}

function Working({ working }: { readonly working: Answers['accountInterest']['expected'] }) {
  const heads = text.segmentColumns
  return (
    <>
      <p>{text.period(working.period.from, working.period.to)} <strong><Money fen={working.interestFen} unit="¥" /></strong></p>
      <table className="plain-table working">
        <thead>
          <tr>
            <th scope="col">{heads.from}</th>
            <th scope="col">{heads.to}</th>
            <th scope="col">{heads.balance}</th>
            <th scope="col">{heads.rate}</th>
            <th scope="col">{heads.interest}</th>
          </tr>
        </thead>
        {working.parts.map(({ name, accrued }, index) => (
          <tbody key={`${name}-${index}`}>
            {working.parts.length > 1 && (
              <tr><th scope="rowgroup" colSpan={4}>{text.parts[name]}</th><td><Money fen={accrued.interest} /></td></tr>
            )}
            {accrued.segments.map((segment) => (
              <tr key={segment.from}>
                <th scope="row">{segment.from}</th>
                <td>{addDays(segment.to, -1)}</td>
                <td><Money fen={segment.principal} /></td>
                <td>{formatPercent(segment.rate)}%</td>
                <td><Money fen={segment.interest} /></td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </>
  )
}

function Terms({ id }: { readonly id: BankAccountId }) {
  const { data: terms } = useQuery(api.accountInterest.terms.queryOptions({ bankAccountId: id }))
  const heads = text.termColumns
  return (
    <section>
      <h2>{text.terms}</h2>
      {terms?.length === 0 && <p className="quiet">{text.none}</p>}
      {terms !== undefined && terms.length > 0 && (
        <table className="plain-table working">
          <thead>
            <tr>
              <th scope="col">{heads.from}</th><th scope="col">{heads.product}</th>
              <th scope="col" className="account-rates">{heads.rate}</th>
              <th scope="col" className="account-source">{heads.source}</th>
            </tr>
          </thead>
          <tbody>
            {terms.map((step) => (
              <tr key={step.id}>
                <th scope="row">{step.validFrom}</th>
                <td>{text[step.product]}</td>
                <td className="account-rates">
                  {step.agreementRateMicro === null
                    ? text.rateOne(formatPercent(step.demandRateMicro))
                    : text.ratePair(formatPercent(step.demandRateMicro), formatPercent(step.agreementRateMicro))}
                  {step.baseQuotaFen !== null && <><br />{text.columns.quota} <Money fen={step.baseQuotaFen} /></>}
                </td>
                <td className="account-source">{step.source}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Settled({ id }: { readonly id: BankAccountId }) {
  const { today } = useScope()
  const mayPrepare = useMay('preparer')
  const { data: settled } = useQuery(api.accountInterest.settlements.queryOptions({ bankAccountId: id }))
  const [undoing, setUndoing] = useState<number>()
  const heads = text.settledColumns
  return (
    <section>
      <h2>{text.settled}</h2>
      {settled?.length === 0 && <p className="quiet">{text.noneSettled}</p>}
      {settled !== undefined && settled.length > 0 && (
        <table className="plain-table working">
          <thead>
            <tr>
              <th scope="col">{heads.period}</th><th scope="col">{heads.expected}</th><th scope="col">{heads.paid}</th>
              <th scope="col">{heads.difference}</th>
              {mayPrepare && <th scope="col"><span className="visually-hidden">{text.undo}</span></th>}
            </tr>
          </thead>
          <tbody>
            {settled.map((one) => (
              <tr key={one.id}>
                <th scope="row">{one.periodTo}</th>
                <td><Money fen={one.expectedFen} /></td>
                <td><Money fen={one.paidFen} /></td>
                <td>{one.paidFen !== one.expectedFen && <Money fen={subtractFen(one.paidFen, one.expectedFen)} />}</td>
                {mayPrepare && (
                  <td><Button size="small" type="link" onClick={() => setUndoing(one.id)}>{text.undo}</Button></td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {undoing !== undefined && (
        <ReasonDialog
          title={text.undoing}
          verb={text.undo}
          hint={text.undoHint}
          words={text.undoWords}
          onReason={async (reason) => {
            await client.accountInterest.undo.mutate({ id: undoing, date: today, reason })
            await refreshAll()
          }}
          onClose={() => setUndoing(undefined)}
        />
      )}
    </section>
  )
}
