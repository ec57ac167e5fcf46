/** The left navigation: two groups, the current screen marked, real links so that the middle mouse button works. */
import { frameText, SCREEN_TITLE } from '../messages/frame.ts'
import { SCREEN_LETTERS, type ScreenId } from '../navigation.ts'
import { Icon } from '../parts/icon.tsx'
import { Go } from '../parts/go.tsx'
import { usePlace } from '../place.ts'
import { NAVIGATION_GROUPS, SCREENS } from '../screens/index.ts'

export function SideNavigation() {
  const { screen } = usePlace()
  return (
    <nav className="frame-nav" aria-label={frameText.navigation}>
      {NAVIGATION_GROUPS.map((group) => (
        <ul key={group.join()}>
          {group
            .filter((id) => SCREENS[id] !== undefined)
            .map((id) => (
              <li key={id}>
                <Entry id={id} isCurrent={id === screen} />
              </li>
            ))}
        </ul>
      ))}
    </nav>
  )
}

function Entry({ id, isCurrent }: { readonly id: ScreenId; readonly isCurrent: boolean }) {
  return (
    <Go to={{ screen: id }} className="nav-entry" isCurrent={isCurrent}>
      <Icon name={id} />
      <span>{SCREEN_TITLE[id]}</span>
      <kbd aria-hidden="true">{SCREEN_LETTERS[id]}</kbd>
    </Go>
  )
}
