/** Home: what waits for this person, where the money is, what was posted last. */
import { useQuery } from '@tanstack/react-query'
import { Page } from '../../parts/page.tsx'
import { api } from '../../client.ts'
import { todayText } from '../../messages/today.ts'
import { Go } from '../../parts/go.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useScope } from '../../scope.tsx'
import { useSession } from '../../session.tsx'
import { NoticeRates } from '../notice/rates.tsx'
import { MoneyOverview } from './money-overview.tsx'
import { findNeeds } from './needs.ts'
import { RecentVouchers } from './recent-vouchers.tsx'

export function Today() {
  const { asOf, complexId, complex } = useScope()
  const balances = useQuery(api.book.bankBalances.queryOptions({ asOf }))
  const shown = balances.data?.filter((balance) => complexId === null || balance.complexId === complexId)
  const hint = complex === null ? todayText.asOf(asOf) : `${todayText.asOf(asOf)} · ${todayText.ofComplex(complex.name)}`
  return (
    <Page title={todayText.title} hint={hint}>
      <div className="today-grid">
        <Needs />
        <section aria-labelledby="today-money">
          <h2 id="today-money">{todayText.money}</h2>
          <Go to={{ screen: 'disclosure' }} className="today-rates"><NoticeRates /></Go>
          {balances.error !== null && <ProblemNote error={balances.error} />}
          {shown !== undefined && (
            <MoneyOverview balances={shown} empty={complex === null ? todayText.noAccounts : todayText.noOwnAccounts} />
          )}
        </section>
        <RecentVouchers />
      </div>
    </Page>
  )
}

function Needs() {
  const scope = useScope()
  const { person } = useSession()
  const { data: needs } = useQuery({
    queryKey: ['needs', person.userId, scope.bookId, scope.complexId, scope.quarter],
    queryFn: () => findNeeds(scope, person),
  })
  return (
    <section aria-labelledby="today-needs">
      <h2 id="today-needs">{todayText.needs}</h2>
      {needs?.length === 0 && <p className="quiet">{todayText.noNeeds}</p>}
      <ul className="needs">
        {needs?.map(({ key, icon, tone, text, fen, target }) => (
          <li key={key}>
            <Go to={target}>
              <StateTag icon={icon} tone={tone} word={text} />
              <Money fen={fen} unit="¥" />
            </Go>
          </li>
        ))}
      </ul>
    </section>
  )
}
