import { describe, expect, it } from 'vitest'
import {
  findNotEqualFund, findNotHandedIn, findReceiptNumbers, findUndistributed, findWrongStandard, type FundStanding,
  type ReceiptRange,
} from '#core/checks/households.ts'
import { CHECK_RULE_IDS, checkRule, rulesAt } from '#core/checks/rules.ts'
import { findWithoutPaper } from '#core/checks/vouchers.ts'
import { idOf } from '#core/id.ts'
import { POLICY_KEYS } from '#core/policy/policy.ts'
import { day, yuan } from './facts.ts'

const COMPLEX = { complexId: idOf<'complex'>(1), complexName: '翠湖花园' }

describe('contributions', () => {
  it('owed are told per complex, paid ones are not', () => {
    expect(findNotHandedIn([{ ...COMPLEX, households: 3, owingFen: yuan('900') }], '2025')[0]?.message).toContain('3 户应交未交')
    expect(findNotHandedIn([{ ...COMPLEX, households: 0, owingFen: yuan('0') }], '2025')).toEqual([])
  })

  it('at the wrong class or amount are told', () => {
    const household = {
      id: idOf<'household'>(1), label: '1幢 101', complexId: COMPLEX.complexId, hasLift: true, chargedWithLift: true,
      dueFen: yuan('8000'), chargedFen: yuan('8000'),
    }
    expect(findWrongStandard([household])).toEqual([])
    expect(findWrongStandard([{ ...household, chargedWithLift: false }])[0]?.message).toContain('电梯配备')
    expect(findWrongStandard([{ ...household, chargedFen: yuan('7999.99') }])[0]?.message).toContain('交存标准')
    expect(findWrongStandard([{ ...household, chargedWithLift: null }])).toEqual([])
  })
})

describe('households and the fund', () => {
  const standing = (changes: Partial<FundStanding> = {}): FundStanding => ({
    ...COMPLEX, fundFen: yuan('100'), householdsFen: yuan('100'), undistributedFen: yuan('0'), undistributedSince: null,
    ...changes,
  })

  it('one fen between them stops the closing', () => {
    expect(findNotEqualFund([standing({ householdsFen: yuan('99.99') })])[0]?.level).toBe('block')
    expect(findNotEqualFund([standing()])).toEqual([])
  })

  it('gains older than the days are to be credited', () => {
    const old = standing({ undistributedFen: yuan('12'), undistributedSince: day('2025-10-08') })
    expect(findUndistributed([old], 365, day('2026-10-09'))).toHaveLength(1)
    expect(findUndistributed([old], 366, day('2026-10-09'))).toEqual([])
    expect(findUndistributed([standing()], 0, day('2026-10-09'))).toEqual([])
  })
})

describe('receipt numbers', () => {
  const used = (...numbers: readonly number[]) => numbers.map((number) => ({ number, isVoid: false, hasOriginal: true }))
  const range = (receipts: ReceiptRange['used']): ReceiptRange => ({ id: 1, name: '皖财 2026', from: 1, to: 100, used: receipts })

  it('in order, with unused ones at the end, are fine', () => {
    expect(findReceiptNumbers([range(used(1, 2, 3))])).toEqual([])
    expect(findReceiptNumbers([range([])])).toEqual([])
  })

  it('a gap, a number used twice, one outside the range and a void without original are told apart', () => {
    const receipts = [...used(1, 3, 3, 101), { number: 4, isVoid: true, hasOriginal: false }]
    expect(findReceiptNumbers([range(receipts)]).map(({ message }) => message)).toEqual([
      expect.stringContaining('跳号 1 张：2'), expect.stringContaining('重号 1 张：3'),
      expect.stringContaining('不在领用号段内 1 张：101'), expect.stringContaining('作废未留原件 1 张：4'),
    ])
  })
})

describe('vouchers without papers', () => {
  const voucher = {
    id: idOf<'voucher'>(1), label: '记-1', complexId: null, amountFen: yuan('5'), papers: 0, hasBankLine: false, needsPaper: true,
  }

  it('are told unless a bank line or their kind stands for the paper', () => {
    expect(findWithoutPaper([voucher])).toHaveLength(1)
    expect(findWithoutPaper([{ ...voucher, papers: 1 }, { ...voucher, hasBankLine: true }, { ...voucher, needsPaper: false }]))
      .toEqual([])
  })
})

describe('the catalogue', () => {
  it('every rule names its basis and waits only for values the profile knows', () => {
    for (const id of CHECK_RULE_IDS) {
      expect(checkRule(id).basis).not.toBe('')
      for (const key of checkRule(id).needs) expect(POLICY_KEYS).toContain(key)
    }
  })

  it('what blocks runs before the step it blocks', () => {
    for (const id of CHECK_RULE_IDS.filter((rule) => checkRule(rule).level === 'block')) {
      expect(checkRule(id).moments.length).toBeGreaterThan(0)
    }
    expect(rulesAt('payment')).toContain('repair.splitting')
  })
})
