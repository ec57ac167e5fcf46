/** The page around every screen: top bar, navigation, the screen itself, the palette and the list of keys. */
import { Suspense, useEffect, useRef, useState } from 'react'
import { frameText, SCREEN_TITLE } from '../messages/frame.ts'
import { SCREEN_LETTERS } from '../navigation.ts'
import { goTo, goUp, usePlace } from '../place.ts'
import { NAVIGATION_GROUPS, SCREENS } from '../screens/index.ts'
import { ScopeProvider } from '../scope.tsx'
import { useSession } from '../session.tsx'
import { useKeyListener, useShortcut } from '../shortcuts.ts'
import { KeyList } from './key-list.tsx'
import { SideNavigation } from './side-navigation.tsx'
import { Palette } from './palette.tsx'
import { ScreenBoundary } from './screen-boundary.tsx'
import { TopBar } from './top-bar.tsx'

type Props = {
  /** Locked: everything stays as it is, unseen. */
  readonly isVeiled: boolean
}

export function Frame({ isVeiled }: Props) {
  return (
    <ScreenBoundary>
      <Suspense fallback={<p className="gate-wait">{frameText.loading}</p>}>
        <ScopeProvider>
          <Shell isVeiled={isVeiled} />
        </ScopeProvider>
      </Suspense>
    </ScreenBoundary>
  )
}

function Shell({ isVeiled }: Props) {
  const { ledger } = useSession()
  const place = usePlace()
  const [isFinding, setFinding] = useState(false)
  const [isListing, setListing] = useState(false)
  const main = useRef<HTMLElement>(null)
  useKeyListener()
  useShortcut('Ctrl+K', frameText.keyNames.find, () => setFinding(true), { scope: 'always' })
  useShortcut('?', frameText.keyNames.keys, () => setListing(true), { scope: 'always' })
  useShortcut('Escape', frameText.keyNames.up, goUp, { scope: 'always' })

  // A new screen starts at its top for the keyboard and the screen reader, unless one of its fields took the focus.
  useEffect(() => {
    if (document.activeElement === null || document.activeElement === document.body) main.current?.focus()
  }, [place.screen])

  const Screen = SCREENS[place.screen] ?? SCREENS.today
  return (
    <div className={isVeiled ? 'frame veiled' : 'frame'}>
      <a className="skip-link" href="#main" onClick={() => main.current?.focus()}>
        {frameText.skip}
      </a>
      <TopBar onFind={() => setFinding(true)} onKeys={() => setListing(true)} />
      {ledger.notice !== null && (
        <p className="frame-notice" role="status">
          {frameText.readOnly} · {ledger.notice}
        </p>
      )}
      <SideNavigation />
      <main className="frame-main" id="main" tabIndex={-1} ref={main}>
        <ScreenBoundary key={place.screen}>
          <Suspense fallback={<p className="screen-wait">{frameText.loading}</p>}>
            {Screen !== undefined && <Screen path={place.path} query={place.query} />}
          </Suspense>
        </ScreenBoundary>
      </main>
      <ScreenKeys />
      {isFinding && <Palette onClose={() => setFinding(false)} />}
      {isListing && <KeyList onClose={() => setListing(false)} />}
    </div>
  )
}

/** `G` and a letter for every screen in the navigation. */
function ScreenKeys() {
  return NAVIGATION_GROUPS.flat()
    .filter((id) => SCREENS[id] !== undefined)
    .map((id) => <ScreenKey key={id} id={id} />)
}

function ScreenKey({ id }: { readonly id: keyof typeof SCREEN_LETTERS }) {
  useShortcut(`G ${SCREEN_LETTERS[id]}`, SCREEN_TITLE[id], () => goTo({ screen: id }), { scope: 'go' })
  return null
}
