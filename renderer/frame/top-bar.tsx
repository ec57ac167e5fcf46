/** Which office, which book, which complex, which quarter, who: always in sight, and changing them changes every screen. */
import { Button, DatePicker, Dropdown, Select } from 'antd'
import dayjs from 'dayjs'
import { dateInChinese, quarterBounds, quarterOf, parseDate } from '#core/calendar.ts'
import { api, client, queryClient } from '../client.ts'
import { frameText } from '../messages/frame.ts'
import { ComplexPicker } from '../parts/pickers.tsx'
import { Icon } from '../parts/icon.tsx'
import { changeScope, goTo } from '../place.ts'
import { useScope } from '../scope.tsx'
import { useSession } from '../session.tsx'
import { useShortcut } from '../shortcuts.ts'
import { chooseTheme, useThemeMode } from '../theme-mode.ts'

export function TopBar({ onFind, onKeys }: { readonly onFind: () => void; readonly onKeys: () => void }) {
  const { ledger } = useSession()
  return (
    <header className="frame-top">
      <span className="brand">{frameText.product}</span>
      <span className="office">{ledger.office ?? frameText.noOffice}</span>
      <div className="scope" role="group" aria-label={frameText.scope}>
        <BookChoice />
        <ComplexChoice />
        <QuarterChoice />
      </div>
      <span className="today" title={ledger.sampleDay === null ? undefined : frameText.sampleHint}>
        {ledger.sampleDay === null ? dateInChinese(ledger.today) : frameText.sampleToday(dateInChinese(ledger.today))}
      </span>
      <Button className="find" onClick={onFind} icon={<Icon name="search" />} aria-keyshortcuts="Control+K">
        <span>{frameText.search}</span>
        <kbd>{frameText.searchKey}</kbd>
      </Button>
      <ThemeSwitch />
      <Button type="text" onClick={onKeys} aria-label={frameText.keysTitle} title={frameText.keysTitle}>
        <kbd>?</kbd>
      </Button>
      <PersonMenu />
    </header>
  )
}

function BookChoice() {
  const { books, bookId } = useScope()
  return (
    <Select
      className="scope-book"
      aria-label={frameText.book}
      value={bookId ?? null}
      options={books.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(book: number | null) => changeScope({ book })}
      popupMatchSelectWidth={false}
      placeholder={frameText.book}
    />
  )
}

function ComplexChoice() {
  const { complexId } = useScope()
  return (
    <ComplexPicker
      className="scope-complex"
      aria-label={frameText.complex}
      value={complexId}
      onChange={(complex) => changeScope({ complex })}
      placeholder={frameText.allComplexes}
      allowClear
    />
  )
}

function QuarterChoice() {
  const { quarter } = useScope()
  return (
    <DatePicker
      className="scope-quarter"
      aria-label={frameText.quarter}
      picker="quarter"
      format={frameText.quarterFormat}
      allowClear={false}
      value={dayjs(quarterBounds(quarter).first)}
      onChange={(day) => changeScope({ quarter: day === null ? null : quarterOf(parseDate(day.format('YYYY-MM-DD'))) })}
    />
  )
}

function ThemeSwitch() {
  const mode = useThemeMode()
  const isDark = mode === 'dark'
  const label = isDark ? frameText.toLight : frameText.toDark
  return (
    <Button
      type="text"
      aria-label={label}
      title={label}
      icon={<Icon name={isDark ? 'sun' : 'moon'} />}
      onClick={() => chooseTheme(isDark ? 'light' : 'dark')}
    />
  )
}

async function askWhoWeAre(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: api.session.state.queryKey() })
}

async function lock(): Promise<void> {
  await client.session.lock.mutate()
  await askWhoWeAre()
}

async function signOut(): Promise<void> {
  await client.session.signOut.mutate()
  await askWhoWeAre()
}

function PersonMenu() {
  const { person } = useSession()
  useShortcut('Alt+L', frameText.lock, () => void lock(), { scope: 'always' })
  const items = [
    { key: 'lock', label: frameText.lock, extra: 'Alt+L', onClick: () => void lock() },
    { key: 'password', label: frameText.changePassword, onClick: () => goTo({ screen: 'staff', path: ['password'] }) },
    { key: 'out', label: frameText.signOut, onClick: () => void signOut() },
  ]
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<Icon name="person" />} aria-label={`${frameText.person}: ${person.name}`} aria-haspopup="menu">
        {person.name}
      </Button>
    </Dropdown>
  )
}
