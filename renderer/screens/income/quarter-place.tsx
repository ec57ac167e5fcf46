/** One complex's quarter: the sheet as it will hang on the board, its checks beside it, the actions that change it. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { quarterInChinese } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { api } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { utilityText } from '../../messages/utility.ts'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { ActionDialog, ACTIONS, type Action } from './action-dialog.tsx'
import { FigureDrawer, type OpenFigure } from './figure-drawer.tsx'
import { QuarterChecks } from './quarter-checks.tsx'
import { QuarterTable } from './quarter-table.tsx'
import { IncomeSections } from './sections.tsx'
import { UtilityDialog } from './utility-dialog.tsx'

export function QuarterPlace({ complexId }: { readonly complexId: ComplexId }) {
  const { quarter, complex } = useScope()
  const mayPrepare = useMay('preparer')
  const mayRecord = useMay('preparer', 'bookkeeper', 'head')
  const { data: view, error } = useQuery(api.income.quarter.queryOptions({ complexId, quarter }))
  const [figure, setFigure] = useState<OpenFigure>()
  const [action, setAction] = useState<Action>()
  const [isRecording, setRecording] = useState(false)
  const text = incomeText.actions
  return (
    <Page
      title={incomeText.title}
      hint={incomeText.ofQuarter(complex?.name ?? '', quarterInChinese(quarter))}
      toolbar={<IncomeSections current="quarter" />}
      actions={
        view !== undefined && (
          <>
            {mayPrepare && ACTIONS.map((each) => (
              <Button key={each} type={each === 'receive' ? 'primary' : 'default'} onClick={() => setAction(each)}>
                {text[each]}
              </Button>
            ))}
            {mayRecord && <Button onClick={() => setRecording(true)}>{utilityText.record}</Button>}
          </>
        )
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {view !== undefined && (
        <div className="income-quarter">
          <QuarterTable complexId={complexId} view={view} onFigure={setFigure} />
          <QuarterChecks view={view} onTopUp={mayPrepare ? () => setAction('topUp') : undefined} />
        </div>
      )}
      {figure !== undefined && <FigureDrawer complexId={complexId} figure={figure} onClose={() => setFigure(undefined)} />}
      {action !== undefined && view !== undefined && (
        <ActionDialog key={action} action={action} complexId={complexId} view={view} onClose={() => setAction(undefined)} />
      )}
      {isRecording && <UtilityDialog complexId={complexId} onClose={() => setRecording(false)} />}
    </Page>
  )
}
