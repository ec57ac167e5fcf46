/** A form in a dialog that writes once: refusals at their fields, Ctrl+Enter as the button, everything asked anew afterwards. */
import type { ReactNode } from 'react'
import { Form, Modal, type FormInstance } from 'antd'
import { refreshAll } from '../client.ts'
import { useShortcut } from '../shortcuts.ts'
import { useFormProblems } from './form-problems.ts'
import { ProblemNote } from './problem-note.tsx'
import './form-dialog.css'

type Props<Values> = {
  readonly title: string
  readonly verb: string
  readonly form: FormInstance<Values>
  readonly initialValues: NoInfer<Values>
  /** Where the form's field is called otherwise than the service's. */
  readonly fieldOf?: (field: string) => string
  /** Above the form. */
  readonly note?: ReactNode
  readonly children: ReactNode
  /** For dialogs whose fields depend on others: all values at every change. */
  readonly onValues?: (values: NoInfer<Values>) => void
  /** What it writes; null while a field the form cannot judge by itself is missing. */
  readonly write: (values: NoInfer<Values>) => (() => Promise<unknown>) | null
  readonly onDone: () => void
  readonly onClose: () => void
}

export function FormDialog<Values extends object>({
  title, verb, form, initialValues, fieldOf, note, children, onValues, write, onDone, onClose,
}: Props<Values>) {
  const { problem, isBusy, attempt } = useFormProblems(form, fieldOf)
  useShortcut('Ctrl+Enter', verb, form.submit)

  async function finish(values: Values): Promise<void> {
    const submit = write(values)
    if (isBusy || submit === null) return
    const isDone = await attempt(async () => {
      await submit()
      // Busy until it closes: a second Ctrl+Enter must not write twice.
      await refreshAll()
    })
    if (isDone) onDone()
  }
  return (
    <Modal
      open
      title={title}
      okText={verb}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      {note}
      <Form
        form={form}
        layout="vertical"
        className="form-dialog"
        initialValues={initialValues}
        onValuesChange={(_, all) => onValues?.(all)}
        onFinish={(values) => void finish(values)}
      >
        {problem !== null && <ProblemNote problem={problem} />}
        {children}
      </Form>
    </Modal>
  )
}
