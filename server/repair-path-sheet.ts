/** The path of a job as its printed sheet says it: each step with the event that took it, as it counts now. */
import { APPORTIONMENT_BASIS_WORD } from '#core/household/apportionment.ts'
import { formatYuan } from '#core/money.ts'
import { countingVisas } from '#core/repair/repair-actions.ts'
import { PATH_NODE_WORD, pathOf, type PathMark, type PathNode } from '#core/repair/repair-path.ts'
import { REPAIR_STEP_WORD, type RepairEventKind } from '#core/repair/repair.ts'
import { actualPeriod, periodText } from '#core/repair/works-period.ts'
import type { PathLine, PathSheet } from '#reports/repair-path-sheet.ts'
import { businessDateOf } from '#services/clock.ts'
import { apportionmentOf } from '#services/household/apportionment.ts'
import { repairApportionments } from '#services/household/apportionment-repair.ts'
import type { RecordedEvent } from '#services/repair/repair-event.ts'
import { sheetStateOf, type RepairJob } from '#services/repair/repair-record.ts'
import type { Reader } from './repair-job-facts.ts'
import { opinionLine } from './repair-opinion.ts'

const STATE_WORD: Readonly<Record<PathMark['state'], string>> = { isDone: '已办', now: '当前', ahead: '未到', skipped: '免办' }

const TAKEN_BY: Readonly<Partial<Record<PathNode, readonly RepairEventKind[]>>> = {
  windowCheck: ['windowChecked'],
  repeatAnswer: ['repeatAnswered'],
  engineeringCheck: ['engineeringChecked'],
  scope: ['authorised'],
  authority: ['authorised'],
  budget: ['contracted'],
  contract: ['contracted'],
  spotDraw: ['drawn'],
  spotCheck: ['spotChecked'],
  siteReview: ['siteReviewed'],
  works: ['accepted'],
  acceptance: ['accepted'],
  settlement: ['settled'],
  publication: ['published'],
  payment: ['paymentInstructed'],
  voucher: ['paid', 'paymentCorrected'],
  followUp: ['followedUp'],
  retention: ['paid'],
  refused: ['refused', 'repeatAnswered'],
  cancelled: ['cancelled'],
}

/** What a step that is recorded together with another, or outside the path, has to say for itself. */
function ownText(node: PathNode, job: RepairJob): string | null {
  const { state } = job
  switch (node) {
    case 'scope':
      return state.authority?.scope ?? ''
    case 'authority':
      return state.authority?.basis ?? ''
    case 'budget':
      return (state.contract?.budget ?? []).map(({ label, amountFen }) => `${label} ${formatYuan(amountFen)} 元`).join('；')
    case 'works': {
      const period = actualPeriod(state)
      const visas = countingVisas(state, job.visas).length
      const covered = visas > 0 ? `隐蔽工程签证 ${visas} 次` : state.concealedWork ? '有隐蔽工程，尚无签证' : '无隐蔽工程签证'
      return period === null ? covered : `${periodText(period)}；${covered}`
    }
    default:
      return null
  }
}

function apportionmentLine({ ledger }: Reader, job: RepairJob): Pick<PathLine, 'person' | 'on' | 'text'> {
  const [latest] = repairApportionments(ledger, job.repair.id)
  if (latest === undefined) return { person: '', on: null, text: '' }
  const { basis, recordedBy, at, households } = apportionmentOf(ledger, latest.id)
  return { person: recordedBy, on: businessDateOf(at), text: `${APPORTIONMENT_BASIS_WORD[basis]}，${households} 户分摊` }
}

/** The latest event that took the step; a draw stands though the job was sent back after it. */
function takenBy(node: PathNode, { events }: RepairJob): RecordedEvent | undefined {
  const kinds = TAKEN_BY[node] ?? []
  return events.findLast(({ event }) => kinds.includes(event.kind))
}

function lineOf(reader: Reader, job: RepairJob, { step: node, state, why }: PathMark): PathLine {
  const head = { step: PATH_NODE_WORD[node], state: STATE_WORD[state] }
  if (state === 'skipped') return { ...head, person: '', on: null, text: why }
  if (node === 'apportionment') return { ...head, ...apportionmentLine(reader, job) }
  const isEnd = node === 'refused' || node === 'cancelled'
  const taken = state === 'isDone' || isEnd ? takenBy(node, job) : undefined
  if (taken === undefined) return { ...head, person: '', on: null, text: why }
  const { person, on, text } = opinionLine(taken)
  return { ...head, person, on, text: ownText(node, job) ?? text }
}

export function pathSheetOf(reader: Reader, job: RepairJob): PathSheet {
  const { state, repair, policy, events } = job
  const marks = pathOf(state, events.at(-2)?.step ?? 'windowCheck', sheetStateOf(reader.ledger, repair))
  const [reported] = events
  const first: readonly PathLine[] = reported === undefined ? [] : [{ ...opinionLine(reported), state: STATE_WORD.isDone }]
  return {
    lines: [...first, ...marks.map((mark) => lineOf(reader, job, mark))],
    standing: REPAIR_STEP_WORD[state.step],
    policy: policy.facts.name,
  }
}
