import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, parseDate } from '#core/calendar.ts'
import { idOf } from '#core/id.ts'
import { fen, parseYuan } from '#core/money.ts'
import {
  appointmentOf, appointmentSentence, isBetterQuote, passedOver, refuseBadAward, refuseBadTender, type AwardTerm,
  type StandingQuote, type TenderFacts, type TenderQuote,
} from '#core/contractor/tender.ts'

const day = parseDate
const TODAY = day('2026-09-01')

function quote(bidder: string, yuan: string, more: Partial<TenderQuote> = {}): TenderQuote {
  return { bidder, phone: '', bankAccount: '', amountFen: parseYuan(yuan), scoreHundredths: null, ...more }
}

function tender(more: Partial<TenderFacts> = {}): TenderFacts {
  return {
    title: '零星维修施工单位', role: 'contractor', method: 'openTender', announcedOn: day('2026-01-05'), openedOn: day('2026-01-20'),
    quotes: [quote('甲', '98000'), quote('乙', '99000'), quote('丙', '101000')], ...more,
  }
}

function refusal(act: () => void): string {
  try {
    act()
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('a tender', () => {
  it('stands with three bidders, a comparison with two; one fewer means starting anew', () => {
    expect(refusal(() => refuseBadTender(tender(), TODAY))).toBe('')
    const two = [quote('甲', '98000'), quote('乙', '99000')]
    expect(refusal(() => refuseBadTender(tender({ method: 'comparison', quotes: two }), TODAY))).toBe('')
    expect(refusal(() => refuseBadTender(tender({ quotes: two }), TODAY))).toContain('至少要 3 家')
    expect(refusal(() => refuseBadTender(tender({ method: 'comparison', quotes: two.slice(0, 1) }), TODAY))).toContain('至少要 2 家')
  })

  it('is not opened before it was announced nor in the future, and names each bidder once', () => {
    expect(refusal(() => refuseBadTender(tender({ announcedOn: day('2026-01-21') }), TODAY))).toContain('不能早于公告日')
    expect(refusal(() => refuseBadTender(tender({ openedOn: day('2026-09-02') }), TODAY))).toContain('不能晚于今天')
    const twice = [quote('甲', '1'), quote('甲 ', '2'), quote('丙', '3')]
    expect(refusal(() => refuseBadTender(tender({ quotes: twice }), TODAY))).toBe('甲填了两次')
  })

  it('is scored for everybody or for nobody', () => {
    const half = [quote('甲', '1', { scoreHundredths: 9000 }), quote('乙', '2'), quote('丙', '3')]
    expect(refusal(() => refuseBadTender(tender({ quotes: half }), TODAY))).toContain('要么每家都填')
  })
})

describe('an award', () => {
  const standing = (yuan: string, score: number | null, id: number, isAwarded = false): StandingQuote =>
    ({ ...quote(`单位${id}`, yuan, { scoreHundredths: score }), id: idOf<'tenderQuote'>(id), isAwarded })
  const award = (id: number, reason = '') => ({
    quoteId: idOf<'tenderQuote'>(id), awardedOn: day('2026-01-25'), validFrom: day('2026-02-01'),
    validTo: day('2027-01-31'), reason,
  })

  it('past a lower price or a higher score needs the reason; past who is already chosen it does not', () => {
    const byPrice = [standing('100', null, 1), standing('90', null, 2)]
    expect(passedOver(byPrice, idOf<'tenderQuote'>(1)).map(({ id }) => id)).toEqual([2])
    expect(passedOver(byPrice, idOf<'tenderQuote'>(2))).toEqual([])
    const byScore = [standing('100', 9500, 1), standing('90', 9000, 2)]
    expect(passedOver(byScore, idOf<'tenderQuote'>(1))).toEqual([])
    const decide = (quotes: readonly StandingQuote[], facts: ReturnType<typeof award>) =>
      refusal(() => refuseBadAward({ openedOn: day('2026-01-20'), quotes }, facts, TODAY))
    expect(decide(byPrice, award(1))).toContain('写明不选的理由')
    expect(decide(byPrice, award(1, '乙没有资质'))).toBe('')
    const second = [standing('100', null, 1), standing('90', null, 2, true)]
    expect(decide(second, award(1))).toBe('')
  })

  it('is not better than itself, and of two one at most is better', () => {
    fc.assert(fc.property(fc.integer({ min: 1 }), fc.integer({ min: 1 }), fc.option(fc.nat(10_000)), fc.option(fc.nat(10_000)),
      (a, b, scoreA, scoreB) => {
        const one = { amountFen: fen(a), scoreHundredths: scoreA }
        const other = { amountFen: fen(b), scoreHundredths: scoreB }
        expect(isBetterQuote(one, one)).toBe(false)
        expect(isBetterQuote(one, other) && isBetterQuote(other, one)).toBe(false)
      }))
  })
})

describe('who may work', () => {
  const base: AwardTerm = {
    id: idOf<'tenderAward'>(1), role: 'contractor', complexId: null, repairId: null, validFrom: day('2026-01-01'),
    validTo: day('2026-12-31'), endedOn: null,
  }
  const ask = (on: string, more = {}) =>
    ({ role: 'contractor' as const, complexId: idOf<'complex'>(1), repairId: null, on: day(on), ...more })

  it('is in force on the first and the last day of the term and on no day outside it', () => {
    expect(appointmentOf([base], ask('2026-01-01')).kind).toBe('inForce')
    expect(appointmentOf([base], ask('2026-12-31')).kind).toBe('inForce')
    expect(appointmentOf([base], ask('2025-12-31'))).toEqual({ kind: 'notYet', from: '2026-01-01' })
    expect(appointmentOf([base], ask('2027-01-01'))).toEqual({ kind: 'expired', on: '2026-12-31' })
    expect(appointmentOf([], ask('2026-05-01'))).toEqual({ kind: 'never' })
  })

  it('ends on the day it was ended, and only for its role, complex and job', () => {
    const ended = { ...base, endedOn: day('2026-06-01') }
    expect(appointmentOf([ended], ask('2026-05-31')).kind).toBe('inForce')
    expect(appointmentOf([ended], ask('2026-06-01'))).toEqual({ kind: 'ended', on: '2026-06-01' })
    expect(appointmentOf([base], ask('2026-05-01', { role: 'supervisor' })).kind).toBe('never')
    const elsewhere = { ...base, complexId: idOf<'complex'>(2) }
    expect(appointmentOf([elsewhere], ask('2026-05-01')).kind).toBe('never')
    const oneJob = { ...base, repairId: idOf<'repair'>(7) }
    expect(appointmentOf([oneJob], ask('2026-05-01')).kind).toBe('never')
    expect(appointmentOf([oneJob], ask('2026-05-01', { repairId: idOf<'repair'>(7) })).kind).toBe('inForce')
  })

  it('says why not, or nothing', () => {
    expect(appointmentSentence('甲', 'contractor', { kind: 'never' })).toContain('没有招标（比选）中选记录')
    expect(appointmentSentence('甲', 'contractor', appointmentOf([base], ask('2026-05-01')))).toBeNull()
  })

  it('answers in force exactly when some term covers the day', () => {
    const term = fc.record({ from: fc.nat(60), length: fc.nat(30), end: fc.option(fc.nat(30)) })
    fc.assert(fc.property(fc.array(term, { maxLength: 4 }), fc.nat(100), (terms, at) => {
      const on = addDays(day('2026-01-01'), at)
      const awards = terms.map(({ from, length, end }, index): AwardTerm => ({
        ...base, id: idOf<'tenderAward'>(index + 1), validFrom: addDays(day('2026-01-01'), from),
        validTo: addDays(day('2026-01-01'), from + length),
        endedOn: end === null ? null : addDays(day('2026-01-01'), from + Math.min(end, length)),
      }))
      const covers = awards.some(({ validFrom, validTo, endedOn }) =>
        validFrom <= on && on <= validTo && (endedOn === null || on < endedOn))
      expect(appointmentOf(awards, ask(on)).kind === 'inForce').toBe(covers)
    }))
  })
})
