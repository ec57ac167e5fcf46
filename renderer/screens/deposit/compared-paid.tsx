/** What the bank paid beside what it owes: the same everywhere money comes back. A fen of difference needs its reason. */
import { Button, Form, Input } from 'antd'
import type { BookId } from '#core/id.ts'
import { subtractFen, type Fen } from '#core/money.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { AttachmentDrop } from '../../parts/file-drop.tsx'
import { MoneyInput } from '../../parts/money-input.tsx'
import { fenOfText, moneyFault, moneyRule, textOfFen } from '../../parts/money-text.ts'
import { yuanText } from '../../parts/money.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { StateTag } from '../../parts/state-tag.tsx'

type Props = {
  readonly expectedFen: Fen | undefined
  /** As typed. */
  readonly paid: string
  readonly onTake: (paid: string) => void
  readonly hasFocus?: boolean
}

/** Fields `paid` and, where it differs, `differenceReason` of the form around it. */
export function ComparedPaid({ expectedFen, paid, onTake, hasFocus = false }: Props) {
  const text = depositText.settling
  const paidFen = moneyFault(paid, {}) === null ? fenOfText(paid) : null
  const difference = expectedFen === undefined || paidFen === null ? null : subtractFen(paidFen, expectedFen)
  const isDifferent = difference !== null && difference !== 0
  return (
    <>
      <Form.Item name="paid" label={text.paid} required rules={[moneyRule({ required: true })]}>
        <MoneyInput autoFocus={hasFocus} />
      </Form.Item>
      <div className="paid-compare" aria-live="polite">
        {difference !== 0 && (
          <Button
            size="small"
            disabled={expectedFen === undefined}
            onClick={() => expectedFen !== undefined && onTake(textOfFen(expectedFen))}
          >
            {text.takeExpected}
          </Button>
        )}
        {difference === 0 && <StateTag icon="check" tone="good" word={text.tiesOut} />}
        {isDifferent && <StateTag icon="warning" tone="due" word={text.differs(yuanText(difference))} />}
      </div>
      {isDifferent && (
        <Form.Item
          name="differenceReason"
          label={text.reason}
          rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}
        >
          <Input maxLength={200} placeholder={text.reasonHint} />
        </Form.Item>
      )}
    </>
  )
}

/** Fields `receivedInto`, `bankSerial` and `papers`: what else stands on the slip. Only accounts of the certificate's book. */
export function SlipFields({ bookId }: { readonly bookId: BookId }) {
  const text = certificateText.slip
  const { papers, papersHint, papersMissing } = depositText.settling
  return (
    <>
      <Form.Item name="receivedInto" label={text.receivedInto} tooltip={text.receivedHint} rules={[{ required: true }]}>
        <BankAccountPicker bookId={bookId} />
      </Form.Item>
      <Form.Item name="bankSerial" label={text.serial}>
        <Input maxLength={60} autoComplete="off" placeholder={text.serialHint} />
      </Form.Item>
      <Form.Item name="papers" label={papers} rules={[{ required: true, type: 'array', min: 1, message: papersMissing }]}>
        <AttachmentDrop hint={papersHint} />
      </Form.Item>
    </>
  )
}
