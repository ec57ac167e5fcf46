/** How a contribution stands: icon and word, the colour only repeats them. */
import type { HouseholdStanding } from '#core/register/household.ts'
import { STANDING_WORD } from '../../messages/household.ts'
import type { IconName } from '../../parts/icon.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'

export const STANDING_LOOK: Readonly<Record<HouseholdStanding, { readonly tone: Tone; readonly icon: IconName }>> = {
  paid: { tone: 'good', icon: 'check' },
  owing: { tone: 'bad', icon: 'cross' },
  low: { tone: 'due', icon: 'warning' },
  none: { tone: 'plain', icon: 'dot' },
  unknown: { tone: 'plain', icon: 'info' },
}

export function Standing({ standing }: { readonly standing: HouseholdStanding }) {
  return <StateTag {...STANDING_LOOK[standing]} word={STANDING_WORD[standing]} />
}
