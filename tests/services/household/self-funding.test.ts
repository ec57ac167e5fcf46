import { beforeEach, describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { idOf, type ApportionmentId, type SelfFundingClaimId } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'
import { listClaims, claimedSheets, raiseClaims, withdrawClaims } from '#services/household/self-funding.ts'
import { collectClaims, collectLines, proposeCollections } from '#services/household/self-funding-collection.ts'
import { recordApportionment } from '#services/household/apportionment.ts'
import { householdDue } from '#services/household/household-account.ts'
import { householdBalance } from '#services/household/household-entry.ts'
import { prepareReversal } from '#services/voucher/correction.ts'
import { voidDraft } from '#services/voucher/voucher-draft.ts'
import { importStatement, previewStatement } from '#services/statement/statement.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { utf8 } from '#tests/core/statement/statement-files.ts'
import { refusalOf } from '#tests/db/sample-ledger.ts'
import { moneyOffice, type MoneyOffice } from './household-money-office.ts'
import { cmbFile, rowsOf } from '../statement/statement-office.ts'

let office: MoneyOffice
beforeEach(() => {
  // Three rooms of equal area; the first holds 100 yuan, the others nothing.
  office = moneyOffice(3)
  office.contribute(parseDate('2025-09-01'), [{ amountFen: parseYuan('100') }])
})

const today = () => office.clock.today()
const dueOn = () => addDays(today(), 30)

function sheet(yuan: string): ApportionmentId {
  return recordApportionment(office.head, {
    complexId: office.complexId, purpose: 'plan', repairId: null, utilityBillId: null, title: '屋面防水', basis: 'area',
    scope: { kind: 'complex' }, shortfall: 'collect', askedFen: parseYuan(yuan), coefficients: new Map(),
  }).id
}

const claims = () => listClaims(office.ledger, { complexId: office.complexId, limit: 100 }, today())
function claim(index: number): SelfFundingClaimId {
  return claims()[index]?.id ?? idOf<'selfFundingClaim'>(999)
}
function collect(index: number, yuan: string) {
  return collectClaims(office.preparer, {
    date: today(), bankAccountId: office.maintenanceBank, attachments: [office.paper],
    rows: [{ claimId: claim(index), amountFen: parseYuan(yuan), receipt: null }],
  })
}

describe('self-funding', () => {
  it('asks exactly for what the shares lack, once, and only of those who lack it', () => {
    const id = sheet('240')
    expect(raiseClaims(office.preparer, { apportionmentId: id, dueOn: dueOn() })).toEqual({
      claims: 2, owedFen: parseYuan('160'), superseded: 0,
    })
    expect(claims().map(({ address, owedFen, leftFen, state }) => [address, owedFen, leftFen, state])).toEqual([
      ['1幢 102', 8000, 8000, 'open'], ['1幢 103', 8000, 8000, 'open'],
    ])
    expect(() => raiseClaims(office.preparer, { apportionmentId: id, dueOn: dueOn() })).toThrow('不用重复发起')
    const covered = sheet('3')
    expect(() => raiseClaims(office.preparer, { apportionmentId: covered, dueOn: addDays(today(), -1) })).toThrow('交款期限')
  })

  it('is open until the money is posted, never collects more than is owed, and leaves the rest in the account', () => {
    raiseClaims(office.preparer, { apportionmentId: sheet('240'), dueOn: dueOn() })
    const draft = collect(0, '30')
    expect(claims()[0]).toMatchObject({ collectedFen: 0, pendingFen: 3000, leftFen: 5000, state: 'open' })
    office.accept(draft)
    expect(claims()[0]).toMatchObject({ collectedFen: 3000, pendingFen: 0, leftFen: 5000, state: 'part' })
    office.accept(collect(0, '70'))
    expect(claims()[0]).toMatchObject({ collectedFen: 8000, leftFen: 0, state: 'paid' })
    expect(householdBalance(office.ledger, office.room(1)).totalFen).toBe(parseYuan('100'))
    expect(() => collect(0, '1')).toThrow('已经收清')
    const overpaid = () => office.ledger.write(() => office.ledger
      .prepare<unknown[], never>(
        'INSERT INTO self_funding_receipt SELECT claim_id + 1, draft_id, 1 FROM self_funding_receipt LIMIT 1',
      )
      .run())
    expect(refusalOf(office.ledger, overpaid)).toBe('selfFunding.draft')
  })

  it('counts nothing of a voided or reversed receipt', () => {
    raiseClaims(office.preparer, { apportionmentId: sheet('240'), dueOn: dueOn() })
    voidDraft(office.preparer, collect(0, '80'), '记错')
    expect(claims()[0]).toMatchObject({ pendingFen: 0, leftFen: 8000, state: 'open' })
    const { id: voucherId } = office.accept(collect(0, '80'))
    expect(claims()[0]?.state).toBe('paid')
    office.accept(prepareReversal(office.preparer, { voucherId, reason: '记错户', date: today() }).reversal)
    expect(claims()[0]).toMatchObject({ collectedFen: 0, leftFen: 8000, state: 'open' })
  })

  it('pays for the repair, not for the first contribution', () => {
    const owed = () => householdDue(office.ledger, office.room(1), today()).owedFen
    const before = owed()
    raiseClaims(office.preparer, { apportionmentId: sheet('240'), dueOn: dueOn() })
    office.accept(collect(0, '90'))
    expect(owed()).toBe(fen((before ?? 0) - 1000))
  })

  it('is withdrawn with a reason, not while a receipt waits, and then collects nothing', () => {
    raiseClaims(office.preparer, { apportionmentId: sheet('240'), dueOn: dueOn() })
    const draft = collect(0, '10')
    const withdraw = (reason: string) => { withdrawClaims(office.head, { claimIds: [claim(0)], reason }) }
    expect(() => withdraw('改由维修资金承担')).toThrow('还没有记账')
    voidDraft(office.preparer, draft, '记错')
    expect(() => withdraw(' ')).toThrow('请写明')
    withdraw('改由维修资金承担')
    expect(claims()[0]).toMatchObject({ state: 'withdrawn', leftFen: 0, withdrawnReason: '改由维修资金承担' })
    expect(() => collect(0, '10')).toThrow('已经撤销')
    expect(claimedSheets(office.ledger, { complexId: office.complexId, limit: 5 }, today())).toMatchObject([
      { claims: 2, open: 1, owedFen: 16000, leftFen: 8000, overdueDays: 0 },
    ])
  })

  it('is collected from the bank line that names the household', () => {
    raiseClaims(office.preparer, { apportionmentId: sheet('240'), dueOn: dueOn() })
    const account = addBankAccount(office.head, {
      bookId: office.maintenance, complexId: office.complexId, bankName: '招商银行', branch: '', number: '5510000000000001',
      holderName: '示例花园', isDedicated: true, openedOn: parseDate('2025-01-01'),
    })
    const text = cmbFile(rowsOf('0.00', [
      { date: '2025-09-12', yuan: '80.00', party: '某人', memo: '1幢103 自筹' },
      { date: '2025-09-13', yuan: '55.00', party: '某人', memo: '转账' },
    ]))
    importStatement(office.preparer, previewStatement(office.ledger, account, { name: '九月.csv', bytes: utf8(text) }))
    const scope = { complexId: office.complexId, bankAccountId: account, limit: 100 }
    const proposed = proposeCollections(office.ledger, scope, today())
    expect(proposed.map(({ match }) => match?.address ?? null)).toEqual([null, '1幢 103'])
    const lines = proposed.flatMap(({ line, match }) => (match === null ? [] : [{ lineId: line.id, claimId: match.id }]))
    for (const draft of collectLines(office.preparer, office.complexId, lines)) office.accept(draft)
    expect(claims().map(({ state }) => state)).toEqual(['open', 'paid'])
    expect(proposeCollections(office.ledger, scope, today())).toHaveLength(1)
  })
})
