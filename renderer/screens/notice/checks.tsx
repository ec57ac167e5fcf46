/** What must be settled before publishing, what deserves a look, and what is good to know. */
import { Button } from 'antd'
import { noticeText } from '../../messages/notice.ts'
import { Go } from '../../parts/go.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'
import type { IconName } from '../../parts/icon.tsx'
import { goTo } from '../../place.ts'
import type { Draft } from './place.tsx'

type Entry = { readonly message: string; readonly refs: readonly number[] }

/** The figure's own page lists them all; these open at once. */
const VOUCHERS_LINKED = 3

function Group({ entries, word, tone, icon }: { entries: readonly Entry[]; word: string; tone: Tone; icon: IconName }) {
  if (entries.length === 0) return null
  return (
    <div className="notice-findings">
      <h3><StateTag tone={tone} icon={icon} word={word} /></h3>
      <ul>
        {entries.map(({ message, refs }, index) => (
          <li key={index}>
            {message}{' '}
            {refs.slice(0, VOUCHERS_LINKED).map((id, place) => (
              <Go key={id} to={{ screen: 'vouchers', path: [id] }}>{noticeText.checks.voucher(place + 1)}{' '}</Go>
            ))}
          </li>
        ))}
      </ul>
    </div>
  )
}

export function NoticeChecks({ draft }: { readonly draft: Draft }) {
  const text = noticeText.checks
  // Published and unmoved: its checks were done then.
  if (draft.published !== null && draft.request === null && !draft.isMoved) {
    return (
      <section aria-label={text.title}>
        <h2>{text.title}</h2>
        <StateTag tone="good" icon="check" word={text.frozen} />
      </section>
    )
  }
  const blocking = new Map(draft.findings.map((finding) => [finding.message, finding.refs]))
  const obstacles = draft.obstacles.map((message) => ({ message, refs: blocking.get(message) ?? [] }))
  const of = (level: 'warn' | 'hint') => draft.findings.filter((finding) => finding.level === level)
  const [warnings, hints] = [of('warn'), of('hint')]
  return (
    <section aria-label={text.title}>
      <h2>{text.title}</h2>
      {obstacles.length === 0 && <p><StateTag tone="good" icon="check" word={text.none} /></p>}
      <Group entries={obstacles} word={text.obstacles(obstacles.length)} tone="bad" icon="blocked" />
      {obstacles.length > 0 && (
        <Button size="small" onClick={() => goTo({ screen: 'income' })}>{noticeText.place.toQuarter}</Button>
      )}
      <Group entries={warnings} word={text.warnings(warnings.length)} tone="due" icon="warning" />
      <Group entries={hints} word={text.hints(hints.length)} tone="plain" icon="info" />
    </section>
  )
}
