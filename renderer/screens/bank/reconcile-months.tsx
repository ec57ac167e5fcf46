/** The months as a strip with their state, and what can be done with the chosen one: seal, check, re-open. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { Month } from '#core/calendar.ts'
import { client, refreshAll } from '../../client.ts'
import { reconcileText as text } from '../../messages/reconciliation.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { instantDay } from '../../parts/instant.ts'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import { useMay } from '../../session.tsx'
import { monthQuery, type MonthState, type MonthTable } from './reconcile-model.ts'

const ICON: Readonly<Record<MonthState['state'], IconName>> = {
  none: 'dot', open: 'clock', settled: 'draft', sealed: 'lock', checked: 'check',
}

type StripProps = {
  readonly bankAccountId: number
  readonly states: readonly MonthState[]
  readonly chosen: Month | undefined
}

export function MonthStrip({ bankAccountId, states, chosen }: StripProps) {
  return (
    <nav className="month-strip" aria-label={text.months}>
      {states.map(({ month, state, openCount }, index) => (
        <button
          key={month}
          type="button"
          className={`month-${state}`}
          aria-current={month === chosen ? 'true' : undefined}
          onClick={() => goTo({ screen: 'bank', path: [bankAccountId, 'reconcile', month] })}
        >
          <span className="month-name">
            {(index === 0 || month.endsWith('-01')) && <small>{text.year(month)} </small>}
            {text.monthName(month)}
          </span>
          <span className="month-state">
            <Icon name={ICON[state]} />
            {text.states[state]}
            {state === 'open' && ` ${openCount}`}
          </span>
        </button>
      ))}
    </nav>
  )
}

type SealProps = { readonly seal: NonNullable<MonthTable['seal']>; readonly hasChanged: boolean }

function SealState({ seal, hasChanged }: SealProps) {
  if (hasChanged) return <StateTag icon="warning" tone="due" word={text.changed} />
  return seal.checker === null
    ? <StateTag icon="lock" tone="accent" word={text.sealedBy(seal.reconciler, instantDay(seal.at))} />
    : <StateTag icon="check" tone="good" word={text.checkedBy(seal.checker)} />
}

type Question = { readonly bankAccountId: number; readonly month: Month }

export function SealActions(question: Question) {
  const { data: table } = useQuery(monthQuery(question))
  const maySeal = useMay('reconciler', 'head')
  const mayCheck = useMay('reviewer', 'reconciler', 'head')
  const [doing, setDoing] = useState<'seal' | 'check' | 'reopen'>()
  const close = () => setDoing(undefined)
  if (table === undefined) return null
  const { seal, obstacles, hasChanged } = table
  return (
    <>
      {seal === null && maySeal && (
        <Button
          type="primary"
          disabled={obstacles.length > 0}
          title={obstacles[0] ?? text.sealHint}
          onClick={() => setDoing('seal')}
        >
          {text.seal}
        </Button>
      )}
      {seal !== null && (
        <>
          <SealState seal={seal} hasChanged={hasChanged} />
          {maySeal && <Button onClick={() => setDoing('reopen')}>{text.reopen}</Button>}
          {seal.checker === null && mayCheck && <Button type="primary" onClick={() => setDoing('check')}>{text.check}</Button>}
        </>
      )}
      {(doing === 'seal' || doing === 'check') && (
        <ConfirmWrite
          title={doing === 'seal' ? text.sealTitle(question.month) : text.checkTitle(question.month)}
          verb={doing === 'seal' ? text.seal : text.check}
          onWrite={async () => {
            await (doing === 'seal' ? client.reconciliation.seal : client.reconciliation.check).mutate(question)
            await refreshAll()
          }}
          onClose={close}
        >
          <p>{doing === 'seal' ? text.sealHint : text.checkHint}</p>
          <p>{text.counts(table.bank.length, table.book.length)}</p>
        </ConfirmWrite>
      )}
      {doing === 'reopen' && (
        <ReasonDialog
          words={text.reason}
          title={text.reopenTitle(question.month)}
          verb={text.reopen}
          onClose={close}
          onReason={async (reason) => {
            await client.reconciliation.reopen.mutate({ ...question, reason })
            await refreshAll()
          }}
        />
      )}
    </>
  )
}
