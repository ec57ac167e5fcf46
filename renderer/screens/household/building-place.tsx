/** The picture of a building: floors × rooms, coloured and worded by how the contribution stands; opens a household. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { formatArea } from '#core/register/area.ts'
import { HOUSEHOLD_STANDINGS } from '#core/register/household.ts'
import type { BuildingId } from '#core/id.ts'
import { formatYuan } from '#core/money.ts'
import { api, client } from '../../client.ts'
import { householdText, pictureText as text, STANDING_WORD } from '../../messages/household.ts'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { BuildingPicture } from './records.ts'
import { STANDING_LOOK } from './standing.tsx'

export function BuildingPlace({ id }: { readonly id: BuildingId }) {
  const { data: picture, error } = useQuery(api.household.picture.queryOptions({ buildingId: id }))
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)

  async function print(): Promise<void> {
    setRefusal(null)
    try {
      const started = await client.household.printPicture.mutate({ buildingIds: [id] })
      setJobId(started.jobId)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  if (picture === undefined) return <Page title={householdText.picture}>{error !== null && <ProblemNote error={error} />}</Page>
  const { totals } = picture
  return (
    <Page
      title={text.title(`${picture.complex}${picture.building}`)}
      hint={text.sums(totals.households, formatArea(totals.areaDm2), formatYuan(totals.dueFen), formatYuan(totals.balanceFen))}
      actions={<Button icon={<Icon name="print" />} onClick={() => void print()}>{text.print}</Button>}
      toolbar={
        <>
          <Legend picture={picture} />
          <Go to={{ screen: 'complexes', path: [picture.complexId, 'households'], query: { building: String(id) } }}>
            {text.household}
          </Go>
        </>
      }
    >
      {refusal !== null && <ProblemNote error={refusal} />}
      {totals.households === 0 && <p className="quiet">{text.empty}</p>}
      <div className="picture">
        {picture.entrances.map((entrance) => (
          <Entrance key={entrance.entrance} complexId={picture.complexId} entrance={entrance} />
        ))}
      </div>
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function Legend({ picture }: { readonly picture: BuildingPicture }) {
  return (
    <ul className="picture-legend" aria-label={text.legend}>
      {HOUSEHOLD_STANDINGS.filter((standing) => picture.totals.standings[standing] > 0).map((standing) => (
        <li key={standing} className={`room-${standing}`}>
          <Icon name={STANDING_LOOK[standing].icon} />
          {`${STANDING_WORD[standing]} ${text.households(picture.totals.standings[standing])}`}
        </li>
      ))}
    </ul>
  )
}

type EntranceProps = { readonly complexId: number; readonly entrance: BuildingPicture['entrances'][number] }

function Entrance({ complexId, entrance }: EntranceProps) {
  return (
    <table aria-label={text.entrance(entrance.entrance) || text.label}>
      {entrance.entrance !== '' && <caption>{text.entrance(entrance.entrance)}</caption>}
      <tbody>
        {entrance.floors.map(({ floor, cells }) => (
          <tr key={floor ?? 'unknown'}>
            <th scope="row">{text.floor(floor)}</th>
            {cells.map((rooms, index) => (
              <td key={entrance.columns[index]}>
                {rooms.map((room) => <Room key={room.id} complexId={complexId} room={room} />)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

type RoomProps = {
  readonly complexId: number
  readonly room: EntranceProps['entrance']['floors'][number]['cells'][number][number]
}

function Room({ complexId, room }: RoomProps) {
  const marks = [room.isExcluded ? householdText.excluded : '', room.isDeveloperHeld ? householdText.developer : '']
  return (
    <Go to={{ screen: 'complexes', path: [complexId, 'households', room.id] }} className={`room room-${room.standing}`}>
      <strong>{room.room}</strong>
      <span className="room-area">{text.area(formatArea(room.areaDm2))}</span>
      <span className="room-state">
        <Icon name={STANDING_LOOK[room.standing].icon} />
        {[STANDING_WORD[room.standing], ...marks].filter((word) => word !== '').join(' ')}
      </span>
    </Go>
  )
}
