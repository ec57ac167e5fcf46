/** Registering that a notice was put up or came down, at one or several places at once. */
import type { ReactNode } from 'react'
import { Checkbox, Form, Modal, Select } from 'antd'
import type { FormInstance } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import type { DisclosureId, PostingUpId } from '#core/id.ts'
import { client, refreshAll } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { DateInput } from '../../parts/date-input.tsx'
import type { AttachedFile } from '../../parts/file-drop.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { PapersField } from '../../parts/papers-field.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import type { Posting } from './postings.tsx'

type Shared = { readonly date: BusinessDate; readonly photos?: readonly AttachedFile[] }

type DialogProps<Fields> = {
  readonly title: string
  readonly verb: string
  readonly form: FormInstance<Fields>
  readonly initial: Partial<Fields>
  readonly onSubmit: (fields: Fields) => Promise<unknown>
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A register row has one photo; the last one dropped is taken. */
function photoOf({ photos = [] }: Shared): string | null {
  return photos.at(-1)?.sha256 ?? null
}

function PostingDialog<Fields extends Shared>({ title, verb, form, initial, onSubmit, onClose, children }: DialogProps<Fields>) {
  const text = noticeText.postings
  const { problem, isBusy, attempt } = useFormProblems(form, (field) => (/On$/.test(field) ? 'date' : field))
  async function finish(fields: Fields): Promise<void> {
    const isDone = await attempt(async () => {
      await onSubmit(fields)
      await refreshAll()
    })
    if (isDone) onClose()
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
      <Form form={form} layout="vertical" initialValues={initial} onFinish={finish}>
        {problem !== null && <ProblemNote problem={problem} />}
        {children}
        <Form.Item name="date" label={text.date} rules={[{ required: true, message: noticeText.request.dateMissing }]}>
          <DateInput />
        </Form.Item>
        <PapersField name="photos" label={text.photo} accept=".jpg,.jpeg,.png" hint={text.photoHint} />
      </Form>
    </Modal>
  )
}

type UpFields = Shared & { readonly places: readonly string[] }
type UpProps = {
  readonly disclosureId: DisclosureId
  readonly places: readonly string[]
  readonly planned: BusinessDate | null
  readonly onClose: () => void
}

export function PostUpDialog({ disclosureId, places, planned, onClose }: UpProps) {
  const text = noticeText.postings
  const { today } = useScope()
  const [form] = Form.useForm<UpFields>()
  return (
    <PostingDialog<UpFields>
      title={text.upTitle}
      verb={text.submitUp}
      form={form}
      initial={{ places, date: planned !== null && planned < today ? planned : today }}
      onSubmit={(fields) =>
        client.disclosure.postUp.mutate({
          disclosureId, places: [...fields.places], postedOn: fields.date, sha256: photoOf(fields),
        })}
      onClose={onClose}
    >
      <Form.Item name="places" label={text.place} rules={[{ required: true, message: text.placeMissing }]}>
        <Select mode="tags" open={false} suffix={null} />
      </Form.Item>
    </PostingDialog>
  )
}

type DownFields = Shared & { readonly postingUpIds: readonly PostingUpId[] }

export function TakeDownDialog({ hanging, onClose }: { readonly hanging: readonly Posting[]; readonly onClose: () => void }) {
  const text = noticeText.postings
  const { today } = useScope()
  const [form] = Form.useForm<DownFields>()
  return (
    <PostingDialog<DownFields>
      title={text.downTitle}
      verb={text.submitDown}
      form={form}
      initial={{ postingUpIds: hanging.map(({ id }) => id), date: today }}
      onSubmit={(fields) =>
        client.disclosure.takeDown.mutate({
          postingUpIds: [...fields.postingUpIds], takenDownOn: fields.date, sha256: photoOf(fields),
        })}
      onClose={onClose}
    >
      <Form.Item name="postingUpIds" label={text.choosePlaces} rules={[{ required: true, message: text.placeMissing }]}>
        <Checkbox.Group options={hanging.map(({ id, place, postedOn }) => ({ value: id, label: `${place} ${postedOn}` }))} />
      </Form.Item>
    </PostingDialog>
  )
}
