/** Why a voucher is what it is: the rule and version that made it, what it went by, and links to both. */
import { useQuery } from '@tanstack/react-query'
import type { StatementLineId } from '#core/id.ts'
import { api } from '../../client.ts'
import { ruleText, whyText } from '../../messages/rule.ts'
import { voucherText } from '../../messages/voucher.ts'
import { Go } from '../../parts/go.tsx'
import { originOf, type OriginLine } from './origin.ts'

type Props = {
  readonly rule: string
  readonly lines: readonly OriginLine[]
  readonly statementLineId: StatementLineId | null
}

export function Why({ rule, lines, statementLineId }: Props) {
  const { facts, links } = originOf(rule, lines)
  return (
    <div className="why">
      <span>{rule === '' ? voucherText.view.byHand : ruleText(rule)}</span>
      {facts.map((fact) => <span key={fact} className="quiet">{fact}</span>)}
      {(links.length > 0 || statementLineId !== null) && (
        <ul>
          {links.map(({ to, word }) => <li key={word}><Go to={to}>{word}</Go></li>)}
          {statementLineId !== null && <li><LineLink id={statementLineId} /></li>}
        </ul>
      )}
    </div>
  )
}

function LineLink({ id }: { readonly id: StatementLineId }) {
  const { data, error } = useQuery(api.statement.line.queryOptions({ id }))
  if (error !== null) return whyText.lineGone
  if (data === undefined) return null
  const { date, amountFen, party, bankAccountId } = data.line
  return (
    <Go to={{ screen: 'bank', path: [bankAccountId], query: { line: String(id) } }}>{whyText.line(date, amountFen, party)}</Go>
  )
}
