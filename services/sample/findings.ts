/** The office checks itself before the sample's own day: some findings are explained, one is closed out, the rest wait. */
import { addDays, parseDate } from '#core/calendar.ts'
import type { CheckRuleId } from '#core/checks/rules.ts'
import { answerFinding, closeFinding, type StoredFinding } from '../finding/finding.ts'
import { listFindings } from '../finding/finding-list.ts'
import { recordSelfCheck } from '../finding/finding-run.ts'
import { findNow } from '../finding/self-check.ts'
import { onDay, type Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

const LISTED = 200

/** What the clerk says about findings of a rule; rules without a line stay unanswered. */
const ANSWERS: Readonly<Partial<Record<CheckRuleId, string>>> = {
  'deposit.interestDifference': '已与银行核对计息天数，差额待下次结息更正',
  'account.holder': '账户系镇街代管期间开立，更名手续正在办理',
  'repair.nearThreshold': '已核对工程量和现场照片，报价与定额相符',
  'repair.splitting': '两项分属不同部位，分别验收，合同和照片已附',
  'contribution.standard': '已调取交存票据核对，登记时电梯配备录入有误，待更正',
}

export function findingEvents(desk: Desk): SampleEvent[] {
  const today = parseDate(desk.data.today)
  return [{
    date: addDays(today, -1),
    happen: () => {
      const { ledger } = desk
      onDay(desk, addDays(today, -1))
      const scope = { from: null, to: desk.clock.today(), complexId: null, bookId: null }
      recordSelfCheck(desk.head, scope, findNow(ledger, scope.to, scope))
      const open = listFindings(ledger, { complexId: null, state: 'open', limit: LISTED })
      for (const [rule, answer] of Object.entries(ANSWERS)) {
        const [found] = open.filter((one) => one.rule === rule)
        if (found !== undefined) answerFinding(desk.preparer, found.id, answer)
      }
      closeOne(desk, listFindings(ledger, { complexId: null, state: 'answered', limit: LISTED }))
    },
  }]
}

function closeOne(desk: Desk, answered: readonly StoredFinding[]): void {
  const [last] = answered
  if (last !== undefined) closeFinding(desk.head, last.id, '已核对资料，情况属实')
}
