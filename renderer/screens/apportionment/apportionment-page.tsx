/** A kept sheet: its method, who bears what, whether it still recomputes, and its papers. */
import { useMemo, useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { APPORTIONMENT_BASIS_WORD } from '#core/household/apportionment.ts'
import type { ApportionmentId } from '#core/id.ts'
import { addFen, formatYuan } from '#core/money.ts'
import { api, client } from '../../client.ts'
import { apportionmentText as text } from '../../messages/apportionment.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { RaiseClaims } from './raise-claims.tsx'
import { shareColumns, type ShareRow } from './share-columns.tsx'

type Sheet = Answers['apportionment']['get']

export function ApportionmentPage({ id }: { readonly id: ApportionmentId }) {
  const { data: sheet, error } = useQuery(api.apportionment.get.queryOptions({ id }))
  if (sheet === undefined) {
    return <Page title={text.formTitle}>{error === null ? null : <ProblemNote error={error} />}</Page>
  }
  return <SheetPage sheet={sheet} />
}

function SheetPage({ sheet }: { readonly sheet: Sheet }) {
  const [jobId, setJobId] = useState<string>()
  const [refusal, setRefusal] = useState<unknown>(null)
  const drawsOnAccounts = sheet.purpose === 'plan' || sheet.purpose === 'repair'
  const short = sheet.rows.filter(({ shortFen }) => shortFen > 0)
  const rows = useMemo(
    () => sheet.rows.map(({ held, drawn, ...row }): ShareRow => ({ ...row, heldFen: held.totalFen, drawnFen: drawn.totalFen })),
    [sheet],
  )

  async function print(): Promise<void> {
    setRefusal(null)
    try {
      const { jobId: started } = await client.apportionment.print.mutate({
        id: sheet.id, papers: drawsOnAccounts ? ['list', 'opinions', 'notice', 'comparison'] : ['list', 'comparison'],
      })
      setJobId(started)
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  const { facts } = text
  return (
    <Page
      title={text.sheetTitle(sheet.id, sheet.title)}
      hint={<Recomputed id={sheet.id} />}
      body="fill"
      actions={
        <>
          <Go to={{ screen: 'complexes', path: [sheet.complexId, 'apportionments', sheet.id, 'compare'] }}>{text.compare}</Go>
          <Button icon={<Icon name="print" />} onClick={() => void print()}>{text.print}</Button>
          {drawsOnAccounts && short.length > 0 && (
            <RaiseClaims
              id={sheet.id}
              complexId={sheet.complexId}
              households={short.length}
              shortFen={addFen(sheet.selfFundedFen, sheet.developerShortFen)}
            />
          )}
        </>
      }
    >
      {refusal !== null && <ProblemNote error={refusal} />}
      <div className="apportionment-preview">
        <Facts
          facts={[
            { label: facts.total, value: <Money fen={sheet.totalFen} /> },
            ...(sheet.askedFen === sheet.totalFen ? [] : [{ label: facts.asked, value: <Money fen={sheet.askedFen} /> }]),
            ...(drawsOnAccounts
              ? [
                  { label: facts.drawn, value: <Money fen={sheet.drawnFen} /> },
                  { label: facts.selfFunded, value: <Money fen={sheet.selfFundedFen} /> },
                  { label: facts.developer, value: <Money fen={sheet.developerShortFen} /> },
                  { label: facts.order, value: text.orders[sheet.drawOrder] },
                ]
              : []),
            { label: text.basis, value: APPORTIONMENT_BASIS_WORD[sheet.basis] },
            { label: facts.households, value: text.householdCount(sheet.households) },
            { label: facts.asOf, value: sheet.asOf },
            { label: facts.by, value: sheet.recordedBy },
          ]}
        />
        {sheet.totalFen < sheet.askedFen && <p>{text.reduced(formatYuan(sheet.askedFen), formatYuan(sheet.totalFen))}</p>}
        <Grid
          label={text.previewLabel}
          columns={shareColumns(rows, drawsOnAccounts)}
          rows={rows}
          rowId={({ householdId }) => String(householdId)}
          empty={text.previewEmpty}
        />
      </div>
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function Recomputed({ id }: { readonly id: ApportionmentId }) {
  const { data } = useQuery(api.apportionment.recompute.queryOptions({ id }))
  if (data === undefined) return null
  return data.isSame
    ? <StateTag icon="check" tone="good" word={text.same} />
    : <StateTag icon="warning" tone="bad" word={text.differs(data.rows.length)} />
}
