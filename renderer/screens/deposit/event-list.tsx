/** What happened to a certificate, newest last: who, when, expected against paid, and the voucher. */
import { subtractFen } from '#core/money.ts'
import { formatPercent } from '#core/rate.ts'
import { CERTIFICATE_EVENT_WORD, depositText } from '../../messages/deposit.ts'
import { DRAFT_STATE_WORD } from '../../messages/words.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { CertificateEvent, ChainCertificate } from './records.ts'

const PAYS = new Set<CertificateEvent['kind']>(['partlyWithdrawn', 'drawn', 'withdrawn', 'withdrawnEarly', 'rolledOver'])

export function EventList({ certificate }: { readonly certificate: ChainCertificate | undefined }) {
  const text = depositText.events
  if (certificate === undefined) return null
  return (
    <section>
      <h2>{text.title}</h2>
      <ol className="deposit-events">
        {certificate.events.map((event) => (
          <li key={event.id} className={event.isReversed === 1 ? 'taken-back' : undefined}>
            <p>
              <span>
                {event.date} <strong>{CERTIFICATE_EVENT_WORD[event.kind]}</strong>{' '}
                {event.isReversed === 1 && <span className="quiet">{text.takenBack}</span>}
              </span>
              <VoucherLink event={event} />
            </p>
            {PAYS.has(event.kind) && <Comparison event={event} />}
            <What event={event} />
            {certificate.bankLines.filter(({ eventId }) => eventId === event.id).map((line) => (
              <p key={line.lineId} className="comparison">
                <Go to={{ screen: 'bank', path: [line.bankAccountId], query: { line: String(line.lineId) } }}>
                  {text.bankLine(line.date, line.memo)}
                </Go>
                <Money fen={line.amountFen} />
              </p>
            ))}
            {event.draftState === 'void' && event.kind !== 'reversed' && event.isReversed === 0 && (
              <StateTag icon="warning" tone="due" word={text.voided} />
            )}
            <p className="quiet">{text.by(event.actor, event.at.slice(0, 10))}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What the event changed, and what the bank's slip says besides the interest. */
function What({ event }: { readonly event: CertificateEvent }) {
  const text = depositText.events
  const words = [
    event.noticeFor === null ? '' : text.notice(event.noticeFor),
    event.newDueDate === null ? '' : text.dueDate(event.newDueDate),
    event.newRateMicro === null ? '' : text.rate(formatPercent(event.newRateMicro)),
    event.newCertificateNo === '' ? '' : text.number(event.newCertificateNo),
    event.receivedOn === null ? '' : text.received(event.receivedOn),
    event.bankSerial === '' ? '' : text.serial(event.bankSerial),
    event.reason,
  ].filter((word) => word !== '')
  const isPart = event.kind === 'partlyWithdrawn' || event.kind === 'drawn' || event.kind === 'noticed'
  if (words.length === 0 && !isPart) return null
  return (
    <p className="comparison">
      {isPart && <span>{text.principal} <Money fen={event.principalFen} /></span>}
      {words.map((word) => <span key={word}>{word}</span>)}
    </p>
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
