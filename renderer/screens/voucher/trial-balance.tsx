/** 科目余额表 of the book and complex in the scope; every account opens its register. */
import { useMemo, useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { trialBalanceSheet, type TrialBalanceLine } from '#core/voucher/trial-balance.ts'
import { api, client } from '../../client.ts'
import { voucherText } from '../../messages/voucher.ts'
import { inGivenOrder } from '../../parts/given-order.ts'
import { Grid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useSideWords, type SideWords } from '../../side-words.ts'
import { DateRange } from './date-range.tsx'
import { VoucherSections } from './sections.tsx'
import { dayIn } from './vouchers.tsx'

const text = voucherText.balance

const columnsWith = ({ debit, credit }: SideWords) => inGivenOrder<TrialBalanceLine>([
  { field: 'code', headerName: text.code, width: 90 },
  { field: 'name', headerName: text.name, type: 'text', cellClass: ({ data }) => `balance-level-${data?.level ?? 1}` },
  { field: 'openingDebit', headerName: text.opening(debit), type: 'money' },
  { field: 'openingCredit', headerName: text.opening(credit), type: 'money' },
  { field: 'periodDebit', headerName: text.period(debit), type: 'money' },
  { field: 'periodCredit', headerName: text.period(credit), type: 'money' },
  { field: 'closingDebit', headerName: text.closing(debit), type: 'money' },
  { field: 'closingCredit', headerName: text.closing(credit), type: 'money' },
])

export function TrialBalance({ query }: { readonly query: Readonly<Record<string, string>> }) {
  const { bookId, complexId, range } = useScope()
  const sides = useSideWords()
  const columns = useMemo(() => columnsWith(sides), [sides])
  const from = dayIn(query['from']) ?? range.first
  const to = dayIn(query['to']) ?? range.last
  const asked = bookId !== undefined
  const balance = useQuery(
    api.book.trialBalance.queryOptions(
      { bookId: bookId ?? 1, from, to, ...(complexId !== null && { complexId }) },
      { enabled: asked },
    ),
  )
  const accounts = useQuery(api.book.accounts.queryOptions({ bookId: bookId ?? 1 }, { enabled: asked }))
  const sheet = useMemo(() => {
    if (balance.data === undefined || accounts.data === undefined) return undefined
    const chart = accounts.data.map(({ code, name, isLeaf }) => ({ code, name, isLeaf: isLeaf === 1 }))
    return trialBalanceSheet(balance.data.rows, chart)
  }, [balance.data, accounts.data])
  const [jobId, setJobId] = useState<string>()
  const [error, setError] = useState<unknown>(null)

  async function print(): Promise<void> {
    if (bookId === undefined) return
    setError(null)
    try {
      const job = await client.book.printTrialBalance.mutate({ bookId, complexId, from, to })
      setJobId(job.jobId)
    } catch (refusal) {
      setError(refusal)
    }
  }

  function openAccount({ code }: TrialBalanceLine): void {
    const account = accounts.data?.find((each) => each.code === code)
    if (account?.isLeaf === 1) goTo({ screen: 'vouchers', path: ['account', account.id], query: { from, to } })
  }

  const failure = error ?? balance.error ?? accounts.error
  return (
    <Page
      title={text.title}
      body="fill"
      hint={sheet === undefined || sheet.lines.length === 0 ? undefined : <Balanced sheet={sheet} />}
      actions={<Button icon={<Icon name="print" />} onClick={print} disabled={!asked}>{voucherText.print}</Button>}
      toolbar={
        <>
          <VoucherSections current="balance" />
          <DateRange from={from} to={to} />
        </>
      }
    >
      {failure !== null && <ProblemNote error={failure} />}
      <Grid
        label={text.title}
        columns={columns}
        rows={asked ? sheet?.lines : []}
        rowId={({ code }) => code}
        empty={asked ? text.empty : voucherText.noBook}
        rowClass={({ level }) => (level === 1 ? 'balance-heading' : '')}
        onOpen={openAccount}
        {...(sheet !== undefined && sheet.lines.length > 0 && { totals: { code: text.total, ...sheet.totals } })}
      />
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function Balanced({ sheet: { totals } }: { readonly sheet: ReturnType<typeof trialBalanceSheet> }) {
  const tiesOut = totals.openingDebit === totals.openingCredit && totals.periodDebit === totals.periodCredit
    && totals.closingDebit === totals.closingCredit
  return tiesOut
    ? <StateTag icon="check" tone="good" word={text.tiesOut} />
    : <StateTag icon="warning" tone="bad" word={text.broken} />
}
