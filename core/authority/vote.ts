/**
 * Owners' decisions (民法典 art. 278): a quorum by area and by heads, then a majority of those taking part, again by
 * both. 以上 includes the number, 过半数 does not (art. 1259). Ratios come from the policy profile: some offices still
 * work with the older figures of 165号令.
 */
import { Problem } from '../problem.ts'

/** `> 1/2` is `{ numerator: 1, denominator: 2, strict: true }`; `≥ 2/3` has `strict: false`. */
export type VoteShare = { readonly numerator: number; readonly denominator: number; readonly strict: boolean }

/** Areas in dm² (0.01 m²), registered area first, then surveyed, then contract area (司法解释 art. 8). */
export type Weight = { readonly areaDm2: number; readonly heads: number }

export type VoteRule = {
  readonly quorumArea: VoteShare
  readonly quorumHeads: VoteShare
  /** Share of the participants that must agree, by area and by heads alike. */
  readonly agreeing: VoteShare
}

/** Reads `2/3` and `>=3/4` (inclusive) and `>1/2` (strict), as profiles write them. */
export function parseVoteShare(text: string, where: { field?: string } = {}): VoteShare {
  const match = /^(>=?)?(\d{1,3})\/(\d{1,3})$/.exec(text.replaceAll(' ', ''))
  const numerator = Number(match?.[2])
  const denominator = Number(match?.[3])
  if (!match || denominator === 0 || numerator > denominator) {
    throw new Problem({ code: 'vote.share', message: `“${text}”不是表决比例：请写成 2/3、>1/2 或 >=3/4`, ...where })
  }
  return { numerator, denominator, strict: match[1] === '>' }
}

/** `超过` or `不少于`, to stand before the fraction of a share that has to be reached. */
export function shareWord({ strict }: Pick<VoteShare, 'strict'>): string {
  return strict ? '超过' : '不少于'
}

export function shareText(share: VoteShare): string {
  return `${shareWord(share)} ${share.numerator}/${share.denominator}`
}

export function reachesShare(part: number, whole: number, share: VoteShare): boolean {
  const left = BigInt(part) * BigInt(share.denominator)
  const right = BigInt(whole) * BigInt(share.numerator)
  return share.strict ? left > right : left >= right
}

export type VoteResult = {
  readonly quorumArea: boolean
  readonly quorumHeads: boolean
  readonly quorum: boolean
  readonly agreeingArea: boolean
  readonly agreeingHeads: boolean
  readonly passed: boolean
}

/** `total` is the scope of the vote: the whole area, or one building where only its owners are concerned. */
export function countVote(total: Weight, participating: Weight, agreeing: Weight, rule: VoteRule): VoteResult {
  if (total.areaDm2 <= 0 || total.heads <= 0) {
    throw new Problem({ code: 'vote.total', message: '表决的总面积和总人数必须大于零：请先核对业主清册' })
  }
  refuseMoreThan(total, participating, '参加表决')
  refuseMoreThan(participating, agreeing, '同意')
  const quorumArea = reachesShare(participating.areaDm2, total.areaDm2, rule.quorumArea)
  const quorumHeads = reachesShare(participating.heads, total.heads, rule.quorumHeads)
  const quorum = quorumArea && quorumHeads
  const agreeingArea = reachesShare(agreeing.areaDm2, participating.areaDm2, rule.agreeing)
  const agreeingHeads = reachesShare(agreeing.heads, participating.heads, rule.agreeing)
  const passed = quorum && agreeingArea && agreeingHeads
  return { quorumArea, quorumHeads, quorum, agreeingArea, agreeingHeads, passed }
}

function refuseMoreThan(whole: Weight, part: Weight, what: string): void {
  const counts = [whole.areaDm2, whole.heads, part.areaDm2, part.heads]
  const countable = counts.every((count) => Number.isSafeInteger(count) && count >= 0)
  if (!countable) {
    throw new Problem({ code: 'vote.count', message: '面积和人数必须是非负整数：请核对计票' })
  }
  if (part.areaDm2 > whole.areaDm2 || part.heads > whole.heads) {
    throw new Problem({ code: 'vote.more', message: `${what}的面积或人数超过了应有总数：请核对计票` })
  }
}

/** One exclusive unit as the head count sees it. `holder` is the same text for every unit one buyer holds. */
export type VotingUnit = { readonly holder: string; readonly developerUnsold: boolean }

/**
 * Heads (司法解释 art. 9): one exclusive unit is one person, but a buyer's several units count once, and all the
 * developer's unsold or undelivered units count together as one.
 */
export function countHeads(units: readonly VotingUnit[]): number {
  const holders = new Set(units.filter((unit) => !unit.developerUnsold).map((unit) => unit.holder))
  return holders.size + (units.some((unit) => unit.developerUnsold) ? 1 : 0)
}
