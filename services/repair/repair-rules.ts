/** What the complex's profile says about a repair: values still to fill in, and which steps small jobs are let off. */
import type { PolicyKey } from '#core/policy/policy.ts'
import { Problem } from '#core/problem.ts'
import type { PathRules } from '#core/repair/repair.ts'
import type { RepairAction, RepairRules } from '#core/repair/repair-actions.ts'
import type { Policy } from '../policy/policy.ts'

/** Which settings each action waits for; what is 待填写 is said before anybody fills in a form. */
const NEEDED = {
  checkEngineering: ['smallRepair.threshold'],
  applyEmergency: ['emergency.cases', 'emergency.applicants'],
  drawSpotChecks: ['spotCheck.percent'],
  accept: ['acceptance.signing', 'acceptance.sectionStaff', 'acceptance.followUp'],
  settle: ['settlementAudit.waivedUpTo'],
  publish: ['usePublication.days'],
} as const satisfies Readonly<Partial<Record<RepairAction, readonly PolicyKey[]>>>
const ACTIONS_WITH_SETTINGS = ['checkEngineering', 'applyEmergency', 'drawSpotChecks', 'accept', 'settle', 'publish'] as const

function toFillSentence(policy: Policy, keys: readonly PolicyKey[]): string | undefined {
  try {
    for (const key of keys) policy.require(key)
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
}

export function rulesUnder(policy: Policy): RepairRules {
  const toFill: Partial<Record<RepairAction, string>> = {}
  for (const action of ACTIONS_WITH_SETTINGS) {
    const sentence = toFillSentence(policy, NEEDED[action])
    if (sentence !== undefined) toFill[action] = sentence
  }
  // 待填写 lets nobody off.
  return { signing: policy.value('acceptance.signing'), writtenRecord: policy.value('acceptance.writtenRecord') ?? true, toFill }
}

/** The profile's leave to skip steps below an amount, and where each stands; what is 待填写 lets nobody off. */
export function pathRules(policy: Policy): PathRules {
  const waiver = (key: 'repairAuthority.waivedBelow' | 'repairContract.waivedBelow' | 'usePublication.waivedBelow') => {
    const found = policy.explain(key)
    return found.toFill ? null : { belowFen: found.value, source: found.source }
  }
  const asked = policy.explain('followUp.afterPayment')
  return {
    authority: waiver('repairAuthority.waivedBelow'),
    contract: waiver('repairContract.waivedBelow'),
    publication: waiver('usePublication.waivedBelow'),
    noFollowUp: asked.toFill || asked.value ? null : { source: asked.source },
  }
}
