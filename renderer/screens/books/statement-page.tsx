/** The three statements in the page: tie-outs first, every figure opens the accounts and vouchers behind it. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api, client } from '../../client.ts'
import { booksText as text } from '../../messages/books.ts'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers, Books } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { FigureDrawer, type OpenFigure } from './figure-drawer.tsx'
import { periodIn, PeriodPicker } from './period.tsx'
import { BookSections } from './sections.tsx'
import { Standing } from './standing.tsx'
import { BalanceSheetTable, PlainStatement } from './statement-table.tsx'
import { TieOuts } from './tie-outs.tsx'

type Statements = Answers['statutory']['statements']
type Query = Readonly<Record<string, string>>

export function StatementPage({ book, query }: { readonly book: Books[number]; readonly query: Query }) {
  const { asOf, complex, complexId } = useScope()
  const period = periodIn(query, asOf)
  const asked = { bookId: book.id, complexId, period }
  const applies = book.fundKind === 'maintenance'
  const statements = useQuery(api.statutory.statements.queryOptions(asked, { enabled: applies }))
  const [jobId, setJobId] = useState<string>()
  const [error, setError] = useState<unknown>(null)
  const [figure, setFigure] = useState<OpenFigure>()
  const isTied = statements.data?.tieOuts.every(({ holds }) => holds) === true

  async function print(): Promise<void> {
    setError(null)
    try {
      const job = await client.statutory.printStatements.mutate(asked)
      setJobId(job.jobId)
    } catch (refusal) {
      setError(refusal)
    }
  }
  return (
    <Page
      title={text.title}
      hint={text.hint(book.name, complex?.name ?? text.allComplexes)}
      actions={applies && <Button icon={<Icon name="print" />} disabled={!isTied} onClick={print}>{text.print}</Button>}
      toolbar={
        <>
          <BookSections current="statements" />
          {applies && <PeriodPicker period={period} />}
        </>
      }
    >
      {!applies && <p className="quiet">{text.wrongFund(book.name)}</p>}
      {error !== null && <ProblemNote error={error} />}
      {statements.error !== null && <ProblemNote error={statements.error} />}
      {statements.data !== undefined && <StatementSet statements={statements.data} onFigure={setFigure} />}
      {figure !== undefined && statements.data !== undefined && (
        <FigureDrawer
          key={`${figure.row.key}-${figure.column}`}
          bookId={book.id}
          to={statements.data.to}
          figure={figure}
          onClose={() => setFigure(undefined)}
        />
      )}
      {jobId !== undefined && <JobDialog title={text.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}

function StatementSet({ statements, onFigure }: {
  readonly statements: Statements
  readonly onFigure: (figure: OpenFigure) => void
}) {
  const { balanceSheet, incomeStatement, netAssets, tieOuts, state, version, waitsForClosing } = statements
  return (
    <div className="statements">
      <aside aria-label={text.tieOuts}>
        <p>
          <Standing state={state} />
          {version > 1 && <span className="quiet">{text.version(version)}</span>}
        </p>
        {state === 'open' && <p className="quiet">{text.openHint}</p>}
        {waitsForClosing && <p className="quiet">{text.waiting}</p>}
        <TieOuts tieOuts={tieOuts} />
      </aside>
      <BalanceSheetTable sheet={balanceSheet} onFigure={onFigure} />
      <div className="statement-pair">
        <PlainStatement
          caption={text.forms.income}
          columns={incomeStatement.columns}
          rows={incomeStatement.rows}
          onFigure={onFigure}
        />
        <PlainStatement
          caption={text.forms.netAssets}
          columns={netAssets.columns.map(({ label }) => ({ label, span: null }))}
          rows={netAssets.rows}
          onFigure={onFigure}
        />
      </div>
    </div>
  )
}
