/** What is due: overdue first, with what waiting has cost so far. A row leaves the list only by being handled. */
import { useCallback, useState } from 'react'
import { Segmented } from 'antd'
import type { CertificateId } from '#core/id.ts'
import { client } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { dueWords } from '../../messages/due.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo, refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import type { ScreenProps } from '../index.ts'
import { CertificatePane } from './certificate-pane.tsx'
import { certificateColumns, lostColumn } from './columns.tsx'
import { DueMonth } from './due-month.tsx'
import { DuePapers } from './due-papers.tsx'
import type { DueCertificate, DueSummary } from './records.ts'
import { DepositSections, PlaceButton, useDueSummary } from './sections.tsx'

const COLUMNS = [...certificateColumns<DueCertificate>(), lostColumn<DueCertificate>()]

export function DueList({ query }: { readonly query: ScreenProps['query'] }) {
  const { data: summary, error } = useDueSummary()
  const view = query['view'] === 'calendar' ? 'calendar' : 'list'
  return (
    <Page
      title={depositText.title}
      hint={dueWords.work.hint}
      body={view === 'list' ? 'fill' : 'scroll'}
      actions={<><DuePapers /><PlaceButton /></>}
      toolbar={
        <>
          <DepositSections current="due" />
          <Segmented
            aria-label={dueWords.views}
            value={view}
            options={[{ value: 'list', label: dueWords.list }, { value: 'calendar', label: dueWords.calendar }]}
            onChange={(value) => refine({ view: value === 'list' ? '' : value })}
          />
          {summary !== undefined && <LostMeter summary={summary} />}
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      {view === 'list' ? <WorkList /> : <DueMonth query={query} />}
    </Page>
  )
}

function WorkList() {
  const { complexId } = useScope()
  const [current, setCurrent] = useState<CertificateId>()
  const [first, setFirst] = useState<CertificateId | null>()
  const [version, setVersion] = useState(0)
  const [error, setError] = useState<unknown>(null)
  const page = useCallback(
    async (last: DueCertificate | undefined, limit: number) => {
      const rows = await client.due.page.query({
        complexId, limit, ...(last !== undefined && { after: { dueDate: last.dueDate, id: last.id } }),
      })
      if (last === undefined) setFirst(rows[0]?.id ?? null)
      return rows
    },
    [complexId],
  )
  const shown = current ?? first
  return (
    <>
      {error !== null && <ProblemNote error={error} />}
      <div className="deposit-beside">
        <PagedGrid
          // Read anew after something was done with a certificate.
          key={version}
          label={depositText.sections.due}
          columns={COLUMNS}
          rowId={({ id }) => String(id)}
          empty={dueWords.work.empty}
          page={page}
          onError={setError}
          onCurrent={({ id }) => setCurrent(id)}
          onOpen={({ id }) => goTo({ screen: 'deposits', path: [id] })}
        />
        <aside aria-label={depositText.pane}>
          {shown == null
            ? <p className="quiet">{first === undefined ? '' : dueWords.work.none}</p>
            : <CertificatePane key={shown} id={shown} isBeside onDone={() => setVersion((before) => before + 1)} />}
        </aside>
      </div>
    </>
  )
}

function LostMeter({ summary }: { readonly summary: DueSummary }) {
  const text = dueWords.work
  return (
    <p className="lost-meter" role="status">
      {summary.overdueCount === 0
        ? <StateTag icon="check" word={text.noneOverdue} />
        : (
            <>
              <StateTag icon="warning" tone="bad" word={text.overdue(summary.overdueCount)} />
              <span className="quiet">{text.longest(summary.longestOverdueDays)}</span>
              <span title={text.lostNote}>
                {text.lost} <strong><Money fen={summary.lostFen} unit="¥" /></strong>
              </span>
            </>
          )}
      {summary.steps.map(({ reminder, count }) => (
        <StateTag key={reminder} icon="clock" tone="due" word={text.step(reminder, count)} />
      ))}
    </p>
  )
}
