/** Open lines beside the voucher each suggests: Space ticks, Enter confirms, the “why” is one look away. */
import { useMemo, useState } from 'react'
import { Button, Checkbox } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { ColDef } from 'ag-grid-community'
import type { ComplexId } from '#core/id.ts'
import { ZERO_FEN } from '#core/money.ts'
import { api, client, refreshAll } from '../../client.ts'
import { proposalText } from '../../messages/bank.ts'
import { ConfirmWrite } from '../../parts/confirm-write.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ComplexPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { VoucherSheet, type Sheet } from '../../parts/voucher-sheet.tsx'
import { Go } from '../../parts/go.tsx'
import { Facts } from '../../parts/facts.tsx'
import { useScope } from '../../scope.tsx'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { useAccount, type AccountStanding, type ProposedLine } from './account.ts'
import { LineFacts } from './line-pane.tsx'

const LIMIT = 500

const { columns: heads } = proposalText
const COLUMNS: readonly ColDef<ProposedLine>[] = [
  { headerName: heads.date, type: 'date', valueGetter: ({ data }) => data?.line.date },
  { headerName: heads.party, type: 'text', minWidth: 100, valueGetter: ({ data }) => data?.line.party },
  { headerName: heads.memo, type: 'text', minWidth: 100, valueGetter: ({ data }) => data?.line.memo },
  { headerName: heads.amount, type: 'money', width: 96, valueGetter: ({ data }) => data?.line.amountFen },
  {
    headerName: heads.account, width: 150,
    valueGetter: ({ data }) => {
      if (data?.proposal == null) return proposalText.none
      const { code, name } = data.line.amountFen > 0 ? data.proposal.credit : data.proposal.debit
      return `${code} ${name}`
    },
  },
  {
    headerName: heads.contract, width: 112,
    valueGetter: ({ data }) => data?.proposal?.contractNumber ?? data?.proposal?.household?.address ?? '',
  },
]

function mayTick({ proposal }: ProposedLine): boolean {
  return proposal !== null && proposal.date !== null
}

export function ProposalList({ bankAccountId }: { readonly bankAccountId: number }) {
  const { account, name } = useAccount(bankAccountId)
  const { data, error } = useQuery(api.statement.proposals.queryOptions({ bankAccountId, limit: LIMIT }))
  const [onlyProposed, setOnlyProposed] = useState(false)
  const [ticked, setTicked] = useState<readonly ProposedLine[]>([])
  const [current, setCurrent] = useState<ProposedLine>()
  const [confirming, setConfirming] = useState<readonly ProposedLine[]>([])
  const mayPrepare = useMay('preparer')
  const rows = useMemo(() => data?.filter(({ proposal }) => !onlyProposed || proposal !== null), [data, onlyProposed])
  const proposed = data?.filter(mayTick) ?? []
  const shown = data?.find(({ line }) => line.id === current?.line.id) ?? rows?.[0]

  function confirm(lines: readonly ProposedLine[]): void {
    const ready = lines.filter(mayTick)
    if (mayPrepare && ready.length > 0) setConfirming(ready)
  }
  useShortcut('Ctrl+Enter', proposalText.write, () => confirm(ticked), { isOn: mayPrepare && confirming.length === 0 })

  return (
    <Page
      title={proposalText.title}
      hint={`${name} · ${proposalText.hint}`}
      body="fill"
      toolbar={
        <>
          <Checkbox checked={onlyProposed} onChange={(event) => setOnlyProposed(event.target.checked)}>
            {proposalText.onlyProposed}
          </Checkbox>
          {data !== undefined && <span className="quiet">{proposalText.of(proposed.length, data.length)}</span>}
        </>
      }
      actions={mayPrepare && (
        <Button type="primary" disabled={ticked.length === 0} onClick={() => confirm(ticked)}>
          {proposalText.confirm(ticked.length)}
        </Button>
      )}
    >
      {error !== null && <ProblemNote error={error} />}
      <div className="beside">
        <div className="grid-side">
          <Grid
            label={proposalText.label}
            columns={COLUMNS}
            rows={rows}
            rowId={({ line }) => String(line.id)}
            empty={proposalText.empty}
            mayTick={mayTick}
            onTicked={setTicked}
            onCurrent={setCurrent}
            onOpen={(row, tickedNow) => confirm(tickedNow.length > 0 ? tickedNow : [row])}
          />
        </div>
        <aside aria-label={proposalText.whyTitle}>
          {shown === undefined
            ? <p className="quiet">{proposalText.chooseLine}</p>
            : <ProposalPane row={shown} account={account} />}
        </aside>
      </div>
      {confirming.length > 0 && account !== undefined && (
        <ConfirmProposals rows={confirming} account={account} onClose={() => setConfirming([])} />
      )}
    </Page>
  )
}

function sheetOf({ line, proposal }: ProposedLine, account: AccountStanding | undefined, complexName?: string): Sheet | null {
  if (proposal === null) return null
  const { summary, amountFen } = proposal
  const side = { summary, complex: complexName ?? proposal.complexName ?? '' }
  const named = (one: { code: string; name: string }) => `${one.code} ${one.name}`
  return {
    bookName: account?.bookName ?? '',
    kind: 'general',
    number: null,
    date: proposal.date ?? line.date,
    attachmentCount: 0,
    rule: proposal.reason,
    lines: [
      { ...side, account: named(proposal.debit), debitFen: amountFen, creditFen: ZERO_FEN },
      { ...side, account: named(proposal.credit), debitFen: ZERO_FEN, creditFen: amountFen },
    ],
  }
}

function ProposalPane({ row, account }: { readonly row: ProposedLine; readonly account: AccountStanding | undefined }) {
  const { line, proposal } = row
  const sheet = sheetOf(row, account)
  return (
    <>
      {proposal === null && <p>{proposalText.noneFor}</p>}
      {sheet !== null && <VoucherSheet sheet={{ ...sheet, rule: '' }} />}
      {proposal !== null && (
        <>
          <h2 id="why">{proposalText.why}</h2>
          <p>{proposal.reason}</p>
          <Facts
            facts={[
              {
                label: proposalText.rule,
                value: (
                  <Go to={{ screen: 'bank', path: ['rules'], query: { rule: proposal.ruleId } }}>
                    {proposalText.ruleVersion(proposal.kind, proposal.ruleVersion)}
                  </Go>
                ),
              },
              ...(proposal.contractId === null
                ? []
                : [{
                    label: proposalText.contract,
                    value: <Go to={{ screen: 'income', path: ['contracts', proposal.contractId] }}>{proposal.contractNumber}</Go>,
                  }]),
              ...(proposal.household === null || proposal.complexId === null
                ? []
                : [{
                    label: proposalText.household,
                    value: (
                      <Go to={{ screen: 'complexes', path: [proposal.complexId, 'households', proposal.household.id] }}>
                        {proposal.household.address}
                      </Go>
                    ),
                  }]),
            ]}
          />
          {proposal.household?.by === 'amount' && <p role="note">{proposalText.guess}</p>}
          {proposal.date === null && <p className="negative">{proposalText.noPeriod}</p>}
          {proposal.date !== null && proposal.date !== line.date && <p>{proposalText.moved(proposal.date)}</p>}
        </>
      )}
      <LineFacts line={line} />
    </>
  )
}

type ConfirmProps = { readonly rows: readonly ProposedLine[]; readonly account: AccountStanding; readonly onClose: () => void }

/** Every voucher in full before it is drafted; interest of a shared account first asks whose it is. */
function ConfirmProposals({ rows, account, onClose }: ConfirmProps) {
  const { complexes } = useScope()
  const { person } = useSession()
  const [chosen, setChosen] = useState<ReadonlyMap<number, ComplexId | null>>(new Map())
  const complexName = (lineId: number) => complexes.find(({ id }) => id === chosen.get(lineId))?.name
  const unowned = rows.filter(({ proposal }) => proposal !== null && proposal.complexId === null)
  const sheets = rows.flatMap((row) => {
    const sheet = sheetOf(row, account, complexName(row.line.id))
    return sheet === null ? [] : [{ ...sheet, preparer: person.name }]
  })

  async function write(): Promise<void> {
    await client.statement.confirm.mutate({
      lines: rows.flatMap(({ line, proposal }) => proposal === null ? [] : [{
        lineId: line.id, ruleId: proposal.ruleId, ruleVersion: proposal.ruleVersion, contractId: proposal.contractId,
        householdId: proposal.household?.id ?? null, complexId: chosen.get(line.id) ?? proposal.complexId,
      }]),
    })
    await refreshAll()
  }
  return (
    <ConfirmWrite
      title={proposalText.confirmTitle(sheets.length)}
      verb={proposalText.write}
      sheets={sheets}
      onWrite={write}
      onClose={onClose}
    >
      {unowned.length > 0 && (
        <fieldset>
          <legend>{proposalText.complexNeeded}</legend>
          {unowned.map(({ line, proposal }) => (
            <label key={line.id} className="shared-line">
              <span>
                {line.date} {proposal?.summary}
              </span>
              <ComplexPicker
                aria-label={`${proposalText.chooseComplex} ${line.date} ${line.memo}`}
                value={chosen.get(line.id) ?? null}
                onChange={(complexId) => setChosen(new Map(chosen).set(line.id, complexId))}
              />
            </label>
          ))}
        </fieldset>
      )}
    </ConfirmWrite>
  )
}
