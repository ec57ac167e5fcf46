/** 支取 / 转存 in three steps: what the bank paid → the new certificate → the voucher to be written. */
import { useState } from 'react'
import { Button, Steps } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { CertificateId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { useKept } from '../../kept.ts'
import { depositText } from '../../messages/deposit.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay, useSession } from '../../session.tsx'
import { printedOf } from './certificate-values.ts'
import { DueTag } from './due-tag.tsx'
import { NextStep } from './next-step.tsx'
import { PaidStep } from './paid-step.tsx'
import { sheetOf } from './preview-sheet.ts'
import type { CertificateCard, Settlement } from './records.ts'
import { emptySettlement, isSettleValues, settlementOf } from './settle-values.ts'

export function SettlePlace({ id }: { readonly id: CertificateId }) {
  const { data: card, error } = useQuery(api.deposit.get.queryOptions({ id }))
  const mayPrepare = useMay('preparer')
  const refusal = card === undefined ? undefined : whyNot(card, mayPrepare)
  if (card === undefined || refusal !== undefined) {
    return (
      <Page title={depositText.settle}>
        {error !== null && <ProblemNote error={error} />}
        {refusal !== undefined && <p className="quiet">{refusal}</p>}
      </Page>
    )
  }
  return <SettleSteps card={card} />
}

function whyNot({ certificate: { status, due, dueDate } }: CertificateCard, mayPrepare: boolean): string | undefined {
  const text = depositText.settling
  if (!mayPrepare) return depositText.placing.notAllowed
  if (status === 'pending') return text.pending
  if (status !== 'inForce' || due === null) return text.ended
  return due.kind === 'overdue' || due.days === 0 ? undefined : text.notDue(dueDate)
}

/** What will be written, and how. */
type Asked = { readonly title: string; readonly sheet: Sheet; readonly write: () => Promise<CertificateId> }

function SettleSteps({ card }: { readonly card: CertificateCard }) {
  const text = depositText.settling
  const { certificate } = card
  const { today } = useScope()
  const { person } = useSession()
  const empty = emptySettlement(card, today, person.userId)
  const [values, keep, forget] = useKept(`deposit-settle-${certificate.id}`, empty, isSettleValues)
  const [asked, setAsked] = useState<Asked>()
  /** Drawn anew when everything typed is thrown away. */
  const [version, setVersion] = useState(0)
  const isWithdrawal = values.paid.what === 'withdraw'
  const isNext = values.step === 'next' && !isWithdrawal

  function made({ attachments }: Settlement): { readonly attachmentCount: number; readonly preparer: string } {
    return { attachmentCount: attachments.length, preparer: person.name }
  }

  async function afterPaid(): Promise<void> {
    const settlement = settlementOf(card, values.paid)
    if (settlement === null) return
    if (!isWithdrawal) {
      // Refuses here what belongs to this step, before the new certificate is typed.
      await client.deposit.withdrawPreview.query(settlement)
      keep({ ...values, step: 'next' })
      return
    }
    const preview = await client.deposit.withdrawPreview.query(settlement)
    setAsked({
      title: text.confirmWithdraw,
      sheet: sheetOf(preview, { rule: 'deposit.withdraw', ...made(settlement) }),
      write: async () => {
        await client.deposit.withdraw.mutate(settlement)
        return certificate.id
      },
    })
  }

  async function afterNext(): Promise<void> {
    const settlement = settlementOf(card, values.paid)
    const next = printedOf(values.next)
    if (settlement === null || next === null || values.paid.what === 'withdraw') return
    const rollover = { ...settlement, mode: values.paid.what, next }
    const preview = await client.deposit.rolloverPreview.query(rollover)
    setAsked({
      title: text.confirmRollover,
      sheet: sheetOf(preview, { rule: 'deposit.rollOver', ...made(settlement) }),
      write: async () => (await client.deposit.rollOver.mutate(rollover)).certificateId,
    })
  }

  async function write({ write: send }: Asked): Promise<void> {
    const shownNext = await send()
    forget()
    await refreshAll()
    goTo({ screen: 'deposits', path: [shownNext] })
  }

  function discard(): void {
    keep(empty)
    forget()
    setVersion((before) => before + 1)
  }

  const names: readonly string[] = isWithdrawal ? text.stepsWithdraw : text.steps
  const current = asked !== undefined ? names.length - 1 : isNext ? 1 : 0
  return (
    <Page
      title={text.title(certificate.certificateNo)}
      hint={text.hint}
      actions={<Button onClick={discard}>{text.discard}</Button>}
      toolbar={<DueTag due={certificate.due} status={certificate.status} />}
    >
      <Steps size="small" className="settle-steps" current={current} items={names.map((title) => ({ title }))} />
      {isNext
        ? (
            <NextStep
              key={`next-${version}`}
              card={card}
              paid={values.paid}
              values={values.next}
              isAsking={asked !== undefined}
              onValues={(next) => keep({ ...values, next })}
              onBack={() => keep({ ...values, step: 'paid' })}
              onNext={afterNext}
            />
          )
        : (
            <PaidStep
              key={`paid-${version}`}
              card={card}
              values={values.paid}
              isAsking={asked !== undefined}
              onValues={(paid) => keep({ ...values, paid })}
              onNext={afterPaid}
            />
          )}
      {asked !== undefined && (
        <ConfirmWrite
          title={asked.title}
          sheets={[asked.sheet]}
          verb={text.write}
          onWrite={() => write(asked)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Page>
  )
}
