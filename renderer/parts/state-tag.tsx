/** A state as icon and word; the colour only repeats what they say. */
import { Icon, type IconName } from './icon.tsx'

/** `bad` negative or overdue, `due` due soon or 疑似, `good` ties out, `accent` in progress, `plain` the rest. */
export type Tone = 'plain' | 'accent' | 'bad' | 'due' | 'good'

type Props = { readonly tone?: Tone; readonly icon: IconName; readonly word: string }

export function StateTag({ tone = 'plain', icon, word }: Props) {
  return (
    <span className={`state-tag tone-${tone}`}>
      <Icon name={icon} />
      {word}
    </span>
  )
}
