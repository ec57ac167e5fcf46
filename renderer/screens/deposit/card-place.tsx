/** A place where one thing is done with a certificate: loads it, and says why not when it cannot be done. */
import type { ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { refusalOfAction, type CertificateAction } from '#core/deposit/certificate-life.ts'
import type { CertificateId } from '#core/id.ts'
import { api } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import type { CertificateCard } from './records.ts'

type Props = {
  readonly id: CertificateId
  readonly action: CertificateAction
  readonly children: (card: CertificateCard) => ReactNode
}

export function CardPlace({ id, action, children }: Props) {
  const { data: card, error } = useQuery(api.deposit.get.queryOptions({ id }))
  const { today } = useScope()
  const mayPrepare = useMay('preparer')
  const refusal = card === undefined
    ? undefined
    : mayPrepare ? refusalOfAction(card.certificate, action, today)?.message : depositText.placing.notAllowed
  if (card !== undefined && refusal === undefined) return children(card)
  return (
    <Page title={card?.certificate.certificateNo ?? depositText.pane}>
      {error !== null && <ProblemNote error={error} />}
      {refusal !== undefined && <p className="quiet">{refusal}</p>}
    </Page>
  )
}
