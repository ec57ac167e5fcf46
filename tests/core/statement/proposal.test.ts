import { describe, expect, it } from 'vitest'
import { indexPayers, type Payer } from '#core/household/contribution-match.ts'
import { idOf } from '#core/id.ts'
import { fen } from '#core/money.ts'
import { proposeVoucher, type ProposalContract, type ProposalInput, type ProposalRule } from '#core/statement/proposal.ts'

const rules: ProposalRule[] = [
  { id: 'interest', version: 2, kind: 'interest', matchWords: ['结息', '利息'], accountCode: '4201' },
  { id: 'fee', version: 1, kind: 'fee', matchWords: ['手续费'], accountCode: '5201' },
  { id: 'income', version: 3, kind: 'contractIncome', matchWords: [], accountCode: '4101' },
]
const lift: ProposalContract = {
  id: 'c1', complexId: 'x1', counterpartyNames: ['示例（铜陵）传媒有限公司'], categoryAccountCode: '410101', amountsDue: [fen(1_200_000)],
}
const locker: ProposalContract = { ...lift, id: 'c2', complexId: 'x2', categoryAccountCode: '410102', amountsDue: [fen(500_000)] }

function propose(row: Partial<ProposalInput['row']>, contracts: readonly ProposalContract[] = [lift]) {
  const full = { amountFen: fen(0), party: '', memo: '', isReversal: false, ...row }
  return proposeVoucher({ row: full, bankAccountCode: '100201', rules, contracts })
}

describe('a statement row proposes its voucher', () => {
  it('interest in: debit bank, credit interest, naming rule, version and why', () => {
    expect(propose({ amountFen: fen(34_567), memo: '1季度结息' })).toMatchObject({
      kind: 'interest', ruleId: 'interest', ruleVersion: 2,
      debit: { accountCode: '100201', amountFen: 34_567 }, credit: { accountCode: '4201', amountFen: 34_567 },
      reason: '摘要含“结息”，收入 345.67 元，按利息规则第 2 版生成',
    })
  })

  it('a fee out: debit expense, credit bank, both positive', () => {
    expect(propose({ amountFen: fen(-2278), memo: '对公汇款 手续费' })).toMatchObject({
      kind: 'fee', debit: { accountCode: '5201', amountFen: 2278 }, credit: { accountCode: '100201', amountFen: 2278 },
    })
  })

  it('words on the wrong side of the account propose nothing', () => {
    expect(propose({ amountFen: fen(-100), memo: '利息' })).toBeNull()
    expect(propose({ amountFen: fen(100), memo: '手续费' })).toBeNull()
  })

  it('contract income by counterparty, whatever the brackets, and the amount due', () => {
    const proposal = propose({ amountFen: fen(1_200_000), party: '示例(铜陵) 传媒有限公司' })
    expect(proposal).toMatchObject({ contractId: 'c1', complexId: 'x1', credit: { accountCode: '410101', amountFen: 1_200_000 } })
    expect(proposal?.reason).toContain('与一笔应收相等')
  })

  it('two contracts of one party: the amount due decides, else the clerk', () => {
    const party = '示例（铜陵）传媒有限公司'
    expect(propose({ amountFen: fen(500_000), party }, [lift, locker])?.contractId).toBe('c2')
    expect(propose({ amountFen: fen(1), party }, [lift, locker])).toBeNull()
    expect(propose({ amountFen: fen(1_200_000), party }, [lift, { ...lift, id: 'c3' }])).toBeNull()
  })

  it('another amount than due is proposed with the difference in words', () => {
    const reason = propose({ amountFen: fen(1_100_000), party: '示例（铜陵）传媒有限公司' })?.reason
    expect(reason).toContain('应收为 12,000.00 元，到账 11,000.00 元')
  })

  it('a reversal, a payment to the party and an unknown party are left to the clerk', () => {
    expect(propose({ amountFen: fen(100), memo: '结息', isReversal: true })).toBeNull()
    expect(propose({ amountFen: fen(-1_200_000), party: '示例（铜陵）传媒有限公司' })).toBeNull()
    expect(propose({ amountFen: fen(1_200_000), party: '别家公司' })).toBeNull()
    expect(propose({ amountFen: fen(1_200_000) }, [{ ...lift, counterpartyNames: [''] }])).toBeNull()
  })
  it('a contribution names the household it fits and by what; money out, two households, no household ledger: nothing', () => {
    const rule: ProposalRule = { id: 'paidIn', version: 4, kind: 'contribution', matchWords: [], accountCode: '4001' }
    const door = (id: number, room: string): Payer =>
      ({ householdId: idOf<'household'>(id), building: '3幢', entrance: '', room, names: ['同名'], owedFen: fen(100 + id) })
    const payers = indexPayers([door(1, '101'), door(2, '102')])
    const of = (row: Partial<ProposalInput['row']>, index: typeof payers | null = payers) => proposeVoucher({
      row: { amountFen: fen(500), party: '', memo: '', isReversal: false, ...row },
      bankAccountCode: '1', rules: [rule], contracts: [], payers: index,
    })
    expect(of({ memo: '3-102 维修资金' })).toMatchObject({
      kind: 'contribution', ruleVersion: 4, household: { id: 2, by: 'address' }, credit: { accountCode: '4001', amountFen: 500 },
    })
    expect(of({ amountFen: fen(101) }))
      .toMatchObject({ household: { id: 1, by: 'amount' }, reason: expect.stringContaining('请核对付款人') })
    expect(of({ party: '同名' })).toBeNull()
    expect(of({ memo: '3-102', amountFen: fen(-500) })).toBeNull()
    expect(of({ memo: '3-102', isReversal: true })).toBeNull()
    expect(of({ memo: '3-102' }, null)).toBeNull()
  })
})
