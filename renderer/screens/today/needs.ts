/**
 * 需要我处理: every capability contributes `screens/<capability>/needs.ts` exporting a `NeedFinder`, and one line below.
 * Each line says what waits, how much, and opens the place where it is done.
 */
import { client } from '../../client.ts'
import { todayText } from '../../messages/today.ts'
import type { Target } from '../../navigation.ts'
import type { IconName } from '../../parts/icon.tsx'
import type { Tone } from '../../parts/state-tag.tsx'
import type { Fen } from '#core/money.ts'
import type { Scope } from '../../scope.tsx'
import type { Person } from '../../session.tsx'
import { findAuthorityNeeds } from '../authority/authority-needs.ts'
import { findRepairNeeds } from '../repair/needs.ts'
import { findBankNeeds } from '../bank/needs.ts'
import { findDepositNeeds } from '../deposit/needs.ts'
import { findNoticeNeeds } from '../notice/needs.ts'
import { findIncomeNeeds } from '../income/needs.ts'
import { findFindingNeeds } from '../finding/needs.ts'

export type Need = {
  readonly key: string
  readonly icon: IconName
  /** `bad` overdue, `due` soon, `plain` waiting. */
  readonly tone: Tone
  /** `3 张存单已到期未处理` */
  readonly text: string
  /** The money at stake, where there is any. */
  readonly fen?: Fen
  readonly target: Target
}

/** Only what this person's roles can do; an empty answer shows nothing. */
export type NeedFinder = (scope: Scope, person: Person) => Promise<readonly Need[]>

const DRAFTS_COUNTED = 200

const findDrafts: NeedFinder = async ({ bookId }, { roles, userId }) => {
  if (bookId === undefined) return []
  const drafts = await client.voucher.drafts.query({ bookId, limit: DRAFTS_COUNTED })
  const toReview = drafts.filter(({ state, preparerId }) => state === 'draft' && preparerId !== userId)
  const toPost = drafts.filter(({ state }) => state === 'reviewed')
  const needs: Need[] = []
  if (roles.includes('reviewer') && toReview.length > 0) {
    needs.push({
      key: 'review',
      icon: 'vouchers',
      tone: 'plain',
      text: todayText.toReview(toReview.length),
      target: { screen: 'vouchers', query: { state: 'draft' } },
    })
  }
  if (roles.includes('bookkeeper') && toPost.length > 0) {
    needs.push({
      key: 'post',
      icon: 'vouchers',
      tone: 'plain',
      text: todayText.toPost(toPost.length),
      target: { screen: 'vouchers', query: { state: 'reviewed' } },
    })
  }
  return needs
}

const FINDERS: readonly NeedFinder[] = [
  findDrafts,
  findBankNeeds,
  findRepairNeeds,
  findAuthorityNeeds,
  findIncomeNeeds,
  findNoticeNeeds,
  findDepositNeeds,
  findFindingNeeds,
]

/** A finder that fails leaves the others standing; the overdue come first. */
export async function findNeeds(scope: Scope, person: Person): Promise<readonly Need[]> {
  const answers = await Promise.allSettled(FINDERS.map((find) => find(scope, person)))
  const needs = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const order: readonly Tone[] = ['bad', 'due', 'accent', 'plain', 'good']
  return needs.toSorted((one, other) => order.indexOf(one.tone) - order.indexOf(other.tone))
}
