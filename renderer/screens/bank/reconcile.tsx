/** 对账: the bank's open lines left, the book's right; Space ticks, Enter matches, the difference is always in sight. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { Month } from '#core/calendar.ts'
import { api, client, refreshAll } from '../../client.ts'
import { inventoryText, reconcileText as text } from '../../messages/reconciliation.ts'
import { Go } from '../../parts/go.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { useAccount } from './account.ts'
import { Desk } from './reconcile-desk.tsx'
import { monthsUpTo } from './reconcile-model.ts'
import { MonthStrip, SealActions } from './reconcile-months.tsx'
import './reconcile.css'

type Props = { readonly bankAccountId: number; readonly chosen: string | undefined }

export function Reconcile({ bankAccountId, chosen }: Props) {
  const { name } = useAccount(bankAccountId)
  const { today } = useScope()
  const months = monthsUpTo(today)
  const strip = useQuery(api.reconciliation.months.queryOptions({ bankAccountId, months: [...months] }))
  // The oldest month with something left to do; else the last.
  const next = strip.data?.find(({ state }) => state === 'open' || state === 'settled')
    ?? strip.data?.findLast(({ state }) => state !== 'none')
  const month = months.find((one) => one === chosen) ?? next?.month ?? months.at(-1)
  // Before the first statement there is nothing to ask for.
  const isReached = month !== undefined && strip.data?.some((one) => one.state !== 'none' && one.month <= month) === true
  return (
    <Page
      title={text.title(name)}
      hint={text.hint}
      body="fill"
      actions={
        <>
          <Button onClick={() => goTo({ screen: 'bank', path: [bankAccountId, 'inventory'] })}>{inventoryText.open}</Button>
          {isReached && <MonthActions key={month} bankAccountId={bankAccountId} month={month} />}
        </>
      }
      toolbar={<MonthStrip bankAccountId={bankAccountId} states={strip.data ?? []} chosen={month} />}
    >
      {strip.error !== null && <ProblemNote error={strip.error} />}
      {isReached && <Desk key={month} bankAccountId={bankAccountId} month={month} />}
      {strip.data !== undefined && !isReached && (
        <p className="quiet">
          {text.notReached} <Go to={{ screen: 'bank', path: [bankAccountId, 'import'] }}>{text.import}</Go>
        </p>
      )}
    </Page>
  )
}

type Question = { readonly bankAccountId: number; readonly month: Month }
type Job = { readonly title: string; readonly jobId: string }

function MonthActions(question: Question) {
  const [job, setJob] = useState<Job>()
  const [error, setError] = useState<unknown>(null)
  const mayMatch = useMay('bookkeeper', 'reconciler', 'head')
  const start = async (title: string, begin: () => Promise<{ jobId: string }>): Promise<void> => {
    setError(null)
    try {
      setJob({ title, ...(await begin()) })
    } catch (thrown) {
      setError(thrown)
    }
  }
  const run = () => void start(text.runTitle, () => client.reconciliation.run.mutate(question))
  const print = () => void start(text.printTitle, () => client.reconciliation.print.mutate(question))
  useShortcut('A', text.run, run, { isOn: mayMatch })
  useShortcut('P', text.print, print)
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <Button onClick={print}>{text.print}</Button>
      {mayMatch && <Button onClick={run} title={text.runHint}>{text.run}</Button>}
      <SealActions {...question} />
      {job !== undefined && (
        <JobDialog
          title={job.title}
          jobId={job.jobId}
          onClose={() => setJob(undefined)}
          onDone={() => void refreshAll()}
        />
      )}
    </>
  )
}
