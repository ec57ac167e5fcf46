/** The due column: days counted, as icon and word; what has ended shows its state instead. */
import type { CertificateStatus } from '#core/deposit/deposit.ts'
import type { DueState } from '#core/deposit/deposit-due.ts'
import { CERTIFICATE_STATUS_WORD } from '../../messages/deposit.ts'
import type { IconName } from '../../parts/icon.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'
import { dueText } from './records.ts'

const STATUS_LOOK: Readonly<Record<CertificateStatus, { readonly tone: Tone; readonly icon: IconName }>> = {
  pending: { tone: 'accent', icon: 'draft' },
  inForce: { tone: 'plain', icon: 'deposits' },
  withdrawn: { tone: 'plain', icon: 'check' },
  withdrawnEarly: { tone: 'plain', icon: 'check' },
  rolledOver: { tone: 'plain', icon: 'right' },
  cancelled: { tone: 'plain', icon: 'blocked' },
}

export function StatusTag({ status }: { readonly status: CertificateStatus }) {
  return <StateTag {...STATUS_LOOK[status]} word={CERTIFICATE_STATUS_WORD[status]} />
}

export function DueTag({ due, status }: { readonly due: DueState | null; readonly status: CertificateStatus }) {
  if (due === null || status === 'pending') return <StatusTag status={status} />
  if (due.kind === 'overdue') return <StateTag icon="warning" tone="bad" word={dueText(due)} />
  return <StateTag icon="clock" tone={due.kind === 'soon' ? 'due' : 'plain'} word={dueText(due)} />
}
