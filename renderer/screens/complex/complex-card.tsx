/** One complex: what it is, its money by bank account, its buildings and the decisions its money rests on. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { fen } from '#core/money.ts'
import { api } from '../../client.ts'
import { apportionmentText } from '../../messages/apportionment.ts'
import { complexText as text } from '../../messages/complex.ts'
import { gainText } from '../../messages/gain.ts'
import { householdText } from '../../messages/household.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Complexes } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { fileAddress } from '../../upload.ts'
import { BuildingDialog, DecisionDialog } from './complex-parts-dialogs.tsx'
import { ComplexDialog } from './complex-dialog.tsx'
import { WarrantyPane } from './warranty-pane.tsx'

type Complex = Complexes[number]
type Doing = 'edit' | 'building' | 'decision'

export function ComplexCard({ id }: { readonly id: number }) {
  const { complexes } = useScope()
  const complex = complexes.find((each) => each.id === id)
  return complex === undefined
    ? <Page title={text.title}><p>{text.missing}</p></Page>
    : <Card complex={complex} />
}

function Card({ complex }: { readonly complex: Complex }) {
  const mayWrite = useMay('administrator', 'head', 'bookkeeper')
  const mayDecide = useMay('preparer', 'head', 'bookkeeper')
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  useShortcut('F2', text.edit, () => setDoing('edit'), { isOn: mayWrite })
  const scope = { complex: complex.id }
  return (
    <Page
      title={complex.name}
      hint={complex.code}
      actions={
        <>
          <Go to={{ screen: 'complexes', path: [complex.id, 'households'] }}>{householdText.open}</Go>
          <Go to={{ screen: 'complexes', path: [complex.id, 'apportionments'] }}>{apportionmentText.open}</Go>
          <Go to={{ screen: 'complexes', path: [complex.id, 'gains'] }}>{gainText.open}</Go>
          <Go to={{ screen: 'vouchers', scope }}>{text.vouchers}</Go>
          <Go to={{ screen: 'vouchers', path: ['balance'], scope }}>{text.balances}</Go>
          {mayWrite && <Button onClick={() => setDoing('edit')}>{text.edit}</Button>}
        </>
      }
    >
      <div className="complex-card">
        <Facts
          facts={[
            { label: text.address, value: complex.address },
            { label: text.managerName, value: complex.managerName },
            { label: text.holderName, value: complex.holderName },
            { label: text.hotline, value: complex.hotline },
            { label: text.hasAssembly, value: complex.hasAssembly === 1 ? text.assembly.yes : text.assembly.no },
            {
              label: text.profile,
              value: <Go to={{ screen: 'settings', path: ['policy', complex.profileCode] }}>{complex.profileCode}</Go>,
            },
            {
              label: text.firstDeposit,
              value: complex.firstDepositFen === null ? '' : <Money fen={fen(complex.firstDepositFen)} />,
            },
          ]}
        />
        <BankAccounts complex={complex} />
        <Decisions complex={complex} onAdd={mayDecide ? () => setDoing('decision') : undefined} />
        <WarrantyPane complexId={complex.id} mayWrite={mayDecide} />
        <Buildings complex={complex} onAdd={mayWrite ? () => setDoing('building') : undefined} />
      </div>
      {doing === 'edit' && <ComplexDialog complex={complex} onClose={close} />}
      {doing === 'building' && <BuildingDialog complexId={complex.id} onClose={close} />}
      {doing === 'decision' && <DecisionDialog complexId={complex.id} onClose={close} />}
    </Page>
  )
}

function BankAccounts({ complex }: { readonly complex: Complex }) {
  const { asOf } = useScope()
  const { data, error } = useQuery(api.book.bankBalances.queryOptions({ asOf }))
  const own = data?.filter(({ complexId }) => complexId === complex.id)
  return (
    <section>
      <h2>{text.banks}</h2>
      {error !== null && <ProblemNote error={error} />}
      {own?.length === 0 && <p className="quiet">{text.noBanks}</p>}
      {own !== undefined && own.length > 0 && (
        <table className="plain-table text-table">
          <thead>
            <tr>
              {[text.book, text.bank, text.account].map((name) => <th key={name} scope="col">{name}</th>)}
              {[text.demand, text.term].map((name) => <th key={name} scope="col" className="right">{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {own.map((account) => (
              <tr key={account.bankAccountId}>
                <td>{account.bookName}</td>
                <td>{account.bankName}</td>
                <td>{account.number}</td>
                <td className="right"><Money fen={account.demandFen} /></td>
                <td className="right"><Money fen={account.termFen} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

type ListProps = { readonly complex: Complex; readonly onAdd: (() => void) | undefined }

function Decisions({ complex, onAdd }: ListProps) {
  const { data, error } = useQuery(api.complex.decisions.queryOptions({ complexId: complex.id }))
  return (
    <section>
      <header className="card-head">
        <h2>{text.decisions}</h2>
        {onAdd !== undefined && <Button size="small" onClick={onAdd}>{text.addDecision}</Button>}
      </header>
      {error !== null && <ProblemNote error={error} />}
      {data?.length === 0 && <p className="quiet">{text.noDecisions}</p>}
      {data !== undefined && data.length > 0 && (
        <table className="plain-table text-table">
          <thead>
            <tr>
              {[text.decision.decidedOn, text.decision.kind, text.decision.number, text.decision.title].map((name) => (
                <th key={name} scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.map(({ id, kind, number, title, decidedOn, sha256 }) => (
              <tr key={id}>
                <td>{decidedOn}</td>
                <td>{text.decisionKinds[kind]}</td>
                <td>{number}</td>
                <td><a href={fileAddress(sha256)} download>{title}</a></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

function Buildings({ complex, onAdd }: ListProps) {
  const { data, error } = useQuery(api.complex.buildings.queryOptions({ complexId: complex.id }))
  return (
    <section>
      <header className="card-head">
        <h2>{text.buildings}</h2>
        {onAdd !== undefined && <Button size="small" onClick={onAdd}>{text.addBuilding}</Button>}
      </header>
      {error !== null && <ProblemNote error={error} />}
      {data?.length === 0 && <p className="quiet">{text.noBuildings}</p>}
      {data !== undefined && data.length > 0 && (
        <table className="plain-table text-table">
          <thead>
            <tr>
              {[text.code, text.name].map((name) => <th key={name} scope="col">{name}</th>)}
              <th scope="col" className="right">{text.households}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ id, code, name, households }) => (
              <tr key={id}>
                <td>{code}</td>
                <td>
                  <Go to={{ screen: 'complexes', path: [complex.id, 'buildings', id] }} title={householdText.picture}>{name}</Go>
                </td>
                <td className="right">{households}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
