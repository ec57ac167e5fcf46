/** People of the office, their roles and passwords. Forbidden pairs are named while they are ticked. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { staffText as text } from '../../messages/staff.ts'
import { ROLE_WORD } from '../../messages/words.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { ScreenProps } from '../index.ts'
import { AddPersonDialog, PasswordDialog, RolesDialog, StateDialog } from './staff-dialogs.tsx'
import './staff.css'

export type ListedPerson = Answers['staff']['list'][number]
type Doing = 'add' | 'roles' | 'password' | 'state'

const COLUMNS = [
  { field: 'login', headerName: text.login, width: 130 },
  { field: 'name', headerName: text.name, width: 130 },
  { headerName: text.roles, type: 'text', valueGetter: ({ data }) => data?.roles.map((role) => ROLE_WORD[role]).join('、') ?? '' },
  drawn<ListedPerson>({ field: 'state', headerName: text.state, width: 110 }, ({ state }) => (
    <StateTag icon={state === 'active' ? 'check' : 'blocked'} word={text.states[state]} />
  )),
] satisfies Parameters<typeof Grid<ListedPerson>>[0]['columns']

/** `staff/password` is where the top bar's own-password entry leads. */
export function Staff({ path: [section] }: ScreenProps) {
  const people = useQuery(api.staff.list.queryOptions())
  const { person: me } = useSession()
  const mayWrite = useMay('administrator')
  const [currentId, setCurrentId] = useState<ListedPerson['id']>()
  const [doing, setDoing] = useState<Doing | undefined>(section === 'password' ? 'password' : undefined)
  const close = () => setDoing(undefined)
  const person = people.data?.find(({ id }) => id === (currentId ?? me.userId))
  const isMe = person?.id === me.userId
  useShortcut('Ctrl+N', text.create, () => setDoing('add'), { isOn: mayWrite })
  useShortcut('F2', text.changeRoles, () => setDoing('roles'), { isOn: mayWrite && person !== undefined })
  return (
    <Page
      title={text.title}
      hint={text.hint}
      body="fill"
      actions={mayWrite && (
        <Button type="primary" icon={<Icon name="plus" />} onClick={() => setDoing('add')}>{text.create}</Button>
      )}
    >
      {people.error !== null && <ProblemNote error={people.error} />}
      <div className="staff-panes">
        <Grid
          label={text.title}
          columns={COLUMNS}
          rows={people.data}
          rowId={({ id }) => String(id)}
          empty={text.empty}
          onCurrent={({ id }) => setCurrentId(id)}
          {...(mayWrite && {
            onOpen: ({ id }: ListedPerson) => {
              setCurrentId(id)
              setDoing('roles')
            },
          })}
        />
        <aside>
          {person === undefined
            ? <p className="quiet">{text.chooseRow}</p>
            : (
                <>
                  <h2>{person.name}</h2>
                  <ul>
                    {person.roles.map((role) => <li key={role}>{ROLE_WORD[role]}</li>)}
                  </ul>
                  {mayWrite && <Button onClick={() => setDoing('roles')}>{text.changeRoles}</Button>}
                  {(mayWrite || isMe) && (
                    <Button onClick={() => setDoing('password')}>{isMe ? text.changePassword : text.resetPassword}</Button>
                  )}
                  {mayWrite && !isMe && (
                    <Button onClick={() => setDoing('state')}>{person.state === 'active' ? text.disable : text.enable}</Button>
                  )}
                </>
              )}
        </aside>
      </div>
      {doing === 'add' && <AddPersonDialog onClose={close} />}
      {doing === 'roles' && person !== undefined && <RolesDialog person={person} onClose={close} />}
      {doing === 'password' && person !== undefined && <PasswordDialog person={person} isMe={isMe} onClose={close} />}
      {doing === 'state' && person !== undefined && <StateDialog person={person} onClose={close} />}
    </Page>
  )
}
