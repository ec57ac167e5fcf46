/** The year of every complex in one table (历年总额 … 结存余额), what was repaired, and the yearly publication to print. */
import { useState } from 'react'
import { Button, Segmented } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api, client } from '../../client.ts'
import { booksText } from '../../messages/books.ts'
import { Grid } from '../../parts/grid.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo } from '../../place.ts'
import type { Answers, Books, Questions } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { YearInput, yearIn } from './period.tsx'
import { BookSections } from './sections.tsx'
import { Standing } from './standing.tsx'
import { TieOuts } from './tie-outs.tsx'

type Report = Answers['statutory']['annual']
type Row = Report['rows'][number]
type Project = Report['projects'][number]

const text = booksText.annual
const UNITS = [{ value: 'yuan' as const, label: text.yuan }, { value: 'tenThousand' as const, label: text.tenThousand }]

const COLUMNS = [
  { field: 'name', headerName: text.complex, type: 'text', minWidth: 110 },
  { field: 'openingFen', headerName: text.opening, type: 'money', width: 122 },
  { field: 'paidInFen', headerName: text.paidIn, type: 'money', width: 112 },
  { field: 'refundedFen', headerName: text.refunded, type: 'money', width: 88 },
  { field: 'usedFen', headerName: text.used, type: 'money', width: 104 },
  { field: 'gainFen', headerName: text.gain, type: 'money', width: 112 },
  { field: 'closingFen', headerName: text.closing, type: 'money', width: 122 },
  { field: 'termFen', headerName: text.term, type: 'money', width: 122 },
  { field: 'demandFen', headerName: text.demand, type: 'money', width: 122 },
] satisfies Parameters<typeof Grid<Row>>[0]['columns']

const PROJECT_COLUMNS = [
  { field: 'complexName', headerName: text.complex, width: 150 },
  { headerName: text.project, flex: 1, minWidth: 200, valueGetter: ({ data }) => (data === undefined ? '' : projectName(data)) },
  { field: 'part', headerName: text.part, width: 110 },
  { field: 'contractor', headerName: text.contractor, width: 200 },
  { field: 'amountFen', headerName: text.amount, type: 'money' },
] satisfies Parameters<typeof Grid<Project>>[0]['columns']

function projectName({ number, title, accountName }: Project): string {
  return title === null ? text.withoutRepair(accountName) : `${number ?? ''} ${title}`
}

type Props = { readonly book: Books[number]; readonly query: Readonly<Record<string, string>> }

export function AnnualPage({ book, query }: Props) {
  const { asOf, complex, complexId } = useScope()
  const year = yearIn(query, asOf)
  const asked = { bookId: book.id, complexId, year }
  const applies = book.fundKind === 'maintenance'
  const report = useQuery(api.statutory.annual.queryOptions(asked, { enabled: applies }))
  const [unit, setUnit] = useState<Questions['statutory']['printAnnual']['unit']>('yuan')
  const [jobId, setJobId] = useState<string>()
  const [error, setError] = useState<unknown>(null)
  const isTied = report.data?.tieOuts.every(({ holds }) => holds) === true

  async function print(): Promise<void> {
    setError(null)
    try {
      const job = await client.statutory.printAnnual.mutate({ ...asked, unit })
      setJobId(job.jobId)
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <Page
      title={booksText.title}
      hint={booksText.hint(book.name, complex?.name ?? booksText.allComplexes)}
      actions={applies && (
        <>
          <Segmented aria-label={text.unit} value={unit} options={UNITS} onChange={setUnit} />
          <Button icon={<Icon name="print" />} disabled={!isTied} onClick={print}>{text.print}</Button>
        </>
      )}
      toolbar={
        <>
          <BookSections current="annual" />
          {applies && <YearInput year={year} />}
        </>
      }
    >
      {!applies && <p className="quiet">{text.wrongFund(book.name)}</p>}
      {error !== null && <ProblemNote error={error} />}
      {report.error !== null && <ProblemNote error={report.error} />}
      {report.data !== undefined && <AnnualTables report={report.data} />}
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function AnnualTables({ report }: { readonly report: Report }) {
  const { rows, totals, projects, tieOuts, state, year } = report
  const [first] = rows
  const total = first === undefined ? [] : [{ ...first, ...totals, code: '', name: text.total, address: '' }]
  return (
    <div className="annual">
      <p>
        <Standing state={state} />
        <span className="quiet">{text.hint}</span>
      </p>
      <Grid
        label={text.title(year)}
        columns={COLUMNS}
        rows={rows.length > 1 ? [...rows, ...total] : rows}
        rowId={({ code, name }) => `${code} ${name}`}
        empty={text.empty}
        height={Math.min(16, Math.max(2, rows.length + (rows.length > 1 ? 1 : 0)))}
        rowClass={({ code }) => (code === '' ? 'annual-total' : '')}
        onOpen={({ complexId, code }) => {
          if (code === '') return
          goTo({ screen: 'books', query: { edition: 'year', year: String(year) }, scope: { complex: complexId } })
        }}
      />
      <h2>{text.projects}</h2>
      <Grid
        label={text.projects}
        columns={PROJECT_COLUMNS}
        rows={projects}
        rowId={({ complexId, repairId, accountName }) => `${complexId} ${repairId ?? accountName}`}
        empty={text.noProjects}
        height={Math.min(12, Math.max(2, projects.length))}
        onOpen={({ repairId }) => repairId !== null && goTo({ screen: 'repairs', path: [repairId] })}
      />
      <div className="annual-ties"><TieOuts tieOuts={tieOuts} /></div>
    </div>
  )
}
