/** What happened to a certificate, newest last: who, when, expected against paid, and the voucher. */
import { subtractFen } from '#core/money.ts'
import { CERTIFICATE_EVENT_WORD, depositText } from '../../messages/deposit.ts'
import { DRAFT_STATE_WORD } from '../../messages/words.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { CertificateEvent, ChainLink } from './records.ts'

export function EventList({ link }: { readonly link: ChainLink | undefined }) {
  const text = depositText.events
  if (link === undefined) return null
  const reversed = new Set(link.events.map(({ reversesEventId }) => reversesEventId))
  return (
    <section>
      <h2>{text.title}</h2>
      <ol className="deposit-events">
        {link.events.map((event) => (
          <li key={event.id} className={reversed.has(event.id) ? 'taken-back' : undefined}>
            <p>
              <span>
                {event.date} <strong>{CERTIFICATE_EVENT_WORD[event.kind]}</strong>{' '}
                {reversed.has(event.id) && <span className="quiet">{text.takenBack}</span>}
              </span>
              <VoucherLink event={event} />
            </p>
            {(event.kind === 'withdrawn' || event.kind === 'rolledOver') && <Comparison event={event} />}
            {event.draftState === 'void' && event.kind !== 'reversed' && !reversed.has(event.id) && (
              <StateTag icon="warning" tone="due" word={text.voided} />
            )}
            <p className="quiet">{text.by(event.actor, event.at.slice(0, 10))}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Comparison({ event }: { readonly event: CertificateEvent }) {
  const text = depositText.events
  const difference = subtractFen(event.interestPaidFen, event.interestExpectedFen)
  return (
    <p className="comparison">
      <span>{text.expected} <Money fen={event.interestExpectedFen} /></span>
      <span>{text.paid} <Money fen={event.interestPaidFen} /></span>
      {difference !== 0 && (
        <span className="tone-due">
          {text.difference} <Money fen={difference} /> {event.differenceReason}
        </span>
      )}
    </p>
  )
}

function VoucherLink({ event: { voucherId, draftId, draftState } }: { readonly event: CertificateEvent }) {
  const text = depositText.events
  if (voucherId !== null) return <Go to={{ screen: 'vouchers', path: [voucherId] }}>{text.voucher}</Go>
  if (draftId === null || draftState === null) return null
  const word = DRAFT_STATE_WORD[draftState]
  return <Go to={{ screen: 'vouchers', path: ['draft', draftId] }}>{`${text.voucher} ${word}`}</Go>
}
