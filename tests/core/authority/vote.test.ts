import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { countHeads, countVote, parseVoteShare, reachesShare, type VoteRule } from '#core/authority/vote.ts'

const ORDINARY: VoteRule = {
  quorumArea: parseVoteShare('2/3'),
  quorumHeads: parseVoteShare('2/3'),
  agreeing: parseVoteShare('>1/2'),
}
const SPECIAL: VoteRule = { ...ORDINARY, agreeing: parseVoteShare('>=3/4') }
const TOTAL = { areaDm2: 3_000_000, heads: 300 }
const PRESENT = { areaDm2: 2_000_000, heads: 200 }

describe('votes', () => {
  it('half is not more than half, three quarters is at least three quarters', () => {
    expect(countVote(TOTAL, PRESENT, { areaDm2: 1_000_000, heads: 101 }, ORDINARY).passed).toBe(false)
    expect(countVote(TOTAL, PRESENT, { areaDm2: 1_500_000, heads: 150 }, SPECIAL).passed).toBe(true)
    expect(countVote(TOTAL, PRESENT, { areaDm2: 1_500_000, heads: 149 }, SPECIAL).passed).toBe(false)
  })

  it('without a quorum nothing passes, however many agree', () => {
    const few = { areaDm2: 1_999_999, heads: 200 }
    const result = countVote(TOTAL, few, few, ORDINARY)
    expect(result).toMatchObject({ quorum: false, quorumArea: false, quorumHeads: true, passed: false })
  })

  it('two thirds is exact where a decimal fraction would drift', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000_000_000 }), (third) => {
        const share = parseVoteShare('2/3')
        expect(reachesShare(2 * third, 3 * third, share)).toBe(true)
        expect(reachesShare(2 * third - 1, 3 * third, share)).toBe(false)
        expect(reachesShare(2 * third, 3 * third, { ...share, strict: true })).toBe(false)
      }),
    )
  })

  it('refuses more votes than voters and an empty scope', () => {
    expect(() => countVote(TOTAL, { areaDm2: 1, heads: 301 }, PRESENT, ORDINARY)).toThrow('参加表决')
    expect(() => countVote(TOTAL, PRESENT, TOTAL, ORDINARY)).toThrow('同意')
    const nobody = { areaDm2: 0, heads: 0 }
    expect(() => countVote(nobody, nobody, nobody, ORDINARY)).toThrow('大于零')
  })

  it('reads profile ratios and refuses others', () => {
    expect(parseVoteShare('> 1/2')).toEqual({ numerator: 1, denominator: 2, strict: true })
    for (const text of ['0.5', '4/3', '1/0', '半数']) expect(() => parseVoteShare(text)).toThrow('不是表决比例')
  })
})

describe('heads', () => {
  it("counts a buyer's units once and the developer's unsold units together as one", () => {
    const unit = (holder: string, developerUnsold = false): { holder: string; developerUnsold: boolean } => ({
      holder,
      developerUnsold,
    })
    expect(countHeads([unit('甲'), unit('甲'), unit('乙'), unit('丙公司', true), unit('丁公司', true)])).toBe(3)
    expect(countHeads([])).toBe(0)
  })
})
