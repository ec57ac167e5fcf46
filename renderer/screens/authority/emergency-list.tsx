/** Emergencies: what still has to be decided, and what is owed after the works, each by when. */
import type { ColDef } from 'ag-grid-community'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { emergencyText as text } from '../../messages/authority.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { RepairSections } from '../repair/sections.tsx'

type Work = Answers['authority']['emergencies'][number]
type Duty = Work['owes'][number]['duty']

function Owed({ work, duty }: { readonly work: Work; readonly duty: Duty }) {
  if (duty === 'decide') return <Decision work={work} />
  if (work.acceptedOn === null) return <span className="quiet">{text.notAccepted}</span>
  const owed = work.owes.find((one) => one.duty === duty)
  const deadline = duty === 'settle' ? work.deadlines.settleBy : work.deadlines.publishBy
  if (deadline === null) return <span className="quiet">{text.noDeadline}</span>
  if (owed === undefined) return <StateTag icon="check" tone="good" word={text.done} />
  return owed.isOverdue
    ? <StateTag icon="warning" tone="bad" word={text.overdue(owed.by)} />
    : <StateTag icon="clock" tone="due" word={text.by(owed.by)} />
}

function Decision({ work: { isPending, isConsentedBySilence, owes, deadlines: { decideBy } } }: { readonly work: Work }) {
  if (!isPending) return <StateTag icon="check" tone="good" word={text.decided} />
  if (decideBy === null) return <StateTag icon="clock" tone="due" word={text.notDecided} />
  if (isConsentedBySilence) return <StateTag icon="clock" tone="due" word={text.consented(decideBy)} />
  return owes.some(({ duty, isOverdue }) => duty === 'decide' && isOverdue)
    ? <StateTag icon="warning" tone="bad" word={text.overdue(decideBy)} />
    : <StateTag icon="clock" tone="due" word={text.by(decideBy)} />
}

const { columns: heads } = text
const COLUMNS: readonly ColDef<Work>[] = [
  { field: 'number', headerName: heads.number, width: 120 },
  { field: 'complexName', headerName: heads.complex, width: 100 },
  { field: 'title', headerName: heads.title, type: 'text' },
  { field: 'item', headerName: heads.item, width: 170 },
  { field: 'appliedOn', headerName: heads.appliedOn, type: 'date' },
  drawn<Work>({ headerName: heads.decideBy, width: 140 }, (work) => <Owed work={work} duty="decide" />),
  { field: 'acceptedOn', headerName: heads.acceptedOn, type: 'date' },
  drawn<Work>({ headerName: heads.settle, width: 130 }, (work) => <Owed work={work} duty="settle" />),
  drawn<Work>({ headerName: heads.publish, width: 130 }, (work) => <Owed work={work} duty="publish" />),
]

export function EmergencyList() {
  const { complexId } = useScope()
  const { data, error } = useQuery(api.authority.emergencies.queryOptions({ complexId }))
  return (
    <Page title={text.title} hint={text.hint} body="fill" toolbar={<RepairSections current="emergencies" />}>
      {error !== null && <ProblemNote error={error} />}
      <Grid
        label={text.title}
        columns={COLUMNS}
        rows={data}
        rowId={({ id }) => String(id)}
        empty={text.empty}
        onOpen={({ id }) => goTo({ screen: 'repairs', path: [id] })}
      />
    </Page>
  )
}
