/** 收款, 列成本, 列支出, 转入维修资金, 分配: the form at the left, the voucher it will draft at the right. */
import { useState } from 'react'
import { Button, Form, Modal } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ComplexId } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { api } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { useMaintenanceBook } from '../../parts/fund-account.ts'
import { Go } from '../../parts/go.tsx'
import { textOfFen } from '../../parts/money-text.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { VoucherSheet } from '../../parts/voucher-sheet.tsx'
import { useScope } from '../../scope.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { ActionFields } from './action-fields.tsx'
import { submitAction } from './action-submit.ts'
import { sheetsOf, summaryOf, type Action, type ActionValues, type SheetRecords } from './action-sheets.ts'
import { DistributionPreview } from './distribution-preview.tsx'
import type { QuarterView } from './quarter-table.tsx'

export { ACTIONS, type Action } from './action-sheets.ts'

type Props = {
  readonly action: Action
  readonly complexId: ComplexId
  readonly view: QuarterView
  readonly onClose: () => void
}

const CONTRACTS_OFFERED = 200

export function ActionDialog({ action, complexId, view, onClose }: Props) {
  const { books, complex, quarter } = useScope()
  const book = books.find(({ fundKind }) => fundKind === 'publicIncome')
  const maintenance = useMaintenanceBook()
  const accounts = useQuery(api.book.accounts.queryOptions({ bookId: book?.id ?? 0 }, { enabled: book !== undefined })).data
  const contracts = useQuery(api.income.contracts.queryOptions({ complexId, state: 'all', limit: CONTRACTS_OFFERED })).data
  const banks = useQuery(api.book.bankAccounts.queryOptions()).data
  if (book === undefined || accounts === undefined || contracts === undefined || banks === undefined) return null
  const records: SheetRecords = { complexName: complex?.name ?? '', quarter, accounts, contracts, book, maintenance }
  const accountIn = (bookId: number | undefined) => {
    const of = banks.filter((bank) => bank.bookId === bookId && bank.state === 'active')
    return (of.find((bank) => bank.complexId === complexId) ?? of.find((bank) => bank.complexId === null))?.id ?? null
  }
  const first: ActionValues = {
    source: contracts.length > 0 ? 'contract' : 'category',
    kind: 'distribution',
    bankAccountId: accountIn(book.id),
    toBankAccountId: accountIn(maintenance?.id),
    ...(action === 'topUp' && view.topUp.proposedFen !== null && { amount: textOfFen(view.topUp.proposedFen) }),
  }
  return <ActionForm action={action} complexId={complexId} records={records} first={first} onClose={onClose} />
}

type FormProps = Pick<Props, 'action' | 'complexId' | 'onClose'> & {
  readonly records: SheetRecords
  readonly first: ActionValues
}

/** Services name the fields of a voucher; the form names what a person fills in. */
const FIELDS: Readonly<Record<string, string>> = { amountFen: 'amount', attachments: 'papers', accountCode: 'accountId' }

function ActionForm({ action, complexId, records, first, onClose }: FormProps) {
  const text = incomeText.actions
  const { asOf, today, quarter } = useScope()
  // A top-up settles a quarter that is over; everything else belongs to the quarter on screen.
  const date = action === 'topUp' ? today : asOf
  const [form] = Form.useForm<ActionValues>()
  const problems = useFormProblems(form, (field) => FIELDS[field] ?? field)
  const [isSaved, setSaved] = useState(false)
  const values: ActionValues = { ...first, ...Form.useWatch([], form) }

  async function submit(): Promise<void> {
    if (problems.isBusy || isSaved) return
    const checked = await form.validateFields().catch(() => null)
    if (checked === null) return
    setSaved(await problems.attempt(() => submitAction(action, { ...first, ...checked }, { complexId, quarter, records })))
  }
  useShortcut('Ctrl+Enter', text.save, () => void submit())

  return (
    <Modal
      open
      title={text[action]}
      width={1040}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{isSaved ? incomeText.figure.close : text.cancel}</Button>
          {!isSaved && <Button type="primary" loading={problems.isBusy} onClick={() => void submit()}>{text.save}</Button>}
        </>
      }
    >
      <div className="income-action">
        <Form
          form={form}
          layout="vertical"
          disabled={isSaved}
          initialValues={{ ...first, date, summary: summaryOf(action, first, records), papers: [] }}
          onValuesChange={(changed: Partial<ActionValues>, all) => {
            // The proposed summary follows the choice until the person writes another.
            if ('summary' in changed || 'amount' in changed) return
            form.setFieldsValue({ summary: summaryOf(action, { ...first, ...all }, records) })
            const open = records.contracts.find((contract) => contract.id === changed.contractId)?.openFen ?? 0
            if (open > 0) form.setFieldsValue({ amount: textOfFen(fen(open)) })
          }}
        >
          {problems.problem !== null && <ProblemNote problem={problems.problem} />}
          <ActionFields action={action} complexId={complexId} values={values} records={records} />
        </Form>
        <section aria-label={text.preview}>
          {isSaved && (
            <p>
              <StateTag icon="check" tone="accent" word={text.saved} />{' '}
              <Go to={{ screen: 'vouchers', path: ['draft'], scope: { book: records.book.id } }}>{text.toDrafts}</Go>
            </p>
          )}
          {sheetsOf(action, values, records).map((sheet, index) => <VoucherSheet key={index} sheet={sheet} />)}
          {action === 'distribute' && <DistributionPreview complexId={complexId} amount={values.amount} />}
        </section>
      </div>
    </Modal>
  )
}
