/** One complex's quarter: the paper at the left, beside it what stands in the way, the versions and the register. */
import { Button, Segmented } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { quarterInChinese, type Quarter } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { api } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { Go } from '../../parts/go.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { changeScope, refine } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { NoticeActions } from './actions.tsx'
import { NoticeChecks } from './checks.tsx'
import { NoticePaper } from './paper.tsx'
import { Postings } from './postings.tsx'
import { NoticeState } from './state.tsx'
import { Versions } from './versions.tsx'

export type Draft = Answers['disclosure']['draft']
export type Version = Draft['versions'][number]

type Props = {
  readonly complexId: ComplexId
  readonly quarter: Quarter
  /** Of the address; '' shows what is current. */
  readonly version: string
}

/** The version asked for; else the published one; the preview where nothing hangs, or something moved since. */
function shownVersion(draft: Draft, asked: string): Version | null {
  if (asked === 'preview') return null
  const found = draft.versions.find((each) => String(each.version) === asked)
  return found ?? (draft.request === null ? (draft.versions[0] ?? null) : null)
}

export function NoticePlace({ complexId, quarter, version }: Props) {
  const text = noticeText.place
  const { data: draft, error } = useQuery(api.disclosure.draft.queryOptions({ complexId, quarter }))
  const shown = draft === undefined ? null : shownVersion(draft, version)
  return (
    <Page
      title={noticeText.title}
      hint={text.hint(draft?.complex.name ?? '', quarterInChinese(quarter))}
      toolbar={
        draft !== undefined && (
          <>
            <Button onClick={() => changeScope({ complex: null })}>{text.allComplexes}</Button>
            {draft.versions.length > 0 && (
              <Segmented
                aria-label={text.which}
                value={shown === null ? 'preview' : String(shown.version)}
                onChange={(value) => refine({ version: value })}
                options={[
                  { value: 'preview', label: text.preview },
                  ...draft.versions.toReversed().map((each) => ({
                    value: String(each.version), label: text.version(each.version),
                  })),
                ]}
              />
            )}
            <Go to={{ screen: 'income' }}>{text.toQuarter}</Go>
          </>
        )
      }
      actions={draft !== undefined && <NoticeActions draft={draft} />}
      body="fill"
    >
      {error !== null && <ProblemNote error={error} />}
      {draft !== undefined && (
        <div className="notice-place">
          <NoticePaper draft={draft} shown={shown} />
          <aside className="notice-side">
            <NoticeState draft={draft} />
            <NoticeChecks draft={draft} />
            <Versions draft={draft} />
            {draft.published !== null && <Postings disclosureId={draft.published.id} />}
          </aside>
        </div>
      )}
    </Page>
  )
}
