/** One tender: its facts, quotes from the best on, who was chosen for which term, and what can still be done with it. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { TenderId } from '#core/id.ts'
import { formatPoints } from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLE_WORD, TENDER_METHOD_WORD } from '#core/contractor/tender.ts'
import { api, client, refreshAll } from '../../client.ts'
import { tenderText as text } from '../../messages/contractor.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { fileAddress } from '../../upload.ts'
import { AwardDialog, EndDialog } from './award-dialog.tsx'
import { PrintButton } from '../repair/print-button.tsx'

export type Tender = Answers['contractor']['tender']
export type Quote = Tender['quotes'][number]
type Asked = { readonly kind: 'award' | 'end'; readonly quote: Quote } | { readonly kind: 'revoke' }

export function TenderPage({ id }: { readonly id: TenderId }) {
  const { data: tender, error } = useQuery(api.contractor.tender.queryOptions({ id }))
  if (tender === undefined) return <Page title={text.list}>{error === null ? null : <ProblemNote error={error} />}</Page>
  return <TenderSheet tender={tender} />
}

function TenderSheet({ tender }: { readonly tender: Tender }) {
  const [asked, setAsked] = useState<Asked>()
  const mayAward = useMay('reviewer', 'head')
  const mayRevoke = useMay('preparer', 'reviewer', 'head')
  const { facts } = text
  const isOpen = tender.revokedReason === null
  const isAwarded = tender.quotes.some(({ award }) => award !== null)
  const close = (): void => setAsked(undefined)
  return (
    <Page
      title={`${tender.number} ${tender.title}`}
      actions={(
        <>
          {isOpen && !isAwarded && mayRevoke && <Button onClick={() => setAsked({ kind: 'revoke' })}>{text.revoke}</Button>}
          <PrintButton label={text.print} start={() => client.contractor.print.mutate({ kind: 'tender', id: tender.id })} />
        </>
      )}
    >
      <Facts
        facts={[
          { label: facts.role, value: CONTRACTOR_ROLE_WORD[tender.role] },
          { label: facts.method, value: TENDER_METHOD_WORD[tender.method] },
          { label: facts.scope, value: tender.complexName ?? text.office },
          ...(tender.repairId === null
            ? []
            : [{
                label: facts.repair,
                value: <Go to={{ screen: 'repairs', path: [tender.repairId] }}>{tender.repairNumber}</Go>,
              }]),
          { label: facts.dates, value: `${tender.announcedOn}　${tender.openedOn}` },
          { label: facts.recordedBy, value: tender.recordedBy },
          { label: facts.minutes, value: <a href={fileAddress(tender.sha256)} target="_blank" rel="noreferrer">{text.open}</a> },
          ...(tender.revokedReason === null ? [] : [{ label: facts.revoked, value: tender.revokedReason, wide: true }]),
        ]}
      />
      <section className="contractor-part" aria-labelledby="tender-quotes">
        <h2 id="tender-quotes">{text.quotes}</h2>
        <ol className="tender-quotes">
          {tender.quotes.map((quote) => (
            <li key={quote.id} className={quote.award === null ? undefined : 'chosen'}>
              <span className="tender-bidder">{quote.bidder}</span>
              <span className="figure"><Money fen={quote.amountFen} /></span>
              <span className="figure">{quote.scoreHundredths === null ? '' : formatPoints(quote.scoreHundredths)}</span>
              <Outcome quote={quote} />
              {isOpen && mayAward && quote.award === null && (
                <Button size="small" onClick={() => setAsked({ kind: 'award', quote })}>{text.award}</Button>
              )}
              {mayAward && quote.award !== null && quote.award.endedOn === null && (
                <Button size="small" onClick={() => setAsked({ kind: 'end', quote })}>{text.end}</Button>
              )}
            </li>
          ))}
        </ol>
      </section>
      {asked?.kind === 'award' && <AwardDialog tender={tender} quote={asked.quote} onClose={close} />}
      {asked?.kind === 'end' && asked.quote.award !== null && <EndDialog award={asked.quote.award} onClose={close} />}
      {asked?.kind === 'revoke' && (
        <ReasonDialog
          title={text.revoke}
          verb={text.revoke}
          hint={text.revoking.hint}
          words={text.revoking}
          onReason={(reason) => client.contractor.revokeTender.mutate({ id: tender.id, reason }).then(refreshAll)}
          onClose={close}
        />
      )}
    </Page>
  )
}

function Outcome({ quote: { award } }: { readonly quote: Quote }) {
  if (award === null) return <span />
  return (
    <span className="tender-outcome">
      <StateTag tone="good" icon="check" word={text.awarded(award.validFrom, award.validTo)} />
      <Go to={{ screen: 'repairs', path: ['contractors', award.counterpartyId] }}>{award.counterpartyName}</Go>
      {award.reason !== '' && <span className="quiet">{award.reason}</span>}
      {award.endedOn !== null && <span>{text.endedOn(award.endedOn, award.endReason ?? '')}</span>}
    </span>
  )
}
