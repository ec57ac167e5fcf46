/** Only amounts were wrong: the right amount per line goes in, the difference comes out as a voucher. */
import { useState } from 'react'
import { Form } from 'antd'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { credit, debit, differenceLines, replacementSummary } from '#core/voucher/voucher.ts'
import { client, refreshAll } from '../../client.ts'
import { voucherText } from '../../messages/voucher.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { FenInput } from '../../parts/money-input.tsx'
import { Money } from '../../parts/money.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import type { VoucherView } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useSideWords } from '../../side-words.ts'
import { CorrectionFields, correctionSheet, type CorrectionValues } from './correction-form.tsx'

export function DifferenceDialog({ voucher, onClose }: { readonly voucher: VoucherView; readonly onClose: () => void }) {
  const text = voucherText.correction
  const { today } = useScope()
  const sides = useSideWords()
  const [form] = Form.useForm<CorrectionValues>()
  const [amounts, setAmounts] = useState<readonly Fen[]>(() =>
    voucher.lines.map((line) => (line.debitFen === ZERO_FEN ? line.creditFen : line.debitFen)))
  const date = today < voucher.date ? voucher.date : today
  const corrected = voucher.lines.map((line, index) => {
    const amount = amounts[index] ?? ZERO_FEN
    return line.debitFen === ZERO_FEN ? credit(amount) : debit(amount)
  })
  const difference = differenceLines(voucher.lines, corrected)

  async function write(): Promise<void> {
    const values = await validated(form)
    const draftId = await client.voucher.difference.mutate({ voucherId: voucher.id, ...values, corrected })
    goTo({ screen: 'vouchers', path: ['draft', draftId] })
    await refreshAll()
  }
  return (
    <ConfirmWrite
      title={text.difference}
      sheets={difference.length === 0 ? [] : [correctionSheet(voucher, date, difference, replacementSummary(voucher))]}
      verb={text.write}
      onWrite={write}
      onClose={onClose}
    >
      <p className="quiet">{text.differenceHint}</p>
      <table className="plain-table difference-table">
        <thead>
          <tr>
            <th scope="col">{text.account}</th>
            <th scope="col">{text.was}</th>
            <th scope="col">{text.right}</th>
          </tr>
        </thead>
        <tbody>
          {voucher.lines.map((line, index) => (
            <tr key={line.lineNo}>
              <th scope="row">
                {line.debitFen === ZERO_FEN ? sides.credit : sides.debit}
                {` ${line.accountCode} ${line.accountName}`}
              </th>
              <td><Money fen={line.debitFen === ZERO_FEN ? line.creditFen : line.debitFen} /></td>
              <td>
                <FenInput
                  aria-label={voucherText.entry.cell(line.lineNo, text.right)}
                  fen={amounts[index] ?? ZERO_FEN}
                  onFen={(amount) => setAmounts(amounts.map((known, at) => (at === index ? (amount ?? ZERO_FEN) : known)))}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <CorrectionFields form={form} date={date} />
    </ConfirmWrite>
  )
}
