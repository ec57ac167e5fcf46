/**
 * Deposits an audit asks about first: matured and left at the demand rate, money idle in the demand account, interest short of
 * the agreed rate, a large placing nobody tendered (audit findings of Tongling, 凤阳 and others).
 */
import { daysBetween, type BusinessDate } from '../calendar.ts'
import type { BankAccountId, CertificateId, ComplexId } from '../id.ts'
import { formatYuan, subtractFen, type Fen } from '../money.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type CheckedCertificate = {
  readonly id: CertificateId
  readonly certificateNo: string
  readonly complexId: ComplexId
  readonly bankName: string
  readonly principalFen: Fen
  readonly valueDate: BusinessDate
  readonly dueDate: BusinessDate
  /** Interest given up so far by leaving it at the demand rate; zero before the due date. */
  readonly lostFen: Fen
  readonly hasPlacingLot: boolean
}

function certificateLink({ id, certificateNo }: Pick<CheckedCertificate, 'id' | 'certificateNo'>) {
  return { kind: 'certificate', id, label: certificateNo } as const
}

/** Certificates in force whose due date has passed. On the due date itself nobody is late. */
export function findAsleep(inForce: readonly CheckedCertificate[], today: BusinessDate): readonly Finding[] {
  return inForce.filter(({ dueDate }) => dueDate < today).map((certificate) => findingOf({
    rule: 'deposit.asleep',
    level: checkRule('deposit.asleep').level,
    complexId: certificate.complexId,
    message:
      `存单 ${certificate.certificateNo}（${certificate.bankName}，本金 ${formatYuan(certificate.principalFen)} 元）` +
      `${certificate.dueDate} 到期，` +
      `已逾期 ${daysBetween(certificate.dueDate, today)} 天，少得利息约 ${formatYuan(certificate.lostFen)} 元；请办理转存或支取`,
    amountFen: certificate.lostFen,
    links: [certificateLink(certificate)],
    growsDaily: true,
  }))
}

export type IdleAccount = {
  readonly id: BankAccountId
  readonly name: string
  /** Null: shared by several complexes. */
  readonly complexId: ComplexId | null
  /** Whose money lies in it; every complex has its own reserve. */
  readonly complexes: number
  readonly balanceFen: Fen
  readonly reserveFen: Fen
  /** How long it may stay above the reserve. */
  readonly days: number
  /** First day since which the balance never fell to the reserve; null: it is not above it. */
  readonly aboveReserveSince: BusinessDate | null
}

/** Demand balances above the reserve for at least the account's days. */
export function findIdle(accounts: readonly IdleAccount[], today: BusinessDate): readonly Finding[] {
  return accounts.flatMap((account) => {
    const { aboveReserveSince: since, reserveFen } = account
    if (since === null || account.balanceFen <= reserveFen || daysBetween(since, today) < account.days) return []
    const whose = account.complexId === null ? `（${account.complexes} 个小区共用）` : ''
    return [findingOf({
      rule: 'deposit.idle',
      level: checkRule('deposit.idle').level,
      complexId: account.complexId,
      message:
        `${account.name}${whose} 活期余额 ${formatYuan(account.balanceFen)} 元，高于备付金额 ${formatYuan(reserveFen)} 元已 ` +
        `${daysBetween(since, today)} 天；请安排存放或说明近期用款`,
      amountFen: subtractFen(account.balanceFen, reserveFen),
      links: [{ kind: 'bankAccount', id: account.id, label: account.name }],
      occasion: since,
    })]
  })
}

export type InterestPaid = Pick<CheckedCertificate, 'id' | 'certificateNo' | 'complexId'> & {
  readonly paidOn: BusinessDate
  readonly expectedFen: Fen
  readonly paidFen: Fen
  readonly reason: string
}

/** Tolerance 0.00: one fen is a finding (domain rule 06; agreed 1.5 %, paid 0.35 % cost one complex 166,800 yuan). */
export function findInterestDifferences(payments: readonly InterestPaid[]): readonly Finding[] {
  return payments.filter(({ expectedFen, paidFen }) => expectedFen !== paidFen).map((payment) => {
    const shortFen = subtractFen(payment.expectedFen, payment.paidFen)
    return findingOf({
      rule: 'deposit.interestDifference',
      level: checkRule('deposit.interestDifference').level,
      complexId: payment.complexId,
      message:
        `存单 ${payment.certificateNo} ${payment.paidOn} 应得利息 ${formatYuan(payment.expectedFen)} 元，实付 ` +
        `${formatYuan(payment.paidFen)} 元，${shortFen > 0 ? '少' : '多'}付 ${formatYuan(absolute(shortFen))} 元` +
        (payment.reason === '' ? '；请与银行核对' : `；已写明：${payment.reason}`),
      amountFen: absolute(shortFen),
      links: [certificateLink(payment)],
      aspect: payment.paidOn,
    })
  })
}

function absolute(amount: Fen): Fen {
  return amount < 0 ? subtractFen(subtractFen(amount, amount), amount) : amount
}

/** Placings at or above the profile's amount without a competitive batch behind them (凤阳: bank not tendered). */
export function findNotTendered(certificates: readonly CheckedCertificate[], atLeastFen: Fen): readonly Finding[] {
  return certificates
    .filter(({ principalFen, hasPlacingLot }) => principalFen >= atLeastFen && !hasPlacingLot)
    .map((certificate) => findingOf({
      rule: 'deposit.notTendered',
      level: checkRule('deposit.notTendered').level,
      complexId: certificate.complexId,
      message:
        `存单 ${certificate.certificateNo} 本金 ${formatYuan(certificate.principalFen)} 元，没有对应的竞争性存放标段；请补登批次或说明依据`,
      amountFen: certificate.principalFen,
      links: [certificateLink(certificate)],
    }))
}
