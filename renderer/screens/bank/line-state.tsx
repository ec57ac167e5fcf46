/** What became of a line, as icon and word. */
import { linesText } from '../../messages/bank.ts'
import type { IconName } from '../../parts/icon.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'
import type { StatementLine } from './account.ts'

type State = StatementLine['state']

export const LINE_STATES = ['open', 'drafted', 'posted', 'matched', 'skipped'] as const satisfies readonly State[]

const LOOK: Readonly<Record<State, { readonly tone: Tone; readonly icon: IconName }>> = {
  open: { tone: 'due', icon: 'clock' },
  drafted: { tone: 'accent', icon: 'draft' },
  posted: { tone: 'plain', icon: 'check' },
  matched: { tone: 'plain', icon: 'check' },
  skipped: { tone: 'plain', icon: 'blocked' },
}

export function LineState({ state }: { readonly state: State }) {
  return <StateTag {...LOOK[state]} word={linesText.states[state]} />
}
