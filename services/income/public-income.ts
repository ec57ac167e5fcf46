/**
 * Public income by action (公共收益): receiving, deducting costs, spending, distributing, topping up the maintenance fund.
 * Each action drafts the voucher its rule asks for, with its papers; review and posting are those of every voucher.
 */
import type { BusinessDate, Quarter } from '#core/calendar.ts'
import { quarterInChinese } from '#core/calendar.ts'
import { ACCOUNT } from '#core/voucher/chart.ts'
import type { BankAccountId, ComplexId, ContractId, CounterpartyId, DecisionId, DraftId, StatementLineId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { credit, debit, type VoucherKind } from '#core/voucher/voucher.ts'
import type { Ledger } from '#db/ledger.ts'
import { findAttachment } from '../attachment.ts'
import { accountByCode, bookOfFund, type Account } from '../voucher/book.ts'
import { complexOf } from '../register/complex.ts'
import { contractOf } from './contract.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { prepareTransfer, type TransferDrafts } from '../voucher/fund-transfer.ts'
import { settingOf } from '../office.ts'
import { policyFor } from '../policy/policy.ts'
import { saveDraft } from '../voucher/voucher-draft.ts'

/** Heads of the chart's three kinds of movement; every figure of the sheet is a balance below one of them. */
export const INCOME_HEADS = ['4001', '4101'] as const
export const COST_HEAD = '5001'
export const USE_HEAD = '5101'
/** Repair and renewal of common parts: what the maintenance fund pays where it must. */
const FUND_WORKS = '5101.01'
export const OFFSET = '5101.09'
export const DISTRIBUTION = '5101.10'

/** What every action needs: where, when, which account the money moves through, and how much (fen). */
export type MoneyFacts = {
  readonly complexId: ComplexId
  readonly date: BusinessDate
  readonly bankAccountId: BankAccountId
  readonly amountFen: Fen
  readonly summary: string
  /** SHA-256 of stored papers. */
  readonly attachments: readonly string[]
  readonly counterpartyId?: CounterpartyId | null
}

/** An office numbers vouchers in one row (记) or by 收, 付, 转. */
export function voucherKindFor(ledger: Ledger, kind: 'receipt' | 'payment' | 'transfer'): VoucherKind {
  return settingOf(ledger, 'voucherKinds') === 'split' ? kind : 'general'
}

function leafUnder(ledger: Ledger, heads: readonly string[], code: string, what: string): Account {
  const account = accountByCode(ledger, bookOfFund(ledger, 'publicIncome').id, code)
  const isUnder = heads.some((head) => code === head || code.startsWith(`${head}.`))
  if (!isUnder || account.isLeaf !== 1) {
    throw new Problem({ code: 'income.account', message: `${what}要选 ${heads.join('、')} 下的末级科目`, field: 'accountCode' })
  }
  return account
}

function refuseAmount(amount: Fen): void {
  if (amount <= 0) throw new Problem({ code: 'income.amount', message: '金额应大于零', field: 'amountFen' })
}

export function requirePapers(ledger: Ledger, attachments: readonly string[], message: string): void {
  if (attachments.length === 0) throw new Problem({ code: 'income.document', message, field: 'attachments' })
  for (const sha256 of attachments) {
    if (findAttachment(ledger, sha256) === undefined) {
      throw new Problem({ code: 'attachment.missing', message: '附件还没有上传完成，请重新上传', field: 'attachments' })
    }
  }
}

/** The signed paper of a decision of this complex. Throws `income.decision`. */
export function decisionPaper(ledger: Ledger, complexId: ComplexId, decisionId: DecisionId): string {
  const decision = ledger
    .prepare<[number], { complexId: ComplexId; sha256: string }>(
      'SELECT complex_id AS complexId, sha256 FROM decision WHERE id = ?',
    )
    .get(decisionId)
  if (decision?.complexId !== complexId) {
    throw new Problem({
      code: 'income.decision',
      message: '公共收益的支出要有本小区业主的决定：请选择决定文件，没有的先登记',
      field: 'decisionId',
    })
  }
  return decision.sha256
}

export type ReceiptFacts = MoneyFacts & {
  /** Of a contract, or of a category without one (temporary parking, scrap). */
  readonly source: { readonly contractId: ContractId } | { readonly accountCode: string }
  /** A negative amount is a refund, written in red on the side of the receipt, and needs its reason. */
  readonly reason?: string
  readonly statementLineId?: StatementLineId | null
}

/** Dr bank / Cr income. Throws `income.amount`, `income.reason`, `income.document`, `income.contract`, `income.account`. */
export function receiveIncome(context: ServiceContext, facts: ReceiptFacts): DraftId {
  requireRole(context, 'preparer')
  const { ledger } = context
  const reason = facts.reason?.trim() ?? ''
  if (facts.amountFen === 0) throw new Problem({ code: 'income.amount', message: '金额不能为零', field: 'amountFen' })
  if (facts.amountFen < 0 && reason === '') {
    throw new Problem({ code: 'income.reason', message: '退款用红字记，请写明原因，公示表会一并列出', field: 'reason' })
  }
  const statementLineId = facts.statementLineId ?? null
  if (statementLineId === null) requirePapers(ledger, facts.attachments, '收款要附收据或银行回单')
  const book = bookOfFund(ledger, 'publicIncome')
  const contract = 'contractId' in facts.source ? contractOf(ledger, facts.source.contractId) : null
  if (contract !== null && contract.complexId !== facts.complexId) {
    throw new Problem({ code: 'income.contract', message: '这份合同是另一个小区的', field: 'contractId' })
  }
  const code = 'accountCode' in facts.source ? facts.source.accountCode : (contract?.accountCode ?? '')
  const account = leafUnder(ledger, INCOME_HEADS, code, '收款')
  const shared = { summary: facts.summary, complexId: facts.complexId }
  return saveDraft(context, {
    bookId: book.id,
    kind: voucherKindFor(ledger, 'receipt'),
    date: facts.date,
    reason,
    rule: { by: 'publicIncome.receive', ...(contract === null ? { account: code } : { contract: contract.number }) },
    statementLineId,
    lines: [
      { ...shared, accountId: accountByCode(ledger, book.id, ACCOUNT.demandDeposit).id, ...debit(facts.amountFen),
        bankAccountId: facts.bankAccountId },
      { ...shared, accountId: account.id, ...credit(facts.amountFen), contractId: contract?.id ?? null,
        counterpartyId: contract?.counterpartyId ?? facts.counterpartyId ?? null },
    ],
    attachments: facts.attachments,
  })
}

type Spending = {
  readonly facts: MoneyFacts
  readonly account: Account
  readonly rule: Readonly<Record<string, unknown>>
  readonly decisionId: DecisionId | null
  readonly attachments: readonly string[]
}

/** Dr expenditure / Cr bank. */
export function saveSpending(context: ServiceContext, spending: Spending): DraftId {
  requireRole(context, 'preparer')
  const { ledger } = context
  const { facts } = spending
  refuseAmount(facts.amountFen)
  const book = bookOfFund(ledger, 'publicIncome')
  const shared = { summary: facts.summary, complexId: facts.complexId }
  return saveDraft(context, {
    bookId: book.id,
    kind: voucherKindFor(ledger, 'payment'),
    date: facts.date,
    rule: spending.rule,
    decisionId: spending.decisionId,
    lines: [
      { ...shared, accountId: spending.account.id, ...debit(facts.amountFen), counterpartyId: facts.counterpartyId ?? null },
      { ...shared, accountId: accountByCode(ledger, book.id, ACCOUNT.demandDeposit).id, ...credit(facts.amountFen),
        bankAccountId: facts.bankAccountId },
    ],
    attachments: spending.attachments,
  })
}

/** `document` is what the board names as the basis: 发票 03812277, 完税凭证, 服务合同第 9 条. */
export type CostFacts = MoneyFacts & { readonly accountCode: string; readonly document: string }

/** A cost deducted from income. Throws `income.document` without its paper or its number, `income.account`, `income.amount`. */
export function bookCost(context: ServiceContext, facts: CostFacts): DraftId {
  const document = facts.document.trim()
  if (document === '') {
    throw new Problem({ code: 'income.document', message: '请写明依据：发票号、完税凭证或合同条款', field: 'document' })
  }
  requirePapers(context.ledger, facts.attachments, '扣减的成本要附发票、完税凭证或合同')
  const account = leafUnder(context.ledger, [COST_HEAD], facts.accountCode, '成本')
  return saveSpending(context, {
    facts, account, decisionId: null, attachments: facts.attachments,
    rule: { by: 'publicIncome.cost', document },
  })
}

export type UseFacts = MoneyFacts & { readonly accountCode: string; readonly decisionId: DecisionId }

/**
 * A use of the net income, on an owners' decision. Repair and renewal is refused where the profile says that the fund pays it
 * (沪房规范〔2025〕8号: Fund-eligible works may not be charged here). Throws `income.decision`, `income.fundWorks`,
 * `income.document`, `income.account`, `income.amount`.
 */
export function bookUse(context: ServiceContext, facts: UseFacts): DraftId {
  const { ledger } = context
  const account = leafUnder(ledger, [USE_HEAD], facts.accountCode, '支出')
  if (account.code === OFFSET || account.code === DISTRIBUTION) {
    throw new Problem({ code: 'income.account', message: '冲抵和分配请用“分配”办理，要留下每户的金额', field: 'accountCode' })
  }
  const paper = decisionPaper(ledger, facts.complexId, facts.decisionId)
  if (account.code === FUND_WORKS) refuseFundWorks(ledger, facts)
  requirePapers(ledger, facts.attachments, '支出要附发票、合同或签收单')
  return saveSpending(context, {
    facts, account, decisionId: facts.decisionId, attachments: [...facts.attachments, paper],
    rule: { by: 'publicIncome.use' },
  })
}

function refuseFundWorks(ledger: Ledger, facts: UseFacts): void {
  const policy = policyFor(ledger, complexOf(ledger, facts.complexId).profileCode, facts.date)
  if (policy.value('publicIncome.mayPayFundWorks') === false) {
    const message = `按“${policy.facts.name}”，应由维修资金承担的工程不得列入公共收益：请从维修资金列支`
    throw new Problem({ code: 'income.fundWorks', message, field: 'accountCode' })
  }
}

export type TopUpFacts = {
  readonly complexId: ComplexId
  /** The quarter whose income it settles. */
  readonly quarter: Quarter
  readonly amountFen: Fen
  readonly date: BusinessDate
  readonly fromBankAccountId: BankAccountId
  readonly toBankAccountId: BankAccountId
  readonly decisionId: DecisionId
}

/** Public income into the maintenance fund: a linked pair of vouchers on one decision. Throws what `prepareTransfer` throws. */
export function topUp(context: ServiceContext, facts: TopUpFacts): TransferDrafts {
  const { quarter, ...transfer } = facts
  return prepareTransfer(context, {
    ...transfer,
    summary: `${quarterInChinese(quarter)}公共收益补充维修资金`,
    forQuarter: quarter,
  })
}

