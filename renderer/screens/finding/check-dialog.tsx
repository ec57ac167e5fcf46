/** The period of a self-check, then the check itself as a job with its list on paper. */
import { Form, Modal } from 'antd'
import type { BusinessDate } from '#core/calendar.ts'
import { client } from '../../client.ts'
import { findingText as text } from '../../messages/finding.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'

type Values = { readonly from: BusinessDate | null; readonly to: BusinessDate }

export function CheckDialog({ onStarted, onClose }: {
  readonly onStarted: (jobId: string) => void
  readonly onClose: () => void
}) {
  const { complexId, today } = useScope()
  const [form] = Form.useForm<Values>()
  const { problem, isBusy, attempt } = useFormProblems(form)

  async function start({ from, to }: Values): Promise<void> {
    await attempt(async () => {
      const { jobId } = await client.finding.selfCheck.mutate({ complexId, from, to })
      onStarted(jobId)
    })
  }
  return (
    <Modal
      open
      title={text.check}
      okText={text.start}
      cancelText={text.cancel}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <Form form={form} layout="vertical" initialValues={{ from: null, to: today }} onFinish={start}>
        <p className="quiet">{text.checkHint}</p>
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item name="from" label={text.from}>
          <DateInput allowClear />
        </Form.Item>
        <Form.Item
          name="to"
          label={text.to}
          dependencies={['from']}
          rules={[
            { required: true, message: text.toMissing },
            ({ getFieldValue }) => ({
              validator: async (_rule, to: BusinessDate | null) => {
                const from: unknown = getFieldValue('from')
                if (typeof from === 'string' && to !== null && to < from) throw new Error(text.wrongOrder)
              },
            }),
          ]}
        >
          <DateInput />
        </Form.Item>
      </Form>
    </Modal>
  )
}
