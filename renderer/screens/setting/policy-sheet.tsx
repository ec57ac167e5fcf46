/** Every local rule of a profile on a day: what it says, where it comes from, what is still to be filled in and by whom. */
import { useState } from 'react'
import { Button, Checkbox, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { api } from '../../client.ts'
import { settingText as text } from '../../messages/setting.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo, refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { PolicyDialog } from './policy-dialog.tsx'
import { SettingSections } from './settings.tsx'

export type SheetRow = Answers['setting']['profile']['rows'][number]
type Profiles = Answers['setting']['profiles']

const COLUMNS = [
  { field: 'group', headerName: text.group, width: 86 },
  { field: 'label', headerName: text.setting, type: 'text' },
  drawn<SheetRow>({ field: 'text', headerName: text.content, flex: 1.4, minWidth: 160 }, ({ toFill, text: content }) =>
    (toFill ? <StateTag icon="warning" tone="due" word={content} /> : content)),
  { headerName: text.from, width: 130, valueGetter: ({ data }) => data?.from.name ?? '' },
] satisfies Parameters<typeof Grid<SheetRow>>[0]['columns']

/** One choice per profile; the version in force on the day stands for it. */
function profileChoices(profiles: Profiles) {
  return [...Map.groupBy(profiles, ({ code }) => code)].map(([code, versions]) => {
    const version = versions.find(({ inForce }) => inForce) ?? versions.at(-1)
    return { value: code, label: `${version?.name ?? code}${version?.inForce === true ? '' : `（${text.notInForce}）`}` }
  })
}

type Props = { readonly code: string | undefined; readonly query: Readonly<Record<string, string>> }

export function PolicySheet({ code, query }: Props) {
  const { today, complex, complexes } = useScope()
  const asked = query['date']
  const date: BusinessDate = asked !== undefined && isBusinessDate(asked) ? parseDate(asked) : today
  const profiles = useQuery(api.setting.profiles.queryOptions({ date }))
  const choices = profiles.data === undefined ? [] : profileChoices(profiles.data)
  // An address is lower or upper case as it was typed; codes are compared as they are.
  const chosen = code ?? complex?.profileCode ?? complexes[0]?.profileCode ?? choices[0]?.value
  const sheet = useQuery(api.setting.profile.queryOptions({ code: chosen ?? '-', date }, { enabled: chosen !== undefined }))
  const [current, setCurrent] = useState<SheetRow['key']>()
  const [editing, setEditing] = useState<SheetRow>()
  const mayWrite = useMay('head', 'administrator')
  const isFillOnly = query['fill'] === '1'
  const rows = isFillOnly ? sheet.data?.rows.filter(({ toFill }) => toFill) : sheet.data?.rows
  const row = sheet.data?.rows.find(({ key }) => key === current)
  const missing = sheet.data?.rows.filter(({ toFill }) => toFill).length ?? 0
  useShortcut('F2', text.fillIn, () => setEditing(row), { isOn: mayWrite && row !== undefined && editing === undefined })

  const error = profiles.error ?? sheet.error
  return (
    <Page
      title={text.title}
      body="fill"
      hint={sheet.data === undefined
        ? undefined
        : missing > 0
          ? <StateTag icon="warning" tone="due" word={text.toFillCount(missing)} />
          : <StateTag icon="check" word={text.allFilled} />}
      toolbar={
        <>
          <SettingSections current="policy" />
          <Select<string | null>
            className="policy-choice"
            aria-label={text.profile}
            value={chosen ?? null}
            options={choices}
            showSearch={{ optionFilterProp: 'label' }}
            popupMatchSelectWidth={false}
            onChange={(next) => next !== null && goTo({ screen: 'settings', path: ['policy', next], query })}
          />
          <DateInput aria-label={text.asOf} value={date} onChange={(next) => refine({ date: next ?? '' })} />
          <Checkbox checked={isFillOnly} onChange={(event) => refine({ fill: event.target.checked ? '1' : '' })}>
            {text.toFillOnly}
          </Checkbox>
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {sheet.data?.notices.map((notice) => <p key={notice}><StateTag icon="info" tone="due" word={notice} /></p>)}
      <div className="policy-panes">
        <Grid
          label={text.profile}
          columns={COLUMNS}
          rows={rows}
          rowId={({ key }) => key}
          empty={choices.length === 0 ? text.noProfiles : text.emptySheet}
          onCurrent={({ key }) => setCurrent(key)}
          {...(mayWrite && { onOpen: setEditing })}
        />
        <aside>
          {row === undefined
            ? <p className="quiet">{text.chooseRow}</p>
            : <PolicyRow row={row} onEdit={mayWrite ? () => setEditing(row) : undefined} />}
        </aside>
      </div>
      {editing !== undefined && chosen !== undefined && (
        <PolicyDialog
          key={editing.key}
          row={editing}
          profileCode={editing.from.code}
          date={date}
          onClose={() => setEditing(undefined)}
        />
      )}
    </Page>
  )
}

function PolicyRow({ row, onEdit }: { readonly row: SheetRow; readonly onEdit: (() => void) | undefined }) {
  return (
    <>
      <h2>{row.label}</h2>
      <p>{row.toFill ? <StateTag icon="warning" tone="due" word={row.text} /> : row.text}</p>
      <Facts
        facts={[
          { label: text.from, value: `${row.from.name}（${row.from.code}）`, wide: true },
          ...(row.source === '' ? [] : [{ label: text.source, value: row.source, wide: true }]),
          ...(row.evidence === '' ? [] : [{ label: text.evidence, value: row.evidence, wide: true }]),
          ...(row.note === null ? [] : [{ label: text.note, value: row.note, wide: true }]),
          ...(row.setBy === null
            ? []
            : [
                { label: text.fillIn, value: text.setBy(row.setBy.setBy, row.setBy.approvedBy), wide: true },
                { label: text.validFrom, value: row.setBy.validFrom, wide: true },
              ]),
          ...(row.neededFor.length === 0 ? [] : [{ label: text.neededFor, value: row.neededFor.join('、'), wide: true }]),
        ]}
      />
      {onEdit !== undefined && <Button onClick={onEdit}>{text.fillIn}</Button>}
    </>
  )
}
