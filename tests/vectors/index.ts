/** Topic → checker. A topic that is not here is not built yet and counts as skipped. */
import { check as agreement } from './agreement.ts'
import { check as apportionment } from './apportionment.ts'
import { check as bankReconciliation } from './bank_reconciliation.ts'
import { check as capitals } from './capitals.ts'
import { check as demand } from './demand.ts'
import { check as early } from './early.ts'
import { check as holiday } from './holiday.ts'
import { check as householdInterest } from './household_interest.ts'
import { check as interest } from './interest.ts'
import { check as ledger } from './ledger.ts'
import { check as masking } from './masking.ts'
import { check as notice } from './notice.ts'
import { check as publicIncome } from './public_income.ts'
import { check as retention } from './retention.ts'
import { check as rollover } from './rollover.ts'
import { check as threshold } from './threshold.ts'
import { check as utilities } from './utilities.ts'
import type { Vector } from './vector.ts'
import { check as voucher } from './voucher.ts'
import { check as warranty } from './warranty.ts'

export const CHECKERS: ReadonlyMap<string, (vector: Vector) => void> = new Map([
  ['agreement', agreement],
  ['apportionment', apportionment],
  ['bank_reconciliation', bankReconciliation],
  ['capitals', capitals],
  ['demand', demand],
  ['early', early],
  ['holiday', holiday],
  ['household_interest', householdInterest],
  ['interest', interest],
  ['ledger', ledger],
  ['masking', masking],
  ['notice', notice],
  ['public_income', publicIncome],
  ['retention', retention],
  ['rollover', rollover],
  ['threshold', threshold],
  ['utilities', utilities],
  ['voucher', voucher],
  ['warranty', warranty],
])
