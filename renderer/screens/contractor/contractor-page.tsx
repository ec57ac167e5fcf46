/** One party: its awards and terms, the jobs it did with their scores, rewards and deductions. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { CounterpartyId } from '#core/id.ts'
import { HEARD_FOLLOW_UP_WORD, MERIT_WORD } from '#core/contractor/contractor-score.ts'
import { REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { CONTRACTOR_ROLE_WORD } from '#core/contractor/tender.ts'
import { api } from '../../client.ts'
import { contractorText as text } from '../../messages/contractor.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { MeritDialog } from './merit-dialog.tsx'

type Party = Answers['contractor']['get']
type Job = Party['jobs'][number]
type Award = Party['awards'][number]
type Merit = Party['merits'][number]

const JOB_COLUMNS = [
  { field: 'number', headerName: text.jobColumns.number, width: 130 },
  { field: 'title', headerName: text.jobColumns.title, type: 'text' },
  { field: 'complexName', headerName: text.jobColumns.complex, width: 120 },
  { field: 'reportedOn', headerName: text.jobColumns.reportedOn, type: 'date' },
  drawn<Job>({ headerName: text.jobColumns.step, width: 110 }, ({ step }) => REPAIR_STEP_WORD[step]),
  { field: 'amountFen', headerName: text.jobColumns.amount, type: 'money' },
  { field: 'total', headerName: text.jobColumns.total, type: 'number' },
  drawn<Job>({ headerName: text.jobColumns.followUp, width: 120 }, ({ followUp }) =>
    followUp === null ? '' : HEARD_FOLLOW_UP_WORD[followUp]),
] satisfies Parameters<typeof Grid<Job>>[0]['columns']

const MERIT_COLUMNS = [
  { field: 'happenedOn', headerName: text.meritColumns.on, type: 'date' },
  drawn<Merit>({ headerName: text.meritColumns.kind, width: 80 }, ({ kind }) => MERIT_WORD[kind]),
  { field: 'points', headerName: text.meritColumns.points, type: 'number' },
  { field: 'reason', headerName: text.meritColumns.reason, type: 'text' },
  { field: 'repairNumber', headerName: text.meritColumns.repair, width: 130 },
  drawn<Merit>({ headerName: text.meritColumns.persons, width: 160 }, (merit) => `${merit.recordedBy}、${merit.confirmedBy}`),
] satisfies Parameters<typeof Grid<Merit>>[0]['columns']

const JOBS_SHOWN = 10

export function ContractorPage({ id }: { readonly id: CounterpartyId }) {
  const { data: party, error } = useQuery(api.contractor.get.queryOptions({ id }))
  if (party === undefined) return <Page title={text.list}>{error === null ? null : <ProblemNote error={error} />}</Page>
  return <PartyPage party={party} />
}

function PartyPage({ party }: { readonly party: Party }) {
  const [isAdding, setAdding] = useState(false)
  const mayJudge = useMay('reviewer', 'head')
  const { page } = text
  return (
    <Page
      title={party.name}
      actions={mayJudge && <Button onClick={() => setAdding(true)}>{page.addMerit}</Button>}
    >
      <Facts facts={[{ label: page.bank, value: party.bank === '' ? page.noBank : party.bank, wide: true }]} />
      <section className="contractor-part" aria-labelledby="contractor-awards">
        <h2 id="contractor-awards">{page.awards}</h2>
        {party.awards.length === 0 ? <p className="quiet">{page.noAwards}</p> : <Awards awards={party.awards} />}
      </section>
      <section className="contractor-part" aria-labelledby="contractor-jobs">
        <h2 id="contractor-jobs">{page.jobs}</h2>
        <Grid
          label={page.jobs}
          columns={JOB_COLUMNS}
          rows={party.jobs}
          rowId={({ id }: Job) => String(id)}
          empty={page.noJobs}
          height={Math.min(Math.max(party.jobs.length, 2), JOBS_SHOWN)}
          onOpen={({ id }) => goTo({ screen: 'repairs', path: [id] })}
        />
      </section>
      <section className="contractor-part" aria-labelledby="contractor-merits">
        <h2 id="contractor-merits">{page.merits}</h2>
        {party.merits.length === 0
          ? <p className="quiet">{page.noMerits}</p>
          : (
              <Grid
                label={page.merits}
                columns={MERIT_COLUMNS}
                rows={party.merits}
                rowId={({ id }: Merit) => String(id)}
                empty={page.noMerits}
                height={Math.min(party.merits.length, JOBS_SHOWN)}
              />
            )}
      </section>
      {isAdding && <MeritDialog party={party} onClose={() => setAdding(false)} />}
    </Page>
  )
}

function scopeOf({ complexId, repairId }: Award): string {
  if (repairId !== null) return text.page.oneJob
  return complexId === null ? text.page.office : text.page.oneComplex
}

function Awards({ awards }: { readonly awards: readonly Award[] }) {
  return (
    <ul className="contractor-awards">
      {awards.map((award) => (
        <li key={award.id}>
          <span>{CONTRACTOR_ROLE_WORD[award.role]}</span>
          <span className="figure">{`${award.validFrom} — ${award.validTo}`}</span>
          <span>{scopeOf(award)}</span>
          <Go to={{ screen: 'repairs', path: ['tenders', award.tenderId] }}>{`${award.tenderNumber} ${award.tenderTitle}`}</Go>
          {award.endedOn !== null && <span className="quiet">{text.page.ended(award.endedOn)}</span>}
        </li>
      ))}
    </ul>
  )
}
