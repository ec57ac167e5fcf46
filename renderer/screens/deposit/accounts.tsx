/** 活期与协定: every settlement account with its terms, and quarter by quarter what it should have earned. */
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { BankAccountId } from '#core/id.ts'
import { api } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { inGivenOrder } from '../../parts/given-order.ts'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { AccountPane } from './account-pane.tsx'
import { DepositSections } from './sections.tsx'

const text = certificateText.accounts

type Account = Answers['book']['bankAccounts'][number] & { readonly bookName: string; readonly complexName: string }

const COLUMNS = inGivenOrder<Account>([
  { field: 'bankName', headerName: text.columns.bank, type: 'text', minWidth: 100 },
  { field: 'number', headerName: depositText.facts.settlement, type: 'text', minWidth: 120 },
  { field: 'complexName', headerName: depositText.columns.complex, type: 'text', minWidth: 100 },
  { field: 'bookName', headerName: text.columns.book, type: 'text', minWidth: 110, flex: 1 },
])

export function Accounts() {
  const { complexId, books } = useScope()
  const { data: accounts, error } = useQuery(api.book.bankAccounts.queryOptions())
  const { data: complexes } = useQuery(api.complex.list.queryOptions())
  const [current, setCurrent] = useState<BankAccountId>()
  const rows = accounts
    ?.filter((account) => complexId === null || account.complexId === null || account.complexId === complexId)
    .map((account): Account => ({
      ...account,
      bookName: books.find(({ id }) => id === account.bookId)?.name ?? '',
      complexName: complexes?.find(({ id }) => id === account.complexId)?.name ?? '',
    }))
  const shown = rows?.find(({ id }) => id === current) ?? rows?.[0]
  return (
    <Page title={depositText.title} hint={text.hint} body="fill" toolbar={<DepositSections current="accounts" />}>
      {error !== null && <ProblemNote error={error} />}
      <div className="deposit-beside">
        <Grid
          label={text.section}
          columns={COLUMNS}
          rows={rows}
          rowId={({ id }) => String(id)}
          empty={text.empty}
          onCurrent={({ id }) => setCurrent(id)}
        />
        <aside aria-label={text.section}>
          {shown === undefined
            ? <p className="quiet">{text.choose}</p>
            : <AccountPane key={shown.id} id={shown.id} name={`${shown.bankName} ${shown.number}`} />}
        </aside>
      </div>
    </Page>
  )
}
