/** One certificate: what is printed on it, what it earns, where it came from and went, and what can be done with it. */
import { useQuery } from '@tanstack/react-query'
import { isNoticeProduct } from '#core/deposit/certificate-life.ts'
import type { CertificateId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { api } from '../../client.ts'
import { DAY_COUNT_WORD, depositText, INSTRUCTION_WORD, PRODUCT_WORD, termText } from '../../messages/deposit.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Money, yuanText } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { CertificateActions } from './certificate-actions.tsx'
import { ChainPicture } from './chain-picture.tsx'
import { DueTag } from './due-tag.tsx'
import { EventList } from './event-list.tsx'
import { InterestPart } from './interest-part.tsx'
import type { CertificateCard } from './records.ts'

type Props = {
  readonly id: CertificateId
  /** Beside a list: narrow, with its own title and a way to the whole page. */
  readonly isBeside?: boolean
  readonly onDone?: () => void
}

export function CertificatePane({ id, isBeside = false, onDone }: Props) {
  const { data: card, error } = useQuery(api.deposit.get.queryOptions({ id }))
  if (error !== null) return <ProblemNote error={error} />
  if (card === undefined) return null
  const { certificate, chain } = card
  return (
    <div className={isBeside ? 'certificate' : 'certificate certificate-wide'}>
      <section>
        <div className="certificate-head">
          {isBeside && <h2>{certificate.certificateNo}</h2>}
          {certificate.isFrozen === 1 && <StateTag icon="lock" tone="due" word={depositText.facts.frozen} />}
          <DueTag due={certificate.due} status={certificate.status} />
        </div>
        <CertificateActions card={card} isBeside={isBeside} {...(onDone !== undefined && { onDone })} />
        <CertificateFacts card={card} />
      </section>
      <InterestPart card={card} />
      <ChainPicture chain={chain} currentId={certificate.id} />
      <EventList certificate={chain.certificates.find((one) => one.id === certificate.id)} />
    </div>
  )
}

function CertificateFacts({ card: { certificate, notice } }: { readonly card: CertificateCard }) {
  const text = depositText.facts
  const rates = [formatPercent(certificate.rateMicro), formatPercent(certificate.demandRateMicro)] as const
  return (
    <Facts
      facts={[
        { label: text.principal, value: <strong><Money fen={certificate.principalFen} unit="¥" /></strong> },
        ...(certificate.placedFen === certificate.principalFen
          ? []
          : [{ label: text.placed, value: <Money fen={certificate.placedFen} unit="¥" /> }]),
        { label: text.rate, value: text.withDemand(...rates) },
        { label: text.term, value: text.joined(termText(certificate), DAY_COUNT_WORD[certificate.dayCount]) },
        { label: text.valueDate, value: certificate.valueDate },
        { label: isNoticeProduct(certificate.product) ? text.plannedDate : text.dueDate, value: certificate.dueDate },
        ...(certificate.dueDateReason === '' ? [] : [{ label: text.dueReason, value: certificate.dueDateReason }]),
        {
          label: text.product,
          value: text.joined(PRODUCT_WORD[certificate.product], INSTRUCTION_WORD[certificate.rolloverInstruction]),
        },
        { label: text.complex, value: certificate.complexName },
        { label: text.bank, value: text.bankOfBook(`${certificate.bankName}${certificate.branch}`, certificate.bookName) },
        ...(certificate.depositAccount === '' ? [] : [{ label: text.depositAccount, value: certificate.depositAccount }]),
        ...(certificate.firstNo === certificate.certificateNo ? [] : [{ label: text.firstNumber, value: certificate.firstNo }]),
        ...(notice === null ? [] : [{ label: text.notice, value: text.noticed(notice.forDate, yuanText(notice.amount)) }]),
        ...(certificate.reminderDays === null ? [] : [{ label: text.reminder, value: text.days(certificate.reminderDays) }]),
        ...(certificate.sourceVoucherId === null
          ? []
          : [{
              label: text.source,
              value: <Go to={{ screen: 'vouchers', path: [certificate.sourceVoucherId] }}>{text.sourceVoucher}</Go>,
            }]),
        { label: text.person, value: certificate.personInCharge },
      ]}
    />
  )
}
