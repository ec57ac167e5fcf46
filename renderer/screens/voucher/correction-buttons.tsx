/** The corrections the rule allows for a posted voucher (会计基础工作规范 art. 51(5)): red or difference this year, blue later. */
import { useState } from 'react'
import { Button } from 'antd'
import { monthOf } from '#core/calendar.ts'
import { allowedCorrections } from '#core/voucher/voucher.ts'
import { voucherText } from '../../messages/voucher.ts'
import type { VoucherView } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { DifferenceDialog } from './difference-dialog.tsx'
import { PriorYearDialog, ReversalDialog } from './reversal-dialog.tsx'

export function CorrectionButtons({ voucher }: { readonly voucher: VoucherView }) {
  const text = voucherText.correction
  const { today } = useScope()
  const isPreparer = useMay('preparer')
  const [open, setOpen] = useState<'reversal' | 'difference' | 'priorYear'>()
  const close = () => setOpen(undefined)
  const allowed = allowedCorrections(voucher.date, monthOf(today < voucher.date ? voucher.date : today))
  const wasReversed = voucher.correctedBy.some(({ purpose }) => purpose === 'reversal')
  const isPair = voucher.pairId !== null

  if (!isPreparer || wasReversed || voucher.purpose === 'reversal') return null
  const hasCertificate = voucher.lines.some(({ certificateId }) => certificateId !== null)
  if (hasCertificate) return <span className="quiet">{text.withCertificate}</span>
  return (
    <>
      {allowed.includes('reversal') && (
        <Button onClick={() => setOpen('reversal')}>{isPair ? text.reverseTransfer : text.reverse}</Button>
      )}
      {allowed.includes('difference') && !isPair && <Button onClick={() => setOpen('difference')}>{text.difference}</Button>}
      {allowed.includes('priorYear') && !isPair && <Button onClick={() => setOpen('priorYear')}>{text.priorYear}</Button>}
      {open === 'reversal' && <ReversalDialog voucher={voucher} onClose={close} />}
      {open === 'difference' && <DifferenceDialog voucher={voucher} onClose={close} />}
      {open === 'priorYear' && <PriorYearDialog voucher={voucher} onClose={close} />}
    </>
  )
}
