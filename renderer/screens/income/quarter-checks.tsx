/** Beside the sheet: what keeps it from the board, grouped by level, and what the maintenance fund is owed. */
import { Button } from 'antd'
import { CHECKS, type CheckLevel, type Finding } from '#core/disclosure/checks.ts'
import { formatYuan } from '#core/money.ts'
import { CHECK_LEVEL_WORD, incomeText } from '../../messages/income.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import type { IconName } from '../../parts/icon.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'
import type { QuarterView } from './quarter-table.tsx'

const LEVELS: readonly { readonly level: CheckLevel; readonly icon: IconName; readonly tone: Tone }[] = [
  { level: 'block', icon: 'blocked', tone: 'bad' },
  { level: 'warn', icon: 'warning', tone: 'due' },
  { level: 'hint', icon: 'info', tone: 'plain' },
]

/** Links to so many vouchers stand beside a finding; the figure itself opens them all. */
const VOUCHERS_LINKED = 3

type Props = { readonly view: QuarterView; readonly onTopUp: (() => void) | undefined }

export function QuarterChecks({ view, onTopUp }: Props) {
  const text = incomeText.checks
  const { findings } = view
  const failed = new Set(findings.map((finding) => finding.check))
  const passed = Object.keys(CHECKS).length - failed.size
  return (
    <aside className="income-checks" aria-label={text.title}>
      <h2>{text.title}</h2>
      <Circumstances view={view} />
      {findings.length === 0 && <p>{text.none}</p>}
      {LEVELS.map(({ level, icon, tone }) => {
        const of = findings.filter((finding) => finding.level === level)
        return of.length === 0 ? null : (
          <section key={level}>
            <h3><StateTag icon={icon} tone={tone} word={`${CHECK_LEVEL_WORD[level]} ${of.length}`} /></h3>
            <ul>{of.map((finding, index) => <FindingLine key={`${finding.check}-${index}`} finding={finding} />)}</ul>
          </section>
        )
      })}
      <p className="quiet">
        {text.passed(passed)} · <Go to={{ screen: 'disclosure' }}>{text.toNotice}</Go>
      </p>
      <TopUpBox view={view} onTopUp={onTopUp} />
    </aside>
  )
}

function Circumstances({ view }: { readonly view: QuarterView }) {
  const text = incomeText.checks
  return (
    <ul>
      {view.isRunning && <li><StateTag icon="clock" tone="due" word={text.running} /></li>}
      {view.pendingDrafts > 0 && (
        <li>
          <StateTag icon="draft" tone="due" word={text.drafts(view.pendingDrafts)} />{' '}
          <Go to={{ screen: 'vouchers', path: ['draft'] }}>{text.toDrafts}</Go>
        </li>
      )}
      {view.costOverCapFen !== null && view.costOverCapFen > 0 && (
        <li><StateTag icon="warning" tone="due" word={text.overCap(formatYuan(view.costOverCapFen))} /></li>
      )}
    </ul>
  )
}

function showRow(rowId: string): void {
  const row = document.getElementById(`row-${rowId}`)
  row?.scrollIntoView({ block: 'center' })
  row?.focus()
}

function FindingLine({ finding }: { readonly finding: Finding }) {
  const text = incomeText.checks
  const { rowId, refs, message } = finding
  return (
    <li>
      {message}{' '}
      {rowId !== undefined && <Button size="small" type="link" onClick={() => showRow(rowId)}>{text.goTo}</Button>}
      {refs.slice(0, VOUCHERS_LINKED).map((id, index) => (
        <Go key={id} to={{ screen: 'vouchers', path: [id] }}>{text.voucher(index + 1)}{' '}</Go>
      ))}
    </li>
  )
}

function TopUpBox({ view, onTopUp }: Props) {
  const text = incomeText.topUp
  const { fact, proposedFen, basis } = view.topUp
  const required = fact.required === null
    ? text.unknown
    : fact.strict ? text.moreThan(formatYuan(fact.required)) : <Money fen={fact.required} />
  return (
    <section>
      <h3>{text.title}</h3>
      <Facts
        facts={[
          { label: text.rule, value: fact.rule },
          { label: basis === 'default' ? text.basisDefault : text.required, value: required },
          { label: text.transferred, value: <Money fen={fact.transferred} /> },
          ...(proposedFen === null ? [] : [{ label: text.open, value: <Money fen={proposedFen} /> }]),
          { label: text.dueBy, value: fact.dueBy ?? text.noDue },
        ]}
      />
      {onTopUp !== undefined && proposedFen !== null && proposedFen > 0 && (
        <Button onClick={onTopUp}>{incomeText.actions.topUp}</Button>
      )}
    </section>
  )
}
