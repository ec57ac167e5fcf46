/** The filters of the register, all in the address: state, level, rule, days, and the job a link came with. */
import { Button, Segmented, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { isBusinessDate, parseDate, type BusinessDate } from '#core/calendar.ts'
import { FINDING_LEVELS, FINDING_LEVEL_WORD, type FindingLevel } from '#core/checks/finding.ts'
import { CHECK_RULE_IDS, CHECK_RULES, type CheckRuleId } from '#core/checks/rules.ts'
import { FINDING_STATES, FINDING_STATE_WORD, type FindingState } from '#core/checks/standing.ts'
import { idOf, type RepairId } from '#core/id.ts'
import { api } from '../../client.ts'
import { findingText as text } from '../../messages/finding.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Go } from '../../parts/go.tsx'
import { refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'

const STATES = [...FINDING_STATES, 'all'] as const

export type FindingChoice = {
  readonly state: FindingState | 'all' | undefined
  readonly level: FindingLevel | undefined
  readonly rule: CheckRuleId | undefined
  readonly repairId: RepairId | undefined
  readonly from: BusinessDate | null
  readonly to: BusinessDate | null
}

function dayIn(value: string | undefined): BusinessDate | null {
  return value !== undefined && isBusinessDate(value) ? parseDate(value) : null
}

/** What an old bookmark says wrongly is left out. */
export function choiceIn(query: Readonly<Record<string, string>>): FindingChoice {
  const repair = query['repair'] ?? ''
  return {
    state: STATES.find((state) => state === query['state']),
    level: FINDING_LEVELS.find((level) => level === query['level']),
    rule: CHECK_RULE_IDS.find((rule) => rule === query['rule']),
    repairId: /^[1-9]\d{0,14}$/.test(repair) ? idOf<'repair'>(Number(repair)) : undefined,
    from: dayIn(query['from']),
    to: dayIn(query['to']),
  }
}

export function FindingFilter({ choice, onChange }: { readonly choice: FindingChoice; readonly onChange: () => void }) {
  const { complexId } = useScope()
  const { state, level, rule, repairId, from, to } = choice
  const { data: counts } = useQuery(api.finding.counts.queryOptions({ complexId }))
  const counted = (of: FindingState) => {
    const count = counts?.filter((one) => one.state === of).reduce((sum, one) => sum + one.count, 0) ?? 0
    return count === 0 ? FINDING_STATE_WORD[of] : `${FINDING_STATE_WORD[of]} ${count}`
  }
  const change = (query: Readonly<Record<string, string>>) => {
    onChange()
    refine(query)
  }
  return (
    <>
      <Segmented
        aria-label={text.state}
        value={state ?? ''}
        options={[
          { value: '', label: text.waiting },
          ...FINDING_STATES.map((value) => ({ value, label: counted(value) })),
          { value: 'all', label: text.anyState },
        ]}
        onChange={(value) => change({ state: value })}
      />
      <Segmented
        aria-label={text.level}
        value={level ?? ''}
        options={[
          { value: '', label: text.anyLevel }, ...FINDING_LEVELS.map((value) => ({ value, label: FINDING_LEVEL_WORD[value] })),
        ]}
        onChange={(value) => change({ level: value })}
      />
      <Select<string>
        className="finding-rule"
        aria-label={text.rule}
        value={rule ?? ''}
        options={[
          { value: '', label: text.anyRule }, ...CHECK_RULE_IDS.map((id) => ({ value: id, label: CHECK_RULES[id].title })),
        ]}
        onChange={(value) => change({ rule: value })}
      />
      <span className="finding-period">
        <DateInput aria-label={text.standingFrom} allowClear value={from} onChange={(date) => change({ from: date ?? '' })} />
        <span aria-hidden="true">–</span>
        <DateInput aria-label={text.standingTo} allowClear value={to} onChange={(date) => change({ to: date ?? '' })} />
      </span>
      {repairId !== undefined && (
        <>
          <Go to={{ screen: 'repairs', path: [repairId] }}>{text.ofRepair}</Go>
          <Button size="small" onClick={() => change({ repair: '' })}>{text.everyRecord}</Button>
        </>
      )}
    </>
  )
}
