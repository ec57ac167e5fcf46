/** Shows what will be written, vouchers in full, before it is written; a refusal stays in the dialog. */
import { useState, type ReactNode } from 'react'
import { Button, Modal } from 'antd'
import { partsText } from '../messages/parts.ts'
import { useShortcut } from '../shortcuts.ts'
import { ProblemNote } from './problem-note.tsx'
import { VoucherSheet, type Sheet } from './voucher-sheet.tsx'

type Props = {
  readonly title?: string
  readonly sheets?: readonly Sheet[]
  /** Anything else that will be written, or a form that must be filled first. */
  readonly children?: ReactNode
  /** The button's verb; 确认写入 when absent. */
  readonly verb?: string
  readonly onWrite: () => Promise<unknown>
  /** After writing, or when the person goes back. */
  readonly onClose: () => void
}

export function ConfirmWrite({ title, sheets = [], children, verb, onWrite, onClose }: Props) {
  const text = partsText.confirm
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)

  async function write(): Promise<void> {
    if (isBusy) return
    setBusy(true)
    setError(null)
    try {
      await onWrite()
      onClose()
    } catch (refusal) {
      setError(refusal)
      setBusy(false)
    }
  }
  useShortcut('Ctrl+Enter', verb ?? text.write, () => void write())

  return (
    <Modal
      open
      title={title ?? (sheets.length > 0 ? text.vouchers(sheets.length) : text.title)}
      width={860}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>{text.cancel}</Button>
          <Button type="primary" onClick={write} loading={isBusy} autoFocus>
            {verb ?? text.write}
          </Button>
        </>
      }
    >
      <div className="confirm-write">
        {sheets.map((sheet, index) => (
          <VoucherSheet key={index} sheet={sheet} />
        ))}
        {children}
        {error !== null && <ProblemNote error={error} />}
      </div>
    </Modal>
  )
}
