/** What a voucher says about the rule that made it, and where its links lead. */
import { describe, expect, it } from 'vitest'
import { ruleText } from '#renderer/messages/rule.ts'
import { originOf } from '#renderer/screens/voucher/origin.ts'

const LINES = [{ complexId: 3, contractId: null, repairId: null }, { complexId: 3, contractId: 7, repairId: 9 }]

function targets(rule: Readonly<Record<string, unknown>>): readonly string[] {
  return originOf(JSON.stringify(rule), LINES).links.map(({ to }) =>
    `${to.screen}/${(to.path ?? []).join('/')}${to.query === undefined ? '' : `?${new URLSearchParams(to.query).toString()}`}`)
}

describe('the origin of a voucher', () => {
  it('a voucher made of a bank line names its rule, leads to that very version, and says why it fitted', () => {
    const rule = {
      by: 'statement.contractIncome', rule: 'publicIncome.contractIncome', version: 2, why: '付款方是合同对方', contract: 'HT-7',
    }
    expect(ruleText(JSON.stringify(rule))).toBe('对账单制证：合同收入')
    const { facts, links } = originOf(JSON.stringify(rule), LINES)
    expect(facts).toEqual(['付款方是合同对方'])
    expect(links[0]).toEqual({
      to: { screen: 'bank', path: ['rules'], query: { rule: 'publicIncome.contractIncome', version: '2' } },
      word: '制证规则第 2 版',
    })
    expect(targets(rule)).toContain('income/contracts/7')
  })

  it('a rollover leads to every old and every new certificate', () => {
    const rule = { by: 'deposit.rollOver', certificateIds: [4, 5], nextCertificateIds: [6], mode: 'merge' }
    expect(targets(rule).slice(0, 3)).toEqual(['deposits/4', 'deposits/5', 'deposits/6'])
    expect(originOf(JSON.stringify(rule), LINES).links.slice(0, 3).map(({ word }) => word)).toEqual(['存单 1', '存单 2', '新存单'])
  })

  it('a withdrawal says what the certificate should have earned', () => {
    expect(originOf(JSON.stringify({ by: 'deposit.withdraw', certificateId: 4, expectedFen: 123456 }), LINES).facts)
      .toEqual(['按存单约定应得利息 1,234.56 元'])
  })

  it.each([
    [{ by: 'closing', month: '2026-09', targets: ['3001'] }, 'periods/2026-09'],
    [{ by: 'repair.payment', repair: 'W-12' }, 'repairs/9'],
    [{ by: 'deposit.accountInterest', bankAccountId: 2 }, 'deposits/accounts'],
    [{ by: 'household.split', from: [1], to: [2, 3] }, 'complexes/3/households'],
  ])('%j leads to its ground', (rule, place) => {
    expect(targets(rule)).toContain(place)
  })

  it('a voucher typed by hand has no origin, and an unknown rule of a newer version is no mishap', () => {
    expect(originOf('', LINES)).toEqual({ facts: [], links: [] })
    expect(ruleText('{"by":"newer.rule"}')).toBe('newer.rule')
    expect(originOf('{"by":"newer.rule","version":"x","from":"?"}', [])).toEqual({ facts: [], links: [] })
    expect(originOf('[]', LINES)).toEqual({ facts: [], links: [] })
  })
})
