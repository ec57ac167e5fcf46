/** What can be done with this notice now, by this person. */
import { useState } from 'react'
import { Button } from 'antd'
import { client, refreshAll } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Money } from '../../parts/money.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { refine } from '../../place.ts'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import type { Draft } from './place.tsx'
import { RequestDialog } from './request-dialog.tsx'

type Dialog = 'request' | 'publish' | 'sendBack'

export function NoticeActions({ draft }: { readonly draft: Draft }) {
  const text = noticeText.actions
  const { person } = useSession()
  const mayRequest = useMay('preparer')
  const mayPublish = useMay('reviewer', 'head')
  const [dialog, setDialog] = useState<Dialog>()
  const { request, published, isMoved } = draft
  const isOwn = request?.requestedBy === person.userId
  const isOpenToRequest = mayRequest && request === null && !draft.isRunning && (published === null || isMoved)
  const isOpenToPublish = mayPublish && request !== null && !isOwn
  const isBlocked = draft.obstacles.length > 0
  useShortcut('Ctrl+Enter', published === null ? text.request : text.correct, () => setDialog('request'), {
    isOn: isOpenToRequest && !isBlocked,
  })
  const close = () => setDialog(undefined)
  return (
    <>
      {isOpenToRequest && (
        <Button
          type="primary"
          disabled={isBlocked}
          title={isBlocked ? noticeText.checks.blocked : undefined}
          onClick={() => setDialog('request')}
        >
          {published === null ? text.request : text.correct}
        </Button>
      )}
      {isOpenToPublish && <Button type="primary" onClick={() => setDialog('publish')}>{text.publish}</Button>}
      {request !== null && (isOwn || mayPublish) && (
        <Button onClick={() => setDialog('sendBack')}>{isOwn ? text.withdraw : text.sendBack}</Button>
      )}
      {dialog === 'request' && <RequestDialog draft={draft} onClose={close} />}
      {dialog === 'publish' && request !== null && <PublishDialog draft={draft} request={request} onClose={close} />}
      {dialog === 'sendBack' && request !== null && (
        <ReasonDialog
          words={noticeText.sendBack}
          title={isOwn ? noticeText.sendBack.withdrawTitle : noticeText.sendBack.title}
          verb={isOwn ? text.withdraw : text.sendBack}
          onReason={(reason) => client.disclosure.return.mutate({ id: request.id, reason }).then(refreshAll)}
          onClose={close}
        />
      )}
    </>
  )
}

type PublishProps = { readonly draft: Draft; readonly request: NonNullable<Draft['request']>; readonly onClose: () => void }

function PublishDialog({ draft, request, onClose }: PublishProps) {
  const text = noticeText.publish
  const { person } = useSession()
  async function publish(): Promise<void> {
    await client.disclosure.publish.mutate({ id: request.id })
    refine({ version: String(request.version) })
    await refreshAll()
  }
  return (
    <ConfirmWrite title={text.title} verb={noticeText.actions.publish} onWrite={publish} onClose={onClose}>
      <p>{text.what(request.version)} {draft.complex.name}</p>
      <p>{text.closing} <Money fen={draft.closingFen} /></p>
      <p>{text.signedBy(request.requestedByName, person.name)}</p>
      {request.correctionReason !== '' && <p>{text.reason(request.correctionReason)}</p>}
      <p className="quiet">{text.frozen}</p>
    </ConfirmWrite>
  )
}
