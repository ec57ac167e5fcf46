/** A household's account: what it holds by part, what came and went; contributions, refunds and papers begin here. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { HOUSEHOLD_MOVEMENT_WORD } from '#core/household/household-account.ts'
import { HOUSEHOLD_PARTS } from '#core/household/household-entry.ts'
import { idOf } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { cardText } from '../../messages/household.ts'
import { accountText as text, PART_WORD } from '../../messages/household-money.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts, type Fact } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { ContributeDialog } from './contribute-dialog.tsx'
import type { HouseholdAccount, HouseholdCard } from './records.ts'
import { RefundDialog } from './refund-dialog.tsx'

export function AccountSection({ card }: { readonly card: HouseholdCard }) {
  const { data: isBegun, error } = useQuery(api.householdMoney.isBegun.queryOptions({ complexId: card.complexId }))
  if (error !== null) return <ProblemNote error={error} />
  if (isBegun === undefined) return null
  return isBegun ? <Account card={card} /> : <HandedOver card={card} />
}

/** Before the sub-ledger begins there is only what the old register said. */
function HandedOver({ card: { opening } }: { readonly card: HouseholdCard }) {
  return (
    <section>
      <h2>{cardText.money}</h2>
      <p className="quiet">{opening === null ? cardText.noMoney : text.notBegun}</p>
      {opening !== null && (
        <Facts
          facts={[
            { label: cardText.paid, value: <Money fen={opening.paidFen} /> },
            { label: cardText.interest, value: <Money fen={opening.interestFen} /> },
            { label: cardText.balance, value: <Money fen={opening.balanceFen} /> },
          ]}
        />
      )}
    </section>
  )
}

type Doing = 'contribute' | 'refund'

function Account({ card }: { readonly card: HouseholdCard }) {
  const { today } = useScope()
  const id = card.id
  const [span, setSpan] = useState({ from: parseDate(`${today.slice(0, 4)}-01-01`), to: today })
  const { data: account, error } = useQuery(api.householdMoney.account.queryOptions({ id, ...span }))
  const { data: due } = useQuery(api.householdMoney.due.queryOptions({ id }))
  const [doing, setDoing] = useState<Doing>()
  const [job, setJob] = useState<{ readonly title: string; readonly jobId: string }>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const mayPrepare = useMay('preparer') && card.state === 'active'
  const complexId = idOf<'complex'>(card.complexId)

  async function print(title: string, start: () => Promise<{ readonly jobId: string }>): Promise<void> {
    setRefusal(null)
    try {
      setJob({ title, ...await start() })
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  const dates = (label: string, field: 'from' | 'to') => (
    <DateInput
      aria-label={label}
      value={span[field]}
      onChange={(date: BusinessDate | null) => { if (date !== null) setSpan({ ...span, [field]: date }) }}
    />
  )
  return (
    <section>
      <div className="account-head">
        <h2>{text.title}</h2>
        {dates(text.from, 'from')}
        {dates(text.to, 'to')}
        {mayPrepare && <Button onClick={() => setDoing('contribute')}>{text.contribute}</Button>}
        {mayPrepare && <Button onClick={() => setDoing('refund')}>{text.refund}</Button>}
        <Button
          icon={<Icon name="print" />}
          onClick={() => void print(text.printing, () =>
            client.householdMoney.printStatements.mutate({ complexId, householdId: id, buildingId: null, ...span }))}
        >
          {text.printStatement}
        </Button>
        {card.acts.at(-1)?.kind === 'owners' && (
          <Button
            icon={<Icon name="print" />}
            onClick={() => void print(text.printingTransfer, () => client.householdMoney.printTransfer.mutate({ id }))}
          >
            {text.printTransfer}
          </Button>
        )}
      </div>
      {(error ?? refusal) !== null && <ProblemNote error={error ?? refusal} />}
      {account !== undefined && (
        <>
          <Facts facts={[...balances(account), { label: text.owed, value: <Money fen={due?.owedFen} /> }]} />
          <Lines account={account} />
        </>
      )}
      {doing === 'contribute' && (
        <ContributeDialog
          complexId={complexId}
          complex={account?.complex ?? ''}
          first={{ id, address: card.address }}
          onClose={() => setDoing(undefined)}
        />
      )}
      {doing === 'refund' && <RefundDialog id={id} address={card.address} onClose={() => setDoing(undefined)} />}
      {job !== undefined && <JobDialog title={job.title} jobId={job.jobId} onClose={() => setJob(undefined)} />}
    </section>
  )
}

/** Principal and interest always; the selling unit's money where there is any. */
function balances({ closing }: HouseholdAccount): readonly Fact[] {
  const parts = HOUSEHOLD_PARTS.filter((part) => part === 'principal' || part === 'interest' || closing[part] !== 0)
  return [
    { label: text.total, value: <strong><Money fen={closing.totalFen} /></strong> },
    ...parts.map((part) => ({ label: PART_WORD[part], value: <Money fen={closing[part]} /> })),
  ]
}

const { columns: heads } = text
const HEADS = [heads.date, heads.voucher, heads.summary, heads.movement, heads.part] as const

function Lines({ account }: { readonly account: HouseholdAccount }) {
  return (
    <table className="plain-table text-table">
      <thead>
        <tr>
          {HEADS.map((name) => <th key={name} scope="col">{name}</th>)}
          {[heads.amount, heads.balance].map((name) => <th key={name} scope="col" className="right">{name}</th>)}
        </tr>
      </thead>
      <tbody>
        <tr>
          <td colSpan={6}>{text.opening}</td>
          <td className="right"><Money fen={account.opening.totalFen} /></td>
        </tr>
        {account.lines.length === 0 && <tr><td colSpan={7}>{text.empty}</td></tr>}
        {account.lines.map((line) => (
          <tr key={`${line.voucherId} ${line.lineNo} ${line.part}`}>
            <td>{line.date}</td>
            <td><Go to={{ screen: 'vouchers', path: [line.voucherId] }}>{line.word}</Go></td>
            <td>{line.summary}</td>
            <td>{HOUSEHOLD_MOVEMENT_WORD[line.movement]}</td>
            <td>{PART_WORD[line.part]}</td>
            <td className="right"><Money fen={line.amountFen} /></td>
            <td className="right"><Money fen={line.balanceFen} /></td>
          </tr>
        ))}
        <tr>
          <td colSpan={6}>{text.closing}</td>
          <td className="right"><strong><Money fen={account.closing.totalFen} /></strong></td>
        </tr>
      </tbody>
    </table>
  )
}
