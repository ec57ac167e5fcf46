/** Red reversal (of a voucher, or of both halves of a transfer) and the blue voucher for an earlier year. */
import { useState } from 'react'
import { Checkbox, Form } from 'antd'
import { datePartsOf } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { reversalLines, reversalSummary, voucherWord } from '#core/voucher/voucher.ts'
import { client, refreshAll } from '../../client.ts'
import { voucherText } from '../../messages/voucher.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import type { Questions, VoucherView } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { CorrectionFields, correctionSheet, type CorrectionValues } from './correction-form.tsx'

type Props = { readonly voucher: VoucherView; readonly onClose: () => void }
type LineFacts = NonNullable<Questions['voucher']['reverse']['replacement']>[number]

/** The original's lines as they were, for a replacement that is then changed in the form. */
function copiedLines(voucher: VoucherView): LineFacts[] {
  return voucher.lines.map(({ summary, accountId, complexId, debitFen, creditFen, buildingId, counterpartyId, bankAccountId,
    contractId, repairId, certificateId }) => ({
    summary, accountId, complexId, debitFen, creditFen, buildingId, counterpartyId, bankAccountId, contractId, repairId,
    certificateId,
  }))
}

export function ReversalDialog({ voucher, onClose }: Props) {
  const text = voucherText.correction
  const { today } = useScope()
  const [form] = Form.useForm<CorrectionValues>()
  const [withReplacement, setWithReplacement] = useState(false)
  const isPair = voucher.pairId !== null
  const date = today < voucher.date ? voucher.date : today

  async function write(): Promise<void> {
    const values = await validated(form)
    if (voucher.pairId !== null) {
      const { out } = await client.voucher.reverseTransfer.mutate({ transferId: voucher.pairId, ...values })
      goTo({ screen: 'vouchers', path: ['draft', out] })
    } else {
      const { reversal, replacement } = await client.voucher.reverse.mutate({
        voucherId: voucher.id, ...values, ...(withReplacement && { replacement: copiedLines(voucher) }),
      })
      const query = replacement === null ? {} : { edit: '1' }
      goTo({ screen: 'vouchers', path: ['draft', replacement ?? reversal], query })
    }
    await refreshAll()
  }
  return (
    <ConfirmWrite
      title={isPair ? text.reverseTransfer : text.reverse}
      sheets={[correctionSheet(voucher, date, reversalLines(voucher.lines), reversalSummary(voucher))]}
      verb={text.write}
      onWrite={write}
      onClose={onClose}
    >
      <p className="quiet">{isPair ? text.transferHint : text.reverseHint}</p>
      <CorrectionFields form={form} date={date} />
      {!isPair && (
        <Checkbox checked={withReplacement} onChange={(event) => setWithReplacement(event.target.checked)}>
          {text.withReplacement}
        </Checkbox>
      )}
    </ConfirmWrite>
  )
}

export function PriorYearDialog({ voucher, onClose }: Props) {
  const text = voucherText.correction
  const { today } = useScope()
  const [form] = Form.useForm<CorrectionValues>()

  async function write(): Promise<void> {
    const values = await validated(form)
    const { month, day } = datePartsOf(voucher.date)
    const summary = text.priorYearSummary(month, day, voucherWord(voucher.kind, voucher.number))
    const lines = voucher.lines.slice(0, 2).map((line) => ({ ...line, summary }))
    const draftId = await client.voucher.priorYear.mutate({ voucherId: voucher.id, ...values, lines })
    goTo({ screen: 'vouchers', path: ['draft', idOf<'draft'>(draftId)], query: { edit: '1' } })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.priorYear} verb={text.write} onWrite={write} onClose={onClose}>
      <p className="quiet">{text.priorYearHint}</p>
      <CorrectionFields form={form} date={today} />
    </ConfirmWrite>
  )
}
