/** Books and statements of the book in the scope: the three forms, income and balance, the yearly table, ledgers to print. */
import { booksText as text } from '../../messages/books.ts'
import { Page } from '../../parts/page.tsx'
import { useScope } from '../../scope.tsx'
import type { ScreenProps } from '../index.ts'
import { AnnualPage } from './annual-page.tsx'
import { LedgerPage } from './ledger-page.tsx'
import { MovementPage } from './movement-page.tsx'
import { StatementPage } from './statement-page.tsx'
import './books.css'

export function Books({ path: [section], query }: ScreenProps) {
  const { book } = useScope()
  if (book === undefined) return <Page title={text.title}><p className="quiet">{text.noBook}</p></Page>
  if (section === 'movement') return <MovementPage book={book} query={query} />
  if (section === 'annual') return <AnnualPage book={book} query={query} />
  if (section === 'ledgers') return <LedgerPage book={book} query={query} />
  return <StatementPage book={book} query={query} />
}
