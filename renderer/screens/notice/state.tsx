/** Where this notice stands, until when, and by which rule it hangs. */
import { quarterInChinese } from '#core/calendar.ts'
import { noticeText } from '../../messages/notice.ts'
import { Facts } from '../../parts/facts.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Draft } from './place.tsx'

function Standing({ draft }: { readonly draft: Draft }) {
  const text = noticeText.state
  if (draft.request !== null) return <StateTag tone="due" icon="draft" word={text.requestedBy(draft.request.requestedByName)} />
  if (draft.published === null) return <StateTag icon="dot" word={text.notPrepared} />
  const { version, publishedOn } = draft.published
  return (
    <>
      <StateTag tone="accent" icon="check" word={text.published(version, publishedOn)} />{' '}
      {draft.isMoved && <StateTag tone="due" icon="warning" word={text.moved} />}
    </>
  )
}

export function NoticeState({ draft }: { readonly draft: Draft }) {
  const text = noticeText.state
  const { plan, objection } = draft
  const phones = objection.phones.map(({ office, number }) => `${office} ${number}`).join('；')
  const period = plan.from === null
    ? text.fromNow
    : plan.to === null ? text.untilNext(plan.from) : text.span(plan.from, plan.to)
  return (
    <section aria-label={text.title}>
      <h2>{text.title}</h2>
      <p><Standing draft={draft} /></p>
      <Facts
        facts={[
          { label: text.due, value: draft.due ?? text.noDue },
          { label: text.period, value: period },
          { label: text.objection, value: objection.until ?? text.fromNow },
          { label: text.phones, value: phones === '' ? text.none : phones },
        ]}
      />
      {draft.published !== null && draft.later.length > 0 && draft.isMoved && (
        <p><StateTag tone="due" icon="warning" word={text.later(draft.later.map(quarterInChinese).join('、'))} /></p>
      )}
    </section>
  )
}
