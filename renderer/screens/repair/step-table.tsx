/** Steps × waiting times: how many jobs wait where and how long. Every figure is a link; arrows walk from one to the next. */
import type { KeyboardEvent } from 'react'
import { REPAIR_STEP_WORD, REPAIR_STEPS, type RepairStep } from '#core/repair/repair.ts'
import { AGE_BANDS } from '#core/repair/waiting.ts'
import { boardText } from '../../messages/repair-board.ts'
import type { Target } from '../../navigation.ts'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import type { Answers } from '../../records.ts'

export type Column = Answers['repairBoard']['board'][number]

const AGES = [...AGE_BANDS, 'late'] as const
export type Age = (typeof AGES)[number]

export function ageOf(text: string | undefined): Age | undefined {
  return AGES.find((age) => age === text)
}

export function stepOf(text: string | undefined): RepairStep | undefined {
  return REPAIR_STEPS.find((step) => step === text)
}

type Props = {
  readonly steps: readonly RepairStep[]
  readonly columns: readonly Column[] | undefined
  readonly current: { readonly step: RepairStep | null; readonly age: Age | undefined }
  /** Null: a figure that leads nowhere. */
  readonly targetOf: (step: RepairStep, age: Age | null) => Target | null
  /** Leads to all steps together; without it the totals are only figures. */
  readonly all?: Target
}

export function StepTable({ steps, columns, current, targetOf, all }: Props) {
  const sum = (of: (column: Column) => number) => (columns ?? []).reduce((total, column) => total + of(column), 0)
  return (
    <table className="repair-steps" aria-label={boardText.steps} title={boardText.stepsKeys} onKeyDown={walk}>
      <thead>
        <tr>
          <th scope="col">{boardText.step}</th>
          <th scope="col">{boardText.count}</th>
          {AGES.map((age) => <th key={age} scope="col" title={boardText.ageTitle[age]}>{boardText.age[age]}</th>)}
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <StepRow
            key={step}
            step={step}
            column={columns?.find((one) => one.step === step)}
            age={current.step === step ? (current.age ?? null) : undefined}
            targetOf={targetOf}
          />
        ))}
      </tbody>
      <tfoot>
        <tr className={all !== undefined && current.step === null ? 'is-current' : ''}>
          <th scope="row">
            {all === undefined ? boardText.all : <Go to={all} isCurrent={current.step === null}>{boardText.all}</Go>}
          </th>
          <td>{sum(({ count }) => count)}</td>
          {AGES.map((age) => <td key={age}>{figure(sum((column) => column[age]))}</td>)}
        </tr>
      </tfoot>
    </table>
  )
}

type RowProps = {
  readonly step: RepairStep
  readonly column: Column | undefined
  /** Undefined: another step is shown; null: this one, whatever its age. */
  readonly age: Age | null | undefined
  readonly targetOf: Props['targetOf']
}

function StepRow({ step, column, age: shown, targetOf }: RowProps) {
  const target = targetOf(step, null)
  const states = [column === undefined ? 'is-idle' : '', shown === undefined ? '' : 'is-current']
  return (
    <tr className={states.join(' ')}>
      <th scope="row">
        {target === null ? REPAIR_STEP_WORD[step] : <Go to={target} isCurrent={shown === null}>{REPAIR_STEP_WORD[step]}</Go>}
      </th>
      <td>{figure(column?.count ?? 0)}</td>
      {AGES.map((age) => (
        <td key={age} className={age === 'late' ? 'is-late' : ''}>
          <Waiting step={step} age={age} count={column?.[age] ?? 0} isCurrent={shown === age} target={targetOf(step, age)} />
        </td>
      ))}
    </tr>
  )
}

type WaitingProps = {
  readonly step: RepairStep
  readonly age: Age
  readonly count: number
  readonly isCurrent: boolean
  readonly target: Target | null
}

function Waiting({ step, age, count, isCurrent, target }: WaitingProps) {
  if (count === 0) return null
  const shown = <>{age === 'late' && <Icon name="clock" />}{count}</>
  if (target === null) return <span>{shown}</span>
  return (
    <Go to={target} isCurrent={isCurrent} title={`${REPAIR_STEP_WORD[step]} ${boardText.ageTitle[age]}`}>{shown}</Go>
  )
}

function figure(count: number): string {
  return count === 0 ? '' : String(count)
}

const KEYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1],
}

/** The next link in the arrow's direction; upwards and downwards, the step's own where the column is empty. */
function walk(event: KeyboardEvent<HTMLTableElement>): void {
  const by = KEYS[event.key]
  const cell = event.target instanceof HTMLElement ? event.target.closest('th, td') : null
  const row = cell?.closest('tr')
  if (by === undefined || !(cell instanceof HTMLTableCellElement) || !(row instanceof HTMLTableRowElement)) return
  event.preventDefault()
  const [down, right] = by
  const rows = [...event.currentTarget.rows]
  if (right !== 0) {
    const cells = [...row.cells]
    const ahead = right > 0 ? cells.slice(cell.cellIndex + 1) : cells.slice(0, cell.cellIndex).toReversed()
    linkIn(ahead)?.focus()
    return
  }
  const place = rows.indexOf(row)
  const ahead = down > 0 ? rows.slice(place + 1) : rows.slice(0, place).toReversed()
  const next = ahead.find((other) => other.querySelector('a') !== null)
  linkIn([next?.cells[cell.cellIndex], next?.cells[0]])?.focus()
}

function linkIn(cells: readonly (HTMLTableCellElement | undefined)[]): HTMLAnchorElement | undefined {
  return cells.map((cell) => cell?.querySelector('a') ?? undefined).find((link) => link !== undefined)
}
