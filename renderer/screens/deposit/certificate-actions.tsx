/** The buttons of a certificate: what the state machine allows today, the likely one first, the rest behind 更多. */
import { useState } from 'react'
import { Button, Dropdown } from 'antd'
import type { CertificateAction } from '#core/deposit/certificate-life.ts'
import { client, refreshAll } from '../../client.ts'
import { ACTION_WORD, certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { AmendDialog } from './amend-dialog.tsx'
import { NoticeDialog } from './notice-dialog.tsx'
import { lastStanding, type CertificateCard } from './records.ts'
import { UndoDialog } from './undo-dialog.tsx'

type Props = { readonly card: CertificateCard; readonly isBeside: boolean; readonly onDone?: () => void }

type Dialog = 'undo' | Extract<CertificateAction, 'giveNotice' | 'amend' | 'freeze' | 'unfreeze'>

const IN_MENU = ['amend', 'freeze', 'unfreeze'] as const

export function CertificateActions({ card, isBeside, onDone }: Props) {
  const { certificate, chain, actions } = card
  const mayPrepare = useMay('preparer')
  const [dialog, setDialog] = useState<Dialog>()
  const { id } = certificate
  const step = lastStanding(chain.certificates.find((one) => one.id === id)?.events ?? [])
  const may = (action: CertificateAction): boolean => mayPrepare && actions.includes(action)
  const maySettle = may('withdraw')
  const mayUndo = mayPrepare && step !== undefined
  const open = (place: 'settle' | 'regroup' | 'early' | 'draw') => () => goTo({ screen: 'deposits', path: [id, place] })
  useShortcut('Z', depositText.settle, open('settle'), { isOn: maySettle })
  useShortcut('U', depositText.undo, () => setDialog('undo'), { isOn: mayUndo && dialog === undefined })
  const done = (): void => {
    onDone?.()
    setDialog(undefined)
  }
  const menu = IN_MENU.filter(may)
  return (
    <div className="certificate-actions">
      {maySettle && <Button type="primary" onClick={open('settle')}>{depositText.settle}</Button>}
      {may('rollOver') && <Button onClick={open('regroup')}>{certificateText.regroup}</Button>}
      {may('draw') && <Button type="primary" onClick={open('draw')}>{ACTION_WORD.draw}</Button>}
      {may('giveNotice') && <Button onClick={() => setDialog('giveNotice')}>{ACTION_WORD.giveNotice}</Button>}
      {may('withdrawEarly') && <Button onClick={open('early')}>{ACTION_WORD.withdrawEarly}</Button>}
      {mayUndo && <Button onClick={() => setDialog('undo')}>{depositText.undo}</Button>}
      {isBeside && <Button onClick={() => goTo({ screen: 'deposits', path: [id] })}>{depositText.open}</Button>}
      {menu.length > 0 && (
        <Dropdown
          trigger={['click']}
          menu={{ items: menu.map((key) => ({ key, label: ACTION_WORD[key], onClick: () => setDialog(key) })) }}
        >
          <Button>{certificateText.more}</Button>
        </Dropdown>
      )}
      {dialog === 'undo' && step !== undefined && (
        <UndoDialog
          certificateId={id}
          step={step}
          isRollover={step.kind === 'rolledOver' || (step.kind === 'placed' && chain.links.some(({ toId }) => toId === id))}
          {...(onDone !== undefined && { onDone })}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'giveNotice' && <NoticeDialog card={card} onDone={done} onClose={() => setDialog(undefined)} />}
      {dialog === 'amend' && <AmendDialog card={card} onDone={done} onClose={() => setDialog(undefined)} />}
      {(dialog === 'freeze' || dialog === 'unfreeze') && (
        <HoldDialog card={card} action={dialog} onDone={done} onClose={() => setDialog(undefined)} />
      )}
    </div>
  )
}

type HoldProps = {
  readonly card: CertificateCard
  readonly action: 'freeze' | 'unfreeze'
  readonly onDone: () => void
  readonly onClose: () => void
}

function HoldDialog({ card: { certificate: { id } }, action, onDone, onClose }: HoldProps) {
  const text = certificateText.hold
  const { today } = useScope()
  return (
    <ReasonDialog
      title={text[action]}
      verb={text[action]}
      hint={action === 'freeze' ? text.freezeHint : text.unfreezeHint}
      words={text.words}
      onReason={async (reason) => {
        await client.certificate[action].mutate({ certificateId: id, date: today, reason })
        await refreshAll()
        onDone()
      }}
      onClose={onClose}
    />
  )
}
