/**
 * What Ctrl+K can find. A capability adds `screens/<capability>/finder.ts` exporting a `Finder`, and one line below.
 */
import { client } from '../client.ts'
import { frameText, SCREEN_TITLE } from '../messages/frame.ts'
import type { Target } from '../navigation.ts'
import type { IconName } from '../parts/icon.tsx'
import { matchesSearch } from '../parts/search-text.ts'
import { findCertificates } from '../screens/deposit/finder.ts'
import { findContracts } from '../screens/income/finder.ts'
import { NAVIGATION_GROUPS, SCREENS } from '../screens/index.ts'
import { findVouchers } from '../screens/voucher/finder.ts'
import { findRepairsByText } from '../screens/repair/finder.ts'
import type { Scope } from '../scope.tsx'

export type Found = {
  /** Unique among everything found: `complex-12`. */
  readonly key: string
  readonly icon: IconName
  readonly title: string
  /** What kind of record, in which complex; shown quietly beside the title. */
  readonly note: string
  readonly target: Target
}

/** Asked after each pause in typing; returns few and the best, never more than ten. An empty text is never asked. */
export type Finder = (text: string, scope: Scope) => Promise<readonly Found[]>

const findScreens: Finder = async (text) =>
  NAVIGATION_GROUPS.flat()
    .filter((id) => SCREENS[id] !== undefined && matchesSearch(text, { name: SCREEN_TITLE[id] }))
    .map((id) => ({ key: `screen-${id}`, icon: id, title: SCREEN_TITLE[id], note: frameText.main, target: { screen: id } }))

const findComplexes: Finder = async (text) => {
  const complexes = await client.complex.list.query()
  return complexes
    .filter((complex) => matchesSearch(text, complex))
    .slice(0, 8)
    .map(({ id, code, name }) => ({
      key: `complex-${id}`,
      icon: 'complexes' as const,
      title: name,
      note: `${frameText.complex} ${code}`,
      target: { screen: 'complexes' as const, path: [id], scope: { complex: id } },
    }))
}

const FINDERS: readonly Finder[] = [findScreens, findComplexes, findVouchers, findRepairsByText, findCertificates, findContracts]

/** One finder that fails must not hide what the others found. */
export async function findEverything(text: string, scope: Scope): Promise<readonly Found[]> {
  const answers = await Promise.allSettled(FINDERS.map((find) => find(text, scope)))
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
}
