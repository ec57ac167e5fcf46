/** Owners' votes of the sample in three standings: carried and posted, counted and waiting for its second person, still open. */
import { addDays, parseDate, type BusinessDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import type { VoteId } from '#core/id.ts'
import type { RepairPart } from '#core/repair/repair-place.ts'
import type { BallotChoice } from '#core/authority/vote-tally.ts'
import { listBuildings } from '../register/complex.ts'
import { addVotePaper, certifyVote, countBallots, enterBallots, openVote, postVoteResult } from '../authority/vote.ts'
import { voteUnits } from '../authority/vote-record.ts'
import { paper, type Desk, type SeatedComplex } from './desk.ts'
import type { SampleEvent } from './income.ts'

type Plan = {
  readonly title: string
  readonly building: number
  readonly yuan: string
  readonly part: RepairPart
  readonly opened: string
  readonly until: 'posted' | 'counted' | 'open'
}

const PLANS: readonly Plan[] = [
  { title: '1幢屋面防水翻修使用维修资金', building: 0, yuan: '86000.00', part: '屋面', opened: '2026-07-20', until: 'posted' },
  { title: '2幢外墙渗漏维修使用维修资金', building: 1, yuan: '52000.00', part: '外墙', opened: '2026-09-08', until: 'counted' },
  { title: '1幢电梯曳引机更换使用维修资金', building: 0, yuan: '38000.00', part: '电梯', opened: '2026-09-28', until: 'open' },
]

/** One in eleven against, one in seventeen abstaining, one in six not handed in; the same on every build. */
function choiceOf(index: number): BallotChoice | null {
  if (index % 6 === 5) return null
  if (index % 11 === 3) return 'against'
  return index % 17 === 8 ? 'abstain' : 'agree'
}

function enter(desk: Desk, id: VoteId, building: ReturnType<typeof listBuildings>[number], isHalf: boolean): void {
  const units = voteUnits(desk.ledger, id, building.id)
  const back = isHalf ? units.slice(0, Math.floor(units.length / 2)) : units
  enterBallots(desk.preparer, id, back.flatMap(({ householdId }, index) => {
    const choice = choiceOf(index)
    return choice === null ? [] : [{ householdId, choice }]
  }))
}

function planEvents(desk: Desk, complex: SeatedComplex, plan: Plan): SampleEvent[] {
  const opened = parseDate(plan.opened)
  const returnBy = addDays(opened, 14)
  let vote: VoteId | undefined
  const at = (date: BusinessDate, work: (id: VoteId) => void): SampleEvent => ({
    date, happen: () => { if (vote !== undefined) work(vote) },
  })
  const building = () => listBuildings(desk.ledger, complex.id)[plan.building]
  return [
    {
      date: opened,
      happen: () => {
        const found = building()
        if (found === undefined) return
        vote = openVote(desk.preparer, {
          complexId: complex.id, title: plan.title, matter: 'use', method: 'ballot',
          scope: { kind: 'buildings', buildingIds: [found.id] }, amountFen: parseYuan(plan.yuan),
          parts: [plan.part], repairId: null,
          registerOn: opened, returnBy,
        })
        addVotePaper(desk.preparer, vote, 'plan', paper(desk, `使用方案 ${plan.title}`, `${plan.yuan} 元`))
      },
    },
    at(addDays(opened, plan.until === 'open' ? 4 : 13), (id) => {
      const found = building()
      if (found !== undefined) enter(desk, id, found, plan.until === 'open')
    }),
    ...(plan.until === 'open' ? [] : [at(addDays(returnBy, 1), (id: VoteId) => {
      addVotePaper(desk.preparer, id, 'ballots', paper(desk, `表决票扫描件 ${plan.title}`, '全部票面'))
      countBallots(desk.preparer, id)
    })]),
    ...(plan.until !== 'posted' ? [] : [at(addDays(returnBy, 2), (id: VoteId) => {
      certifyVote(desk.reviewer, id)
      postVoteResult(desk.preparer, id, { on: desk.clock.today(), place: '小区公告栏、1幢门厅' })
    })]),
  ]
}

/** In the complex whose register is on file. */
export function voteEvents(desk: Desk): SampleEvent[] {
  const complex = desk.complexes.find(({ data }) => data.register !== undefined)
  return complex === undefined ? [] : PLANS.flatMap((plan) => planEvents(desk, complex, plan))
}
