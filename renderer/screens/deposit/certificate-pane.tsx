/** One certificate: what is printed on it, what it earns, where it came from and went, and what can be done with it. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { CertificateId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { api } from '../../client.ts'
import { DAY_COUNT_WORD, depositText, INSTRUCTION_WORD, PRODUCT_WORD, termText } from '../../messages/deposit.ts'
import { Facts } from '../../parts/facts.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { ChainPicture } from './chain-picture.tsx'
import { DueTag } from './due-tag.tsx'
import { EventList } from './event-list.tsx'
import { InterestPart } from './interest-part.tsx'
import { lastStanding, type CertificateCard } from './records.ts'
import { UndoDialog } from './undo-dialog.tsx'

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
          <DueTag due={certificate.due} status={certificate.status} />
        </div>
        <Actions card={card} isBeside={isBeside} {...(onDone !== undefined && { onDone })} />
        <CertificateFacts card={card} />
      </section>
      <InterestPart card={card} />
      <ChainPicture chain={chain} currentId={certificate.id} />
      <EventList link={chain.links.find((link) => link.id === certificate.id)} />
    </div>
  )
}

type ActionsProps = { readonly card: CertificateCard; readonly isBeside: boolean; readonly onDone?: () => void }

function Actions({ card: { certificate, chain }, isBeside, onDone }: ActionsProps) {
  const mayPrepare = useMay('preparer')
  const [isUndoing, setUndoing] = useState(false)
  const { id } = certificate
  const { due, status } = certificate
  const isDue = status === 'inForce' && due !== null && (due.kind === 'overdue' || due.days === 0)
  const step = lastStanding(chain.links.find((link) => link.id === id)?.events ?? [])
  const maySettle = mayPrepare && isDue
  const mayUndo = mayPrepare && step !== undefined
  const settle = () => goTo({ screen: 'deposits', path: [id, 'settle'] })
  useShortcut('Z', depositText.settle, settle, { isOn: maySettle })
  useShortcut('U', depositText.undo, () => setUndoing(true), { isOn: mayUndo && !isUndoing })
  return (
    <div className="certificate-actions">
      {maySettle && <Button type="primary" onClick={settle}>{depositText.settle}</Button>}
      {mayUndo && <Button onClick={() => setUndoing(true)}>{depositText.undo}</Button>}
      {isBeside && <Button onClick={() => goTo({ screen: 'deposits', path: [id] })}>{depositText.open}</Button>}
      {isUndoing && step !== undefined && (
        <UndoDialog
          certificateId={id}
          step={step}
          isRollover={step.kind === 'rolledOver' || (step.kind === 'placed' && certificate.previousId !== null)}
          {...(onDone !== undefined && { onDone })}
          onClose={() => setUndoing(false)}
        />
      )}
    </div>
  )
}

function CertificateFacts({ card: { certificate } }: { readonly card: CertificateCard }) {
  const text = depositText.facts
  const rates = [formatPercent(certificate.rateMicro), formatPercent(certificate.demandRateMicro)] as const
  return (
    <Facts
      facts={[
        { label: text.principal, value: <strong><Money fen={certificate.principalFen} unit="¥" /></strong> },
        { label: text.rate, value: text.withDemand(...rates) },
        { label: text.term, value: text.joined(termText(certificate), DAY_COUNT_WORD[certificate.dayCount]) },
        { label: text.valueDate, value: certificate.valueDate },
        { label: text.dueDate, value: certificate.dueDate },
        ...(certificate.dueDateReason === '' ? [] : [{ label: text.dueReason, value: certificate.dueDateReason }]),
        {
          label: text.product,
          value: text.joined(PRODUCT_WORD[certificate.product], INSTRUCTION_WORD[certificate.rolloverInstruction]),
        },
        { label: text.complex, value: certificate.complexName },
        { label: text.bank, value: text.bankOfBook(certificate.bankName, certificate.bookName) },
        { label: text.person, value: certificate.personInCharge },
      ]}
    />
  )
}
