/** How the sample's contractors, supervisor and auditor were chosen, what their jobs scored, and the last quarter's table. */
import { parseDate, parseQuarter } from '#core/calendar.ts'
import { fen, parseYuan, type Fen } from '#core/money.ts'
import { followUpCap, HEARD_FOLLOW_UP_WORD } from '#core/contractor/contractor-score.ts'
import type { ContractorRole, TenderMethod } from '#core/contractor/tender.ts'
import { findRepairs } from '../repair/repair-board.ts'
import { publishQuarter } from '../contractor/contractor-quarter.ts'
import { recordMerit, scoreForm, scoreRepair } from '../contractor/contractor-score.ts'
import { awardTender, recordTender } from '../contractor/tender.ts'
import { tenderOf } from '../contractor/tender-record.ts'
import { paper, type Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

type Plan = {
  readonly number: string
  readonly title: string
  readonly role: ContractorRole
  readonly method: TenderMethod
  readonly opened: string
  readonly quotes: readonly (readonly [bidder: string, amount: Fen, score: number | null, phone: string])[]
}

function record(desk: Desk, { opened, quotes, ...plan }: Plan) {
  return recordTender(desk.preparer, {
    ...plan, complexId: null, repairId: null, announcedOn: parseDate('2026-06-01'), openedOn: parseDate(opened),
    sha256: paper(desk, `开标纪要 ${plan.number}`, plan.title),
    quotes: quotes.map(([bidder, amountFen, scoreHundredths, phone]) =>
      ({ bidder, phone, bankAccount: '', amountFen, scoreHundredths })),
  })
}

/** Every bidder the office works with is awarded, best first. */
function award(desk: Desk, plan: Plan, winners: readonly string[]): void {
  // The office's address book has them with their accounts, for the payments.
  for (const name of winners) desk.party(name)
  const tenderId = record(desk, plan)
  for (const quote of tenderOf(desk.ledger, tenderId).quotes.filter(({ bidder }) => winners.includes(bidder))) {
    awardTender(desk.reviewer, {
      tenderId, quoteId: quote.id, awardedOn: parseDate('2026-06-25'),
      validFrom: parseDate('2026-07-01'), validTo: parseDate('2027-06-30'), reason: '',
      sha256: paper(desk, `中选通知书 ${plan.number} ${quote.bidder}`, plan.title),
    })
  }
}

function chooseEverybody(desk: Desk): void {
  const contractors = desk.data.contractors.map(({ name }) => name)
  const [supervisor = ''] = desk.data.supervisors
  const [auditor = ''] = desk.data.auditors
  award(desk, {
    number: 'ZB2026-01', title: '2026—2027年度零星维修施工单位', role: 'contractor', method: 'openTender', opened: '2026-06-22',
    quotes: [
      ...contractors.map((name, index) =>
        [name, fen(9_680_000 + index * 210_000), 9320 - index * 140, `05621234${index}01`] as const),
      ['示例恒基建设有限公司', parseYuan('101500.00'), 8410, '056212349001'],
    ],
  }, contractors)
  award(desk, {
    number: 'ZB2026-02', title: '2026—2027年度维修监理单位', role: 'supervisor', method: 'openTender', opened: '2026-06-23',
    quotes: [
      [supervisor, parseYuan('32000.00'), 9150, '056212348001'], ['示例诚信监理有限公司', parseYuan('33500.00'), 8930, '056212348002'],
      ['示例建科监理有限公司', parseYuan('36000.00'), 8700, '056212348003'],
    ],
  }, [supervisor])
  award(desk, {
    number: 'ZB2026-03', title: '2026—2027年度决算审计机构', role: 'auditor', method: 'openTender', opened: '2026-06-24',
    quotes: [
      [auditor, parseYuan('18000.00'), 9260, '056212347001'], ['示例中信造价咨询有限公司', parseYuan('18600.00'), 9040, '056212347002'],
      ['示例华审会计师事务所', parseYuan('21000.00'), 8880, '056212347003'],
    ],
  }, [auditor])
}

/** Waits for its award; two of the bidders gave one telephone number, which the self-check tells. */
function openTender(desk: Desk): void {
  record(desk, {
    number: 'BX2026-03', title: '电梯大修专项监理比选', role: 'supervisor', method: 'comparison', opened: '2026-09-28',
    quotes: [
      ['示例诚信监理有限公司', parseYuan('18000.00'), null, '0562-2345678'],
      ['示例建科监理有限公司', parseYuan('18600.00'), null, '05622345678'],
      ['示例机电监理有限公司', parseYuan('21000.00'), null, '0562-3456789'],
    ],
  })
}

/** In the order of the criteria; a job in four loses nothing. */
const NOTES = ['', '晚于合同工期三天', '现场清理不及时', '验收资料补交两次'] as const
const LISTED = 50

/** All that can be scored: by the follow-up, and a few points off in turn. */
function scoreJobs(desk: Desk): void {
  const second = { login: desk.preparer.actor.login, password: desk.data.password }
  for (const [index, { id }] of findRepairs(desk.ledger, { text: '', limit: LISTED }).entries()) {
    const { waitsFor, parties } = scoreForm(desk.reviewer, id)
    if (waitsFor !== null) continue
    for (const { role, criteria, followUp } of parties) {
      // What is said of the works in turn is the contractor's.
      const note = role === 'contractor' ? NOTES[index % NOTES.length] ?? '' : ''
      const items = criteria.map(({ points, isFollowUp }, row) => {
        if (isFollowUp) {
          const given = followUpCap(points, followUp)
          return { given, note: given < points ? HEARD_FOLLOW_UP_WORD[followUp] : '' }
        }
        const isDocked = row === index % NOTES.length && note !== ''
        return isDocked ? { given: points - 2 - (index % 3), note } : { given: points, note: '' }
      })
      scoreRepair(desk.reviewer, { repairId: id, role, items, reason: '' }, second)
    }
  }
  const [first] = desk.data.contractors
  if (first === undefined) return
  recordMerit(desk.reviewer, {
    counterpartyId: desk.party(first.name), role: 'contractor', kind: 'reward', happenedOn: parseDate('2026-09-29'), points: 2,
    reason: '台风期间夜间抢修，两小时内到场', repairId: null,
  }, second)
}

export function contractorEvents(desk: Desk): SampleEvent[] {
  const second = { login: desk.preparer.actor.login, password: desk.data.password }
  return [
    { date: parseDate('2026-06-25'), happen: () => chooseEverybody(desk) },
    { date: parseDate('2026-09-28'), happen: () => openTender(desk) },
    { date: parseDate('2026-09-29'), happen: () => scoreJobs(desk) },
    {
      date: parseDate('2026-10-08'),
      happen: () => { publishQuarter(desk.reviewer, { quarter: parseQuarter('2026Q3'), reason: '' }, second) },
    },
  ]
}
