/** The register: contractors, supervisors and auditors, whether they are in force, and how they did. */
import { useQuery } from '@tanstack/react-query'
import { averageHundredths, formatPoints } from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLE_WORD } from '#core/contractor/tender.ts'
import { api, client } from '../../client.ts'
import { contractorText as text } from '../../messages/contractor.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { PrintButton } from '../repair/print-button.tsx'
import { RepairSections } from '../repair/sections.tsx'

type Party = Answers['contractor']['list'][number]

function Term({ validTo, isInForce }: Pick<Party, 'validTo' | 'isInForce'>) {
  if (validTo === null) return <StateTag tone="due" icon="warning" word={text.never} />
  return isInForce === 1
    ? <StateTag tone="good" icon="check" word={text.inForce(validTo)} />
    : <StateTag tone="due" icon="clock" word={text.over(validTo)} />
}

function averageOf({ scored, scoreSum }: Party): string {
  const average = averageHundredths(scoreSum, scored)
  return average === null ? '' : formatPoints(average)
}

const COLUMNS = [
  drawn<Party>({ headerName: text.columns.role, width: 90 }, ({ role }) => CONTRACTOR_ROLE_WORD[role]),
  { field: 'name', headerName: text.columns.name, type: 'text' },
  drawn<Party>({ headerName: text.columns.term, width: 150 }, (party) => <Term {...party} />),
  { field: 'jobs', headerName: text.columns.jobs, type: 'number' },
  { field: 'openJobs', headerName: text.columns.open, type: 'number' },
  { field: 'amountFen', headerName: text.columns.amount, type: 'money' },
  drawn<Party>({ headerName: text.columns.average, type: 'number', width: 96 }, averageOf),
  { field: 'rewardPoints', headerName: text.columns.reward, type: 'number' },
  { field: 'deductionPoints', headerName: text.columns.deduction, type: 'number' },
] satisfies Parameters<typeof Grid<Party>>[0]['columns']

export function ContractorList() {
  const { data: parties, error } = useQuery(api.contractor.list.queryOptions())
  return (
    <Page
      title={text.list}
      hint={text.hint}
      body="fill"
      toolbar={<RepairSections current="contractors" />}
      actions={<PrintButton label={text.print} start={() => client.contractor.print.mutate({ kind: 'register' })} />}
    >
      {error !== null && <ProblemNote error={error} />}
      <Grid
        label={text.list}
        columns={COLUMNS}
        rows={parties ?? []}
        rowId={({ id, role }: Party) => `${role} ${id}`}
        empty={text.empty}
        onOpen={({ id }) => goTo({ screen: 'repairs', path: ['contractors', id] })}
      />
    </Page>
  )
}
