/** Books, their accounts, and the bank accounts the money is in. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { FUND_WORD } from '../../messages/words.ts'
import { settingText as text } from '../../messages/setting.ts'
import { api } from '../../client.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { changeScope } from '../../place.ts'
import type { Accounts, BankAccounts, Books } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { AccountDialog, BankAccountDialog, BookDialog } from './book-dialogs.tsx'
import { SettingSections } from './settings.tsx'

type Doing = 'book' | 'account' | 'bank'

const BOOK_COLUMNS = [
  { field: 'code', headerName: text.bookCode, width: 80 },
  { field: 'name', headerName: text.bookName, type: 'text' },
  { headerName: text.fund, width: 120, valueGetter: ({ data }) => (data === undefined ? '' : FUND_WORD[data.fundKind]) },
  { field: 'openedOn', headerName: text.openedOn, type: 'date' },
] satisfies Parameters<typeof Grid<Books[number]>>[0]['columns']

const ACCOUNT_COLUMNS = [
  { field: 'code', headerName: text.accountCode, width: 110 },
  { field: 'name', headerName: text.accountName, type: 'text' },
  { headerName: text.leaf, width: 64, valueGetter: ({ data }) => (data?.isLeaf === 1 ? text.yes : '') },
  { headerName: text.prescribed, width: 90, valueGetter: ({ data }) => (data?.isPrescribed === 1 ? text.yes : '') },
  { headerName: text.needsBank, width: 100, valueGetter: ({ data }) => (data?.needsBank === 1 ? text.yes : '') },
] satisfies Parameters<typeof Grid<Accounts[number]>>[0]['columns']

function bankColumns(complexNames: ReadonlyMap<number, string>) {
  return [
    { field: 'bankName', headerName: text.bankName, width: 130 },
    { field: 'branch', headerName: text.branch, width: 110 },
    { field: 'number', headerName: text.number, width: 190 },
    { field: 'holderName', headerName: text.holder, type: 'text' },
    drawn<BankAccounts[number]>({ headerName: text.complex, width: 140 }, ({ complexId }) =>
      (complexId === null ? text.sharedAccount : (complexNames.get(complexId) ?? ''))),
    { headerName: text.dedicated, width: 64, valueGetter: ({ data }) => (data?.isDedicated === 1 ? text.yes : text.no) },
    { field: 'openedOn', headerName: text.openedOn, type: 'date' },
  ] satisfies Parameters<typeof Grid<BankAccounts[number]>>[0]['columns']
}

export function BookSettings() {
  const { books, book, bookId, complexes } = useScope()
  const accounts = useQuery(api.book.accounts.queryOptions({ bookId: bookId ?? 1 }, { enabled: bookId !== undefined }))
  const banks = useQuery(api.book.bankAccounts.queryOptions())
  const mayOpen = useMay('administrator', 'head', 'bookkeeper')
  const mayAddAccount = useMay('bookkeeper', 'head')
  const [doing, setDoing] = useState<Doing>()
  const [columns] = useState(() => bankColumns(new Map(complexes.map(({ id, name }) => [id, name]))))
  const close = () => setDoing(undefined)
  const error = accounts.error ?? banks.error
  return (
    <Page title={text.title} toolbar={<SettingSections current="books" />}>
      {error !== null && <ProblemNote error={error} />}
      <div className="setting-books">
        <section>
          <header className="setting-head">
            <h2>{text.bookName}</h2>
            {mayOpen && <Button size="small" onClick={() => setDoing('book')}>{text.openBook}</Button>}
          </header>
          <Grid
            label={text.bookName}
            columns={BOOK_COLUMNS}
            rows={books}
            rowId={({ id }) => String(id)}
            empty={text.noBooks}
            height={Math.max(2, books.length)}
            onOpen={({ id }) => changeScope({ book: id })}
          />
        </section>
        <section>
          <header className="setting-head">
            <h2>{text.bankAccounts}</h2>
            {mayOpen && books.length > 0 && <Button size="small" onClick={() => setDoing('bank')}>{text.addBank}</Button>}
          </header>
          <Grid
            label={text.bankAccounts}
            columns={columns}
            rows={banks.data?.filter((account) => account.bookId === bookId)}
            rowId={({ id }) => String(id)}
            empty={text.noBanks}
            height={Math.min(8, Math.max(2, banks.data?.length ?? 2))}
          />
        </section>
        {book !== undefined && (
          <section>
            <header className="setting-head">
              <h2>{`${text.accounts} · ${book.name}`}</h2>
              {mayAddAccount && <Button size="small" onClick={() => setDoing('account')}>{text.addSub}</Button>}
            </header>
            <Grid
              label={text.accounts}
              columns={ACCOUNT_COLUMNS}
              rows={accounts.data}
              rowId={({ id }) => String(id)}
              empty={text.noBooks}
              height={12}
            />
          </section>
        )}
      </div>
      {doing === 'book' && <BookDialog onClose={close} />}
      {doing === 'account' && bookId !== undefined && (
        <AccountDialog bookId={bookId} accounts={accounts.data ?? []} onClose={close} />
      )}
      {doing === 'bank' && bookId !== undefined && <BankAccountDialog bookId={bookId} onClose={close} />}
    </Page>
  )
}
