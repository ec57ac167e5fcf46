/** The job's money: quoted, approved, settled, paid; which side of the gate it is on; who is paid. */
import { useQuery } from '@tanstack/react-query'
import { APPORTIONMENT_PURPOSE_WORD } from '#core/household/apportionment.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { formatPercent } from '#core/rate.ts'
import { yuanInCapitals } from '#core/voucher/capitals.ts'
import { standingAmount } from '#core/repair/repair.ts'
import { actualPeriod, agreedPeriod, daysLate, periodText } from '#core/repair/works-period.ts'
import { api } from '../../client.ts'
import { apportionmentText } from '../../messages/apportionment.ts'
import { jobText } from '../../messages/repair.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import type { Card } from './job.tsx'

function gateSentence({ gate }: Card['state']): string {
  if (gate === null) return jobText.gateUnknown
  const yuan = formatYuan(gate.thresholdFen)
  if (gate.exactlyAt) return jobText.gateExactly(yuan)
  return gate.review === 'spot_check' ? jobText.gateBelow(yuan) : jobText.gateAbove(yuan)
}

/** On what it may be used and by what it is paid, where the path asked for it. */
function basisFacts(state: Card['state']) {
  const { authority, contract, publishedUntil, retentionDue, warrantyUntil } = state
  const facts: { label: string; value: string; wide: true }[] = []
  const say = (label: string, value: string) => facts.push({ label, value, wide: true })
  if (authority !== null) {
    say(jobText.authority, authority.basis)
    say(jobText.beneficiaries, authority.scope)
  }
  if (contract !== null) {
    say(jobText.contract, jobText.contractLine(contract.number, contract.signedOn))
    const terms = contract.instalments.map(({ label, percent }) => jobText.instalment(label, formatPercent(percent)))
    if (contract.retentionPercent > 0) terms.push(jobText.instalment(jobText.retention, formatPercent(contract.retentionPercent)))
    say(jobText.instalments, terms.join(' \u00B7 '))
  }
  const agreed = agreedPeriod(state)
  const actual = actualPeriod(state)
  if (agreed !== null) say(jobText.agreedPeriod, periodText(agreed))
  if (actual !== null) {
    say(jobText.actualPeriod, jobText.period(periodText(actual), agreed === null ? 0 : daysLate(agreed, actual)))
  }
  if (publishedUntil !== null) say(jobText.publishedUntil, publishedUntil)
  if (retentionDue !== null) say(jobText.retentionDue, retentionDue)
  if (warrantyUntil !== null) say(jobText.warrantyUntil, warrantyUntil)
  return facts
}

export function MoneyPane({ card }: { readonly card: Card }) {
  const { repair, state, payable } = card
  const { contract } = state
  const capitals = state.settledFen === null ? null : yuanInCapitals(state.settledFen, { style: 'voucher' })
  return (
    <section aria-labelledby="repair-money">
      <h2 id="repair-money">{jobText.money}</h2>
      <Facts
        facts={[
          { label: jobText.quoted, value: <Money fen={repair.quotedFen} /> },
          { label: jobText.approved, value: <Money fen={state.approvedFen} /> },
          ...(contract === null ? [] : [{ label: jobText.contractFen, value: <Money fen={contract.amountFen} /> }]),
          ...(card.visas.length === 0 ? [] : [{ label: jobText.visaFen, value: <Money fen={card.visaFen} /> }]),
          { label: jobText.settled, value: <Money fen={state.settledFen} /> },
          ...(state.retentionFen === 0 ? [] : [{ label: jobText.retention, value: <Money fen={state.retentionFen} /> }]),
          ...(card.disputedFen === 0 ? [] : [{ label: jobText.disputed, value: <Money fen={card.disputedFen} /> }]),
          { label: jobText.paid, value: <Money fen={state.paidFen} /> },
          ...(capitals === null ? [] : [{ label: jobText.capitals, value: capitals, wide: true }]),
          ...(payable === null || payable.heldUpBecause !== '' ? [] : [
            { label: jobText.due, value: <Money fen={payable.amountFen} /> },
          ]),
          { label: jobText.payee, value: repair.contractorName, wide: true },
          { label: jobText.payeeBank, value: (contract?.payeeBank ?? repair.contractorBank) || jobText.noPayeeBank, wide: true },
          ...basisFacts(state),
        ]}
      />
      <p>{gateSentence(state)}</p>
      {state.gate?.review === 'spot_check' && state.isDrawn !== null && <p>{state.isDrawn ? jobText.drawn : jobText.notDrawn}</p>}
      <Sheets card={card} />
    </section>
  )
}

/** Who bears it: the sheets made for this job, and the way to a new one. */
function Sheets({ card: { repair, state } }: { readonly card: Card }) {
  const { data } = useQuery(api.apportionment.ofRepair.queryOptions({ repairId: repair.id }))
  const amount = plainYuan(standingAmount(state))
  return (
    <>
      <h2>{apportionmentText.repairSheets}</h2>
      <ul className="repair-list">
        {data?.map((sheet) => (
          <li key={sheet.id}>
            <Go to={{ screen: 'complexes', path: [repair.complexId, 'apportionments', sheet.id] }}>
              {`${APPORTIONMENT_PURPOSE_WORD[sheet.purpose]} ${sheet.asOf}`}
            </Go>
            <Money fen={sheet.totalFen} />
          </li>
        ))}
      </ul>
      <p className="quiet">{apportionmentText.repairHint}</p>
      <Go
        to={{
          screen: 'complexes', path: [repair.complexId, 'apportionments', 'new'],
          query: { repair: String(repair.id), title: `${repair.number} ${repair.title}`, amount },
        }}
      >
        {apportionmentText.forRepair}
      </Go>
    </>
  )
}
