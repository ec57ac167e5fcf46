/** What is done with the money of a whole complex: open the sub-ledger, contributions, letters, statements, receipts. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { parseDate } from '#core/calendar.ts'
import type { BuildingId, ComplexId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { bankBatchText, contributeText, openingText, receiptText, topUpText as text } from '../../messages/household-money.ts'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { BankBatchDialog } from './bank-batch-dialog.tsx'
import { ContributeDialog } from './contribute-dialog.tsx'
import { OpeningDialog } from './opening-dialog.tsx'

type Props = { readonly complexId: ComplexId; readonly name: string; readonly buildingId: BuildingId | undefined }

export function MoneyActions({ complexId, name, buildingId }: Props) {
  const { today } = useScope()
  const { data: isBegun } = useQuery(api.householdMoney.isBegun.queryOptions({ complexId }))
  const mayPrepare = useMay('preparer')
  const mayOpen = useMay('preparer', 'bookkeeper', 'head')
  const [doing, setDoing] = useState<'open' | 'contribute' | 'bank'>()
  const [job, setJob] = useState<{ readonly title: string; readonly jobId: string }>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const close = () => setDoing(undefined)

  async function print(title: string, start: () => Promise<{ readonly jobId: string }>): Promise<void> {
    setRefusal(null)
    try {
      setJob({ title, ...await start() })
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  const scope = { complexId, buildingId: buildingId ?? null }
  const year = { from: parseDate(`${today.slice(0, 4)}-01-01`), to: today }
  return (
    <>
      {isBegun === false && mayOpen && <Button onClick={() => setDoing('open')}>{openingText.verb}</Button>}
      {isBegun === true && (
        <>
          {mayPrepare && <Button onClick={() => setDoing('contribute')}>{contributeText.title}</Button>}
          {mayPrepare && <Button onClick={() => setDoing('bank')}>{bankBatchText.verb}</Button>}
          <Button
            icon={<Icon name="print" />}
            onClick={() => void print(text.printing, () => client.householdMoney.printTopUp.mutate(scope))}
          >
            {text.letters}
          </Button>
          <Button
            icon={<Icon name="print" />}
            onClick={() => void print(text.statements, () =>
              client.householdMoney.printStatements.mutate({ ...scope, householdId: null, ...year }))}
          >
            {text.statements}
          </Button>
          <Go to={{ screen: 'complexes', path: [complexId, 'households', 'receipts'] }}>{receiptText.open}</Go>
        </>
      )}
      {refusal !== null && <ProblemNote error={refusal} />}
      {doing === 'open' && <OpeningDialog complexId={complexId} onClose={close} />}
      {doing === 'bank' && <BankBatchDialog complexId={complexId} onClose={close} />}
      {doing === 'contribute' && <ContributeDialog complexId={complexId} complex={name} onClose={close} />}
      {job !== undefined && <JobDialog title={job.title} jobId={job.jobId} onClose={() => setJob(undefined)} />}
    </>
  )
}
