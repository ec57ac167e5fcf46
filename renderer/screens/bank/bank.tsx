/** 银行: accounts, and of one account its lines, import, proposals and batches. */
import type { ReactNode } from 'react'
import type { ScreenProps } from '../index.ts'
import { AccountList } from './account-list.tsx'
import { BatchList } from './batch-list.tsx'
import { ImportStatement } from './import-statement.tsx'
import { LineList } from './line-list.tsx'
import { ProposalList } from './proposal-list.tsx'
import { Inventory } from './reconcile-inventory.tsx'
import { Reconcile } from './reconcile.tsx'
import { RuleList } from './rule-list.tsx'
import './bank.css'

type SectionProps = { bankAccountId: number; path: ScreenProps['path']; query: ScreenProps['query'] }

const SECTIONS: Readonly<Record<string, (props: SectionProps) => ReactNode>> = {
  import: ({ bankAccountId }) => <ImportStatement key={bankAccountId} bankAccountId={bankAccountId} />,
  proposals: ({ bankAccountId }) => <ProposalList key={bankAccountId} bankAccountId={bankAccountId} />,
  batches: ({ bankAccountId }) => <BatchList key={bankAccountId} bankAccountId={bankAccountId} />,
  reconcile: ({ bankAccountId, path }) => <Reconcile key={bankAccountId} bankAccountId={bankAccountId} chosen={path[2]} />,
  inventory: ({ bankAccountId }) => <Inventory key={bankAccountId} bankAccountId={bankAccountId} />,
}

export function Bank({ path, query }: ScreenProps) {
  const [first, section] = path
  if (first === undefined) return <AccountList />
  if (first === 'rules') return <RuleList query={query} />
  const bankAccountId = Number(first)
  if (!Number.isSafeInteger(bankAccountId) || bankAccountId <= 0) return <AccountList />
  const draw = section === undefined ? undefined : SECTIONS[section]
  return draw === undefined
    ? <LineList key={bankAccountId} bankAccountId={bankAccountId} query={query} />
    : draw({ bankAccountId, path, query })
}
