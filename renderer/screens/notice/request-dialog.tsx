/** Asking for a notice to be published: where and how long it hangs; with the reviewer beside one, published at once. */
import { Checkbox, Form, Input, Modal, Select } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { client, refreshAll } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import { refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { Differences } from './differences.tsx'
import type { Draft } from './place.tsx'

type Fields = {
  readonly from: BusinessDate
  readonly to: BusinessDate | null
  readonly places: readonly string[]
  readonly correctionReason?: string
  readonly together: boolean
  readonly second?: SecondPersonValue
}

export function RequestDialog({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const text = noticeText.request
  const { today } = useScope()
  const [form] = Form.useForm<Fields>()
  const isTogether = Form.useWatch('together', form)
  const { problem, isBusy, attempt } = useFormProblems(form)
  const { published } = draft

  async function submit({ from, to, places, correctionReason = '', together, second }: Fields): Promise<void> {
    const id = await client.disclosure.request.mutate({
      complexId: draft.complex.id,
      quarter: draft.quarter,
      plan: { from, ...(to !== null && { to }), places: [...places] },
      correctionReason,
    })
    // Asked for either way: when the second person cannot sign in, the request waits.
    try {
      if (together && second !== undefined) {
        await client.disclosure.publishTogether.mutate({ id, second })
        refine({ version: String(draft.nextVersion) })
      }
    } finally {
      await refreshAll()
    }
  }

  async function finish(fields: Fields): Promise<void> {
    if (await attempt(() => submit(fields))) onClose()
  }
  useShortcut('Ctrl+Enter', text.submit, form.submit)

  return (
    <Modal
      open
      title={published === null ? text.title : noticeText.actions.correct}
      width={published === null ? 520 : 680}
      okText={isTogether ? text.submitTogether : text.submit}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        initialValues={{ from: today, to: null, places: draft.plan.places, together: false }}
        onFinish={finish}
      >
        <p className="quiet">{text.hint}</p>
        {problem !== null && <ProblemNote problem={problem} />}
        {published !== null && (
          <>
            <h3>{text.changes}</h3>
            <div className="notice-changes">
              <Differences
                differences={draft.differences}
                before={noticeText.versions.before(published.version)}
                after={noticeText.versions.now}
              />
            </div>
            <Form.Item
              name="correctionReason"
              label={text.reason}
              rules={[{ required: true, whitespace: true, message: text.reasonMissing }]}
              extra={text.reasonHint}
            >
              <Input autoFocus maxLength={200} />
            </Form.Item>
          </>
        )}
        <div className="notice-dates">
          <Form.Item name="from" label={text.from} rules={[{ required: true, message: text.dateMissing }]}>
            <DateInput />
          </Form.Item>
          <Form.Item name="to" label={text.to} extra={text.toHint}>
            <DateInput allowClear />
          </Form.Item>
        </div>
        <Form.Item
          name="places"
          label={text.places}
          extra={text.placesHint}
          rules={[{ required: true, message: text.placeMissing }]}
        >
          <Select mode="tags" open={false} suffix={null} />
        </Form.Item>
        <Form.Item name="together" valuePropName="checked">
          <Checkbox>{text.together}</Checkbox>
        </Form.Item>
        {isTogether && <SecondPerson />}
      </Form>
    </Modal>
  )
}
