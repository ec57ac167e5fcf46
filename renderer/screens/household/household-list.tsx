/** The households of one complex: filtered, paged, names masked; opens a card. */
import { useCallback, useState } from 'react'
import { Button, Form, Input, Modal, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import { formatArea } from '#core/register/area.ts'
import { HOUSEHOLD_STANDINGS } from '#core/register/household.ts'
import type { ComplexId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { rateText } from '../../messages/contribution-rate.ts'
import { householdText as text, STANDING_WORD, USE_WORD } from '../../messages/household.ts'
import { useFormProblems } from '../../parts/form-problems.ts'
import { Go } from '../../parts/go.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { PagedGrid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo, refine } from '../../place.ts'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { RegisterDialog } from './facts-dialogs.tsx'
import { MoneyActions } from './money-actions.tsx'
import type { ListedHousehold } from './records.ts'
import { Standing } from './standing.tsx'
import { useVault, VaultButton } from './vault.tsx'

const { columns: heads } = text

function ownersText(owners: readonly (string | null)[]): string {
  return owners.map((name) => name ?? text.sealed).join(text.ownersJoin)
}

function marksText({ isExcluded, isDeveloperHeld }: ListedHousehold): string {
  const marks = [isExcluded === 1 ? text.excluded : '', isDeveloperHeld === 1 ? text.developer : '']
  return marks.filter((mark) => mark !== '').join(' ')
}

const FIELDS: readonly ColDef<ListedHousehold>[] = [
  { field: 'address', headerName: heads.address, width: 170 },
  { field: 'floor', headerName: heads.floor, type: 'number', width: 60 },
  {
    headerName: heads.area, type: 'number', width: 100,
    valueGetter: ({ data }) => (data === undefined ? '' : formatArea(data.areaDm2)),
  },
  { headerName: heads.use, width: 80, valueGetter: ({ data }) => (data === undefined ? '' : USE_WORD[data.use]) },
  { headerName: heads.owners, type: 'text', valueGetter: ({ data }) => (data === undefined ? '' : ownersText(data.owners)) },
  { headerName: heads.marks, width: 90, valueGetter: ({ data }) => (data === undefined ? '' : marksText(data)) },
  { field: 'firstDueFen', headerName: heads.due, type: 'money', width: 112 },
  { field: 'balanceFen', headerName: heads.balance, type: 'money', width: 112 },
  drawn<ListedHousehold>({ headerName: heads.standing, width: 100 }, ({ standing }) => <Standing standing={standing} />),
]
/** Read page by page in the server's order: there is nothing to sort. */
const COLUMNS: readonly ColDef<ListedHousehold>[] = FIELDS.map((column) => ({ ...column, sortable: false }))

type Props = { readonly complexId: ComplexId; readonly name: string; readonly query: Readonly<Record<string, string>> }

export function HouseholdList({ complexId, name, query }: Props) {
  const vault = useVault()
  const buildings = useQuery(api.complex.buildings.queryOptions({ complexId }))
  const totals = useQuery(api.household.totals.queryOptions({ complexId }))
  const mayWrite = useMay('bookkeeper', 'head', 'preparer')
  const [doing, setDoing] = useState<'register' | 'find'>()
  const [error, setError] = useState<unknown>(null)
  const room = query['room'] ?? ''
  const standing = HOUSEHOLD_STANDINGS.find((each) => each === query['standing'])
  const buildingId = buildings.data?.find(({ id }) => String(id) === query['building'])?.id
  const openImport = () => goTo({ screen: 'complexes', path: [complexId, 'households', 'import'] })
  useShortcut('Ctrl+N', text.register, () => setDoing('register'), { isOn: mayWrite })

  const page = useCallback(
    (last: ListedHousehold | undefined, limit: number) =>
      client.household.list.query({
        complexId,
        limit,
        ...(buildingId !== undefined && { buildingId }),
        ...(standing !== undefined && { standing }),
        ...(room !== '' && { room }),
        ...(last !== undefined && { after: last.id }),
      }),
    [complexId, buildingId, standing, room],
  )
  const counted = totals.data
  const isFiltered = room !== '' || standing !== undefined || buildingId !== undefined
  return (
    <Page
      title={text.titleOf(name)}
      {...(counted !== undefined && { hint: text.totals(counted.households, formatArea(counted.areaDm2)) })}
      body="fill"
      actions={
        <>
          <VaultButton />
          {mayWrite && <Button onClick={() => setDoing('find')}>{text.find}</Button>}
          {mayWrite && <Button onClick={() => setDoing('register')} aria-keyshortcuts="Control+N">{text.register}</Button>}
          {mayWrite && <Button type="primary" onClick={openImport}>{text.import}</Button>}
        </>
      }
      toolbar={
        <>
          <Select
            aria-label={text.building}
            className="household-filter"
            value={buildingId === undefined ? '' : String(buildingId)}
            options={[{ value: '', label: text.allBuildings },
              ...(buildings.data?.map((building) => ({ value: String(building.id), label: building.name })) ?? [])]}
            onChange={(value) => refine({ building: value })}
          />
          <Select
            aria-label={text.filter}
            className="household-filter"
            value={standing ?? ''}
            options={[{ value: '', label: text.allStandings },
              ...HOUSEHOLD_STANDINGS.map((value) => ({
                value, label: `${STANDING_WORD[value]} ${counted?.standings[value] ?? ''}`,
              }))]}
            onChange={(value) => refine({ standing: value })}
          />
          <Input.Search
            aria-label={text.searchRoom}
            placeholder={text.searchRoom}
            className="household-filter"
            defaultValue={room}
            allowClear
            onSearch={(typed) => refine({ room: typed.trim() })}
          />
          {buildingId !== undefined && (
            <Go to={{ screen: 'complexes', path: [complexId, 'buildings', buildingId] }}>{text.picture}</Go>
          )}
          <Go to={{ screen: 'complexes', path: [complexId, 'households', 'rates'] }}>{rateText.open}</Go>
          <MoneyActions complexId={complexId} name={name} buildingId={buildingId} />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <PagedGrid
        // Names appear when the vault opens.
        key={`${vault ?? ''}-${counted?.households ?? 0}-${buildingId ?? ''}-${standing ?? ''}-${room}`}
        label={text.title}
        columns={COLUMNS}
        rowId={({ id }: ListedHousehold) => String(id)}
        empty={isFiltered ? text.noMatch : text.empty}
        page={page}
        onError={setError}
        onOpen={({ id }) => goTo({ screen: 'complexes', path: [complexId, 'households', id] })}
      />
      {doing === 'register' && <RegisterDialog complexId={complexId} onClose={() => setDoing(undefined)} />}
      {doing === 'find' && <FindDialog onClose={() => setDoing(undefined)} />}
    </Page>
  )
}

/** A whole number of one person; what it finds is listed here, since one owner may own in several complexes. */
function FindDialog({ onClose }: { readonly onClose: () => void }) {
  const [form] = Form.useForm<{ identity: string }>()
  const { problem, isBusy, attempt } = useFormProblems(form)
  const [found, setFound] = useState<readonly ListedHousehold[]>()

  async function find({ identity }: { identity: string }): Promise<void> {
    await attempt(async () => setFound(await client.household.find.mutate({ identity })))
  }
  return (
    <Modal
      open
      title={text.findTitle}
      okText={text.findVerb}
      onOk={form.submit}
      onCancel={onClose}
      confirmLoading={isBusy}
      mask={{ closable: false }}
    >
      <Form form={form} layout="vertical" onFinish={find}>
        <p className="quiet">{text.findHint}</p>
        {problem !== null && <ProblemNote problem={problem} />}
        <Form.Item
          name="identity"
          label={text.identity}
          rules={[{ required: true, whitespace: true, message: text.identityMissing }]}
        >
          <Input autoFocus autoComplete="off" maxLength={40} />
        </Form.Item>
      </Form>
      {found?.length === 0 && <p role="status">{text.findNone}</p>}
      {found !== undefined && found.length > 0 && (
        <ul className="found-households">
          {found.map(({ id, complexId, complex, address }) => (
            <li key={id}>
              <Go to={{ screen: 'complexes', path: [complexId, 'households', id] }}>{`${complex} ${address}`}</Go>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  )
}
