/**
 * The status machine of a certificate (存单): which operation it may undergo on which day, and why not. SQL keeps the same
 * machine (0005_deposit.sql); here it answers with a sentence, and tells the page which buttons to offer.
 */
import type { BusinessDate } from '../calendar.ts'
import type { CertificateStatus, DepositProduct } from './deposit.ts'
import { Problem, type ProblemDetails } from '../problem.ts'

export const CERTIFICATE_ACTIONS = [
  'withdraw', 'rollOver', 'giveNotice', 'draw', 'withdrawPart', 'withdrawEarly', 'amend', 'freeze', 'unfreeze',
] as const
export type CertificateAction = (typeof CERTIFICATE_ACTIONS)[number]

export type CertificateStanding = {
  readonly product: DepositProduct
  readonly status: CertificateStatus
  readonly isFrozen: 0 | 1
  /** Parts withdrawn early so far: one is allowed (银发〔1997〕485号 art. 13). */
  readonly partials: number
  readonly dueDate: BusinessDate
}

export function isNoticeProduct(product: DepositProduct): boolean {
  return product === 'notice1' || product === 'notice7'
}

/** Days a notice has to be given ahead (银发〔1999〕3号); null for products without notice. */
export function noticeDaysOf(product: DepositProduct): number | null {
  return product === 'notice1' ? 1 : product === 'notice7' ? 7 : null
}

const OF_PRODUCT: Readonly<Record<DepositProduct, readonly CertificateAction[]>> = {
  time: ['withdraw', 'rollOver', 'withdrawPart', 'withdrawEarly', 'amend', 'freeze', 'unfreeze'],
  largeCertificate: ['withdraw', 'rollOver', 'withdrawPart', 'withdrawEarly', 'amend', 'freeze', 'unfreeze'],
  notice1: ['giveNotice', 'draw', 'amend', 'freeze', 'unfreeze'],
  notice7: ['giveNotice', 'draw', 'amend', 'freeze', 'unfreeze'],
  // Held to maturity: the money comes back to the settlement account and is placed anew from there.
  treasuryBond: ['withdraw', 'amend', 'freeze', 'unfreeze'],
}

/** Null when the operation may be done on that day. */
export function refusalOfAction(
  standing: CertificateStanding,
  action: CertificateAction,
  on: BusinessDate,
): ProblemDetails | null {
  const { product, status, isFrozen, partials, dueDate } = standing
  if (status === 'pending') {
    return { code: 'certificate.pending', message: '上一步的凭证还没有记账，记账后才能办下一步；办错了请撤销上一步' }
  }
  if (status !== 'inForce') return { code: 'certificate.ended', message: '这张存单已经支取或转存，不能再办一次' }
  if (!OF_PRODUCT[product].includes(action)) {
    return { code: 'certificate.product', message: '这个品种的存单不能办这项业务' }
  }
  if (isFrozen === 1 && action !== 'unfreeze' && action !== 'amend') {
    return { code: 'certificate.frozen', message: '存单已冻结：请先按银行解冻通知办理解冻' }
  }
  if (isFrozen === 0 && action === 'unfreeze') return { code: 'certificate.frozen', message: '存单没有冻结，不需要解冻' }
  if ((action === 'withdraw' || action === 'rollOver') && on < dueDate) {
    const message = `存单 ${dueDate} 到期，${on} 支取属提前支取：请改用提前支取`
    return { code: 'deposit.notDue', message, field: 'date' }
  }
  if ((action === 'withdrawPart' || action === 'withdrawEarly') && on >= dueDate) {
    return { code: 'deposit.notEarly', message: `存单 ${dueDate} 已到期：请用到期支取或转存`, field: 'date' }
  }
  if (action === 'withdrawPart' && partials > 0) {
    return { code: 'certificate.partialOnce', message: '这张存单已经部分提前支取过一次：请到期支取或全部提前支取' }
  }
  return null
}

/** Throws what `refusalOfAction` answers. */
export function requireAction(standing: CertificateStanding, action: CertificateAction, on: BusinessDate): void {
  const refusal = refusalOfAction(standing, action, on)
  if (refusal !== null) throw new Problem(refusal)
}

export function actionsOn(standing: CertificateStanding, on: BusinessDate): readonly CertificateAction[] {
  return CERTIFICATE_ACTIONS.filter((action) => refusalOfAction(standing, action, on) === null)
}
