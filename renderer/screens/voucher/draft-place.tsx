/** One draft: read and dealt with by reviewer and bookkeeper, changed by a preparer. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { DraftId } from '#core/id.ts'
import { VOUCHER_KIND_WORD } from '#core/voucher/voucher.ts'
import { api, client, refreshAll } from '../../client.ts'
import { entryProblemText, voucherText } from '../../messages/voucher.ts'
import { partsText } from '../../messages/parts.ts'
import { PURPOSE_WORD } from '../../messages/words.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Facts } from '../../parts/facts.tsx'
import { FileList } from '../../parts/file-drop.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { validated } from '../../parts/validated.ts'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { DraftAction, DraftStateTag } from './draft-list.tsx'
import { EditDraft } from './edit-draft.tsx'
import { VoucherPaper } from './voucher-paper.tsx'
import { Why } from './why.tsx'

export type DraftAnswer = Answers['voucher']['draft']
type Listed = Answers['voucher']['drafts'][number]

/**
 * A closing voucher, a reversal, half of a transfer, a deposit's voucher and one with amounts of households are what their
 * rule says, line by line.
 */
export function isFixed({ draft, hasHouseholds }: DraftAnswer): boolean {
  return hasHouseholds || draft.pairId !== null || draft.purpose === 'closing' || draft.purpose === 'reversal'
    || draft.lines.some(({ certificateId }) => certificateId !== null)
}

export function DraftPlace({ id, isEditing }: { readonly id: DraftId; readonly isEditing: boolean }) {
  const { data: answer, error } = useQuery(api.voucher.draft.queryOptions({ id }))
  const isPreparer = useMay('preparer')
  if (answer === undefined) {
    return <Page title={voucherText.sections.drafts}>{error !== null && <ProblemNote error={error} />}</Page>
  }
  const mayEdit = isPreparer && answer.draft.state === 'draft' && !isFixed(answer)
  if (isEditing && mayEdit) return <EditDraft answer={answer} />
  return <DraftView answer={answer} mayEdit={mayEdit} />
}

type Doing = 'review' | 'post' | 'sendBack' | 'void'

function DraftView({ answer, mayEdit }: { readonly answer: DraftAnswer; readonly mayEdit: boolean }) {
  const { draft, papers, problems } = answer
  const { person } = useSession()
  const mayReview = useMay('reviewer')
  const mayPost = useMay('bookkeeper')
  const isPreparer = useMay('preparer')
  const [doing, setDoing] = useState<Doing>()
  const listed = useListed(draft)
  const isOwn = draft.preparerId === person.userId
  const canReview = mayReview && !isOwn && draft.state === 'draft' && problems.length === 0 && listed !== undefined
  const canPost = mayPost && draft.state === 'reviewed' && listed !== undefined && draft.pairId === null
  const edit = () => goTo({ screen: 'vouchers', path: ['draft', draft.id], query: { edit: '1' } })
  useShortcut('F2', voucherText.edit, edit, { isOn: mayEdit })
  useShortcut('Ctrl+Enter', canPost ? voucherText.post : voucherText.review, () => setDoing(canPost ? 'post' : 'review'), {
    isOn: (canReview || canPost) && doing === undefined,
  })

  const close = () => setDoing(undefined)
  const leave = () => goTo({ screen: 'vouchers', path: ['draft'] })
  return (
    <Page
      title={listed?.summary ?? voucherText.sections.drafts}
      hint={<DraftStateTag state={draft.state} />}
      actions={
        <>
          {mayEdit && <Button onClick={edit}>{voucherText.edit}</Button>}
          {(isPreparer || mayReview) && (draft.state === 'draft' || draft.state === 'reviewed') && (
            <Button onClick={() => setDoing('void')}>{voucherText.withdraw}</Button>
          )}
          {(mayReview || mayPost) && draft.state === 'reviewed' && (
            <Button onClick={() => setDoing('sendBack')}>{voucherText.sendBack}</Button>
          )}
          {canReview && <Button type="primary" onClick={() => setDoing('review')}>{voucherText.review}</Button>}
          {canPost && <Button type="primary" onClick={() => setDoing('post')}>{voucherText.post}</Button>}
        </>
      }
    >
      <div className="voucher-place">
        <DraftPaper
          draft={draft}
          preparer={listed?.preparer ?? ''}
          reviewer={listed?.reviewer ?? ''}
          bookName={listed?.bookName ?? ''}
        />
        <aside aria-label={voucherText.papers}>
          <h2>{voucherText.entry.papers}</h2>
          {papers.length === 0 ? <p className="quiet">{voucherText.view.noPapers}</p> : <FileList files={papers} />}
        </aside>
        <section>
          <DraftWaits answer={answer} isOwn={isOwn && mayReview} />
          <Facts
            facts={[
              { label: voucherText.purpose, value: PURPOSE_WORD[draft.purpose] },
              { label: voucherText.view.rule, value: <Why {...draft} />, wide: true },
              ...(draft.reason === '' ? [] : [{ label: voucherText.view.reason, value: draft.reason }]),
            ]}
          />
        </section>
      </div>
      {doing === 'review' && listed !== undefined && <DraftAction kind="review" drafts={[listed]} onClose={close} />}
      {doing === 'post' && listed !== undefined && (
        <DraftAction kind="post" drafts={[listed]} onClose={() => (draft.state === 'reviewed' ? close() : leave())} />
      )}
      {(doing === 'sendBack' || doing === 'void') && <ReasonDialog kind={doing} draft={draft} onClose={close} onDone={leave} />}
    </Page>
  )
}

/** Names of people and book, which the draft itself keeps as numbers. */
function useListed(draft: DraftAnswer['draft']): Listed | undefined {
  const { data } = useQuery(api.voucher.drafts.queryOptions({ bookId: draft.bookId, limit: 500 }))
  return data?.find(({ id }) => id === draft.id)
}

function DraftWaits({ answer: { draft, problems }, isOwn }: { readonly answer: DraftAnswer; readonly isOwn: boolean }) {
  if (draft.state === 'reviewed') return <p className="quiet">{voucherText.reviewed}</p>
  if (draft.state !== 'draft') return null
  if (problems.length === 0) return <p className="quiet">{isOwn ? voucherText.ownDraft : voucherText.ready}</p>
  return (
    <div className="entry-problems">
      <p>{voucherText.waits}</p>
      <ul>
        {problems.map((problem, index) => (
          <li key={index}>{entryProblemText(problem)}</li>
        ))}
      </ul>
    </div>
  )
}

type DraftPaperProps = {
  readonly draft: DraftAnswer['draft']
  readonly bookName: string
  readonly preparer: string
  readonly reviewer: string
}

function DraftPaper({ draft, bookName, preparer, reviewer }: DraftPaperProps) {
  const accounts = useQuery(api.book.accounts.queryOptions({ bookId: draft.bookId })).data ?? []
  const complexes = useQuery(api.complex.list.queryOptions()).data ?? []
  const banks = useQuery(api.book.bankAccounts.queryOptions()).data ?? []
  const parties = useQuery(api.complex.counterparties.queryOptions()).data ?? []
  return (
    <VoucherPaper
      bookName={bookName}
      word={partsText.voucher.notNumbered(VOUCHER_KIND_WORD[draft.kind])}
      date={draft.date}
      attachmentCount={draft.attachments.length}
      preparer={preparer}
      reviewer={reviewer}
      bookkeeper=""
      lines={draft.lines.map((line) => {
        const account = accounts.find(({ id }) => id === line.accountId)
        const party = parties.find(({ id }) => id === line.counterpartyId)
        const bank = banks.find(({ id }) => id === line.bankAccountId)
        return {
          summary: line.summary,
          accountId: line.accountId,
          account: account === undefined ? '' : `${account.code} ${account.name}`,
          complexId: line.complexId,
          complex: complexes.find(({ id }) => id === line.complexId)?.name ?? '',
          detail: [party?.name, bank?.bankName].filter((part) => part !== undefined).join(' · '),
          debitFen: line.debitFen,
          creditFen: line.creditFen,
        }
      })}
    />
  )
}

type ReasonProps = {
  readonly kind: 'sendBack' | 'void'
  readonly draft: DraftAnswer['draft']
  readonly onClose: () => void
  readonly onDone: () => void
}

function ReasonDialog({ kind, draft, onClose, onDone }: ReasonProps) {
  const [form] = Form.useForm<{ reason: string }>()

  async function write(): Promise<void> {
    const { reason } = await validated(form)
    if (kind === 'sendBack') await client.voucher.sendBack.mutate({ id: draft.id, reason })
    else if (draft.pairId !== null) await client.voucher.voidTransfer.mutate({ transferId: draft.pairId, reason })
    else await client.voucher.void.mutate({ id: draft.id, reason })
    await refreshAll()
    onDone()
  }
  return (
    <ConfirmWrite
      title={kind === 'sendBack' ? voucherText.sendBackTitle : voucherText.withdrawTitle}
      verb={kind === 'sendBack' ? voucherText.sendBack : voucherText.withdraw}
      onWrite={write}
      onClose={onClose}
    >
      {draft.pairId !== null && kind === 'void' && <p className="quiet">{voucherText.withdrawPair}</p>}
      <Form form={form} layout="vertical" initialValues={{ reason: '' }}>
        <Form.Item
          name="reason"
          label={voucherText.reason}
          rules={[{ required: true, whitespace: true, message: voucherText.reasonMissing }]}
        >
          <Input autoFocus maxLength={500} />
        </Form.Item>
      </Form>
    </ConfirmWrite>
  )
}
