/** Every bank account: what the book says, what the bank said last, how they differ, what is still open. */
import { useState } from 'react'
import { Button } from 'antd'
import type { ColDef } from 'ag-grid-community'
import { bankText } from '../../messages/bank.ts'
import type { IconName } from '../../parts/icon.tsx'
import { Grid } from '../../parts/grid.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { useStandings, type AccountStanding } from './account.ts'

function stateOf(account: AccountStanding): { tone: Tone; icon: IconName; word: string } {
  const { states } = bankText
  if (account.gaps.length > 0) return { tone: 'due', icon: 'warning', word: states.gap }
  if (account.statementTo === null) return { tone: 'plain', icon: 'dot', word: states.none }
  if (account.openCount > 0) return { tone: 'due', icon: 'clock', word: states.open(account.openCount) }
  if (account.draftedCount > 0) return { tone: 'accent', icon: 'draft', word: states.waiting }
  return account.differenceFen === 0
    ? { tone: 'good', icon: 'check', word: states.done }
    : { tone: 'due', icon: 'warning', word: states.differs }
}

const { columns: heads } = bankText
const COLUMNS: readonly ColDef<AccountStanding>[] = [
  { field: 'bankName', headerName: heads.bank, width: 88 },
  { field: 'number', headerName: heads.number, width: 158 },
  { field: 'bookName', headerName: heads.book, width: 116 },
  { headerName: heads.complex, type: 'text', minWidth: 110, valueGetter: ({ data }) => data?.complexName ?? bankText.shared },
  { field: 'bookFen', headerName: heads.bookBalance, type: 'money', width: 118 },
  { field: 'statementTo', headerName: heads.statementTo, type: 'date' },
  { field: 'statementFen', headerName: heads.statementBalance, type: 'money', width: 118 },
  { field: 'differenceFen', headerName: heads.difference, type: 'money', width: 118, headerTooltip: bankText.differenceNote },
  drawn<AccountStanding>({ headerName: heads.state, width: 120 }, (account) => <StateTag {...stateOf(account)} />),
]

export function AccountList() {
  const { asOf, complexId } = useScope()
  const { data, error } = useStandings()
  const [currentId, setCurrentId] = useState<AccountStanding['bankAccountId']>()
  const mayImport = useMay('preparer', 'bookkeeper', 'reconciler', 'head')
  const rows = data?.filter((account) => complexId === null || account.complexId === complexId || account.complexId === null)
  // Never a guess among several: what is imported belongs to one account.
  const chosen = rows?.length === 1 ? rows[0] : rows?.find(({ bankAccountId }) => bankAccountId === currentId)
  const importInto = () => {
    if (chosen !== undefined) goTo({ screen: 'bank', path: [chosen.bankAccountId, 'import'] })
  }
  useShortcut('Ctrl+N', bankText.import, importInto, { isOn: mayImport })
  return (
    <Page
      title={bankText.title}
      hint={bankText.hint(asOf)}
      body="fill"
      actions={
        <>
          <Button onClick={() => goTo({ screen: 'bank', path: ['rules'] })}>{bankText.rules}</Button>
          {mayImport && (
            <Button type="primary" onClick={importInto} disabled={chosen === undefined} title={bankText.importHint}>
              {bankText.import}
            </Button>
          )}
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <Grid
        label={bankText.accounts}
        columns={COLUMNS}
        rows={rows}
        rowId={(account) => String(account.bankAccountId)}
        empty={bankText.noAccounts}
        onOpen={(account) => goTo({ screen: 'bank', path: [account.bankAccountId] })}
        onCurrent={({ bankAccountId }) => setCurrentId(bankAccountId)}
      />
    </Page>
  )
}
