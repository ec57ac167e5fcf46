/** What waits: drafts to review and to post, several at once with Space and Ctrl+Enter. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { client, refreshAll } from '../../client.ts'
import { ruleText } from '../../messages/rule.ts'
import { voucherText as text } from '../../messages/voucher.ts'
import { DRAFT_STATE_WORD, PURPOSE_WORD } from '../../messages/words.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { sheetsOfDrafts, totalOf } from './draft-sheets.ts'
import { NewVoucherButton } from './posted-list.tsx'
import { useDrafts, VoucherSections } from './sections.tsx'

type Listed = Answers['voucher']['drafts'][number]

export function DraftStateTag({ state }: { readonly state: Listed['state'] }) {
  return state === 'reviewed'
    ? <StateTag icon="check" tone="accent" word={DRAFT_STATE_WORD.reviewed} />
    : <StateTag icon="draft" word={DRAFT_STATE_WORD[state]} />
}

const COLUMNS = [
  drawn<Listed>({ field: 'state', headerName: text.state, width: 96, sortable: true }, ({ state }) => (
    <DraftStateTag state={state} />
  )),
  { field: 'date', headerName: text.date, type: 'date' },
  { field: 'summary', headerName: text.summary, type: 'text' },
  { field: 'amountFen', headerName: text.amount, type: 'money' },
  {
    headerName: text.purpose,
    width: 130,
    valueGetter: ({ data }) => (data === undefined ? '' : ruleText(data.rule) || PURPOSE_WORD[data.purpose]),
  },
  { field: 'preparer', headerName: text.preparer, width: 90 },
  { field: 'reviewer', headerName: text.reviewer, width: 90 },
] satisfies Parameters<typeof Grid<Listed>>[0]['columns']

export function DraftList() {
  const { bookId } = useScope()
  const { person } = useSession()
  const mayReview = useMay('reviewer')
  const mayPost = useMay('bookkeeper')
  const drafts = useDrafts()
  const [ticked, setTicked] = useState<readonly Listed[]>([])
  const [doing, setDoing] = useState<'review' | 'post'>()

  // The rows as they are now: a ticked one may have been reviewed or posted since.
  const rows = drafts.data
  const tickedIds = new Set(ticked.map(({ id }) => id))
  const present = rows?.filter(({ id }) => tickedIds.has(id)) ?? []
  const toReview = mayReview ? present.filter(({ state, preparerId }) => state === 'draft' && preparerId !== person.userId) : []
  const toPost = mayPost ? present.filter(({ state }) => state === 'reviewed') : []

  useShortcut('Ctrl+Enter', `${text.review} / ${text.post}`, () => {
    if (toReview.length > 0) setDoing('review')
    else if (toPost.length > 0) setDoing('post')
  }, { isOn: doing === undefined && (mayReview || mayPost) })

  return (
    <Page
      title={text.title}
      hint={present.length === 0 ? text.tickHint : text.ticked(present.length)}
      body="fill"
      actions={
        <>
          {mayReview && <Button disabled={toReview.length === 0} onClick={() => setDoing('review')}>{text.review}</Button>}
          {mayPost && <Button disabled={toPost.length === 0} onClick={() => setDoing('post')}>{text.post}</Button>}
          <NewVoucherButton />
        </>
      }
      toolbar={<VoucherSections current="drafts" />}
    >
      {drafts.error !== null && <ProblemNote error={drafts.error} />}
      <Grid
        label={text.sections.drafts}
        columns={COLUMNS}
        rows={bookId === undefined ? [] : rows}
        rowId={({ id }) => String(id)}
        empty={bookId === undefined ? text.noBook : text.emptyDrafts}
        onOpen={({ id }) => goTo({ screen: 'vouchers', path: ['draft', id] })}
        {...((mayReview || mayPost) && { onTicked: setTicked })}
      />
      {doing === 'review' && <DraftAction kind="review" drafts={toReview} onClose={() => setDoing(undefined)} />}
      {doing === 'post' && <DraftAction kind="post" drafts={toPost} onClose={() => setDoing(undefined)} />}
    </Page>
  )
}

type ActionProps = { readonly kind: 'review' | 'post'; readonly drafts: readonly Listed[]; readonly onClose: () => void }

/** Shows every voucher in full before it is reviewed or posted. */
export function DraftAction({ kind, drafts, onClose }: ActionProps) {
  const ids = drafts.map(({ id }) => id)
  const sheets = useQuery({ queryKey: ['draft-sheets', ids], queryFn: () => sheetsOfDrafts(drafts) })
  const isReview = kind === 'review'

  async function write(): Promise<void> {
    if (isReview) await client.voucher.review.mutate({ ids })
    else await client.voucher.post.mutate({ ids })
    await refreshAll()
  }
  if (sheets.data === undefined && sheets.error === null) return null
  return (
    <ConfirmWrite
      title={isReview ? text.reviewTitle(ids.length) : text.postTitle(ids.length)}
      sheets={sheets.data ?? []}
      verb={isReview ? text.review : text.post}
      onWrite={write}
      onClose={onClose}
    >
      {sheets.error !== null && <ProblemNote error={sheets.error} />}
      <p className="quiet">
        {isReview ? text.reviewHint : text.postHint} <Money fen={totalOf(drafts)} unit="¥" />
      </p>
    </ConfirmWrite>
  )
}
