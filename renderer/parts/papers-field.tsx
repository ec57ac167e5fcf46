/** Papers as a form's field. Nothing is submitted while one is on its way: it would be missing without a word. */
import { useRef } from 'react'
import { Form, type FormItemProps } from 'antd'
import { partsText } from '../messages/parts.ts'
import { AttachmentDrop, type AttachedFile } from './file-drop.tsx'

type Props = Pick<FormItemProps, 'className' | 'layout' | 'labelCol'> & {
  /** `papers` when absent. */
  readonly name?: string
  readonly label: string
  /** Said when there is none; absent where there may be none. */
  readonly missing?: string
  readonly hint?: string
  readonly accept?: string
}

export function PapersField({ name = 'papers', label, missing, hint, accept, ...layout }: Props) {
  const form = Form.useFormInstance()
  const isUploading = useRef(false)

  function follow(uploading: boolean): void {
    isUploading.current = uploading
    // Asked to wait, one is told when the wait is over, also where the file was refused.
    if (!uploading && form.getFieldError(name).length > 0) form.validateFields([name]).catch(() => undefined)
  }
  async function check(_: unknown, files?: readonly AttachedFile[]): Promise<void> {
    if (isUploading.current) throw new Error(partsText.files.wait)
    if (missing !== undefined && (files ?? []).length === 0) throw new Error(missing)
  }
  return (
    <Form.Item {...layout} name={name} label={label} required={missing !== undefined} rules={[{ validator: check }]}>
      <AttachmentDrop
        {...(hint !== undefined && { hint })}
        {...(accept !== undefined && { accept })}
        onUploading={follow}
      />
    </Form.Item>
  )
}
