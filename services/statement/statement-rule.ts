/** The rules by which bank lines suggest vouchers: shipped ones, and the office's own versions of them. */
import { ACCOUNT, CHARTS } from '#core/voucher/chart.ts'
import type { FundKind } from '#core/fund.ts'
import { Problem } from '#core/problem.ts'
import { PROPOSAL_KINDS, type ProposalKind } from '#core/statement/proposal.ts'
import { SHIPPED_RULES, type FundRule } from '#core/statement/rules.ts'
import type { Ledger } from '#db/ledger.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'
import { secondPerson } from '../people/user.ts'

export type StoredRule = FundRule & {
  readonly isActive: boolean
  /** Empty for a shipped version. */
  readonly reason: string
  readonly setBy: string
  readonly approvedBy: string
  readonly at: string
}

type Row = Omit<StoredRule, 'matchWords' | 'isActive'> & { readonly matchWords: string; readonly isActive: 0 | 1 }

const RULES = `SELECT r.code AS id, r.version, r.fund_kind AS fundKind, r.kind, r.match_words AS matchWords,
    r.account_code AS accountCode, r.is_active AS isActive, r.reason, s.name AS setBy, a.name AS approvedBy, r.at
  FROM statement_rule r JOIN user s ON s.id = r.set_by JOIN user a ON a.id = r.approved_by`

function stored(row: Row): StoredRule {
  const words: unknown = JSON.parse(row.matchWords)
  return { ...row, isActive: row.isActive === 1, matchWords: Array.isArray(words) ? words.map(String) : [] }
}

function shipped(rule: FundRule): StoredRule {
  return { ...rule, isActive: true, reason: '', setBy: '', approvedBy: '', at: '' }
}

/** Every version of every rule, newest version first inside a rule; shipped versions carry no names. */
export function ruleVersions(ledger: Ledger): readonly StoredRule[] {
  const own = ledger.prepare<[], Row>(`${RULES} ORDER BY r.id`).all().map(stored)
  const all = [...SHIPPED_RULES.map(shipped), ...own]
  const order = [...new Set(all.map((rule) => rule.id))]
  return all.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id) || b.version - a.version)
}

/** The rules in force for a fund, in order of precedence: interest and fees by their words first, then as first recorded. */
export function rulesInForce(ledger: Ledger, fundKind: FundKind): readonly FundRule[] {
  const seen = new Set<string>()
  const current = ruleVersions(ledger).filter((rule) => !seen.has(rule.id) && seen.add(rule.id))
  return current
    .filter((rule) => rule.isActive && rule.fundKind === fundKind)
    .sort((a, b) => PROPOSAL_KINDS.indexOf(a.kind) - PROPOSAL_KINDS.indexOf(b.kind))
}

export type RuleFacts = {
  /** Of an existing rule, or a new one. */
  readonly id: string
  readonly fundKind: FundKind
  readonly kind: ProposalKind
  readonly matchWords: readonly string[]
  readonly accountCode: string
  readonly isActive: boolean
  readonly reason: string
}

/**
 * Records the next version of a rule; drafts already made keep the version that made them.
 * Throws `statement.reason`, `statement.ruleWords`, `statement.ruleAccount`, `statement.ruleKind`, `user.signIn`,
 * `user.samePerson`.
 */
export function changeRule(context: ServiceContext, facts: RuleFacts, approver: { login: string; password: string }): number {
  requireRole(context, 'bookkeeper', 'head')
  const { ledger } = context
  const words = [...new Set(facts.matchWords.map((word) => word.trim()).filter((word) => word !== ''))]
  refuseBadRule(facts, words)
  const known = ruleVersions(ledger).filter((rule) => rule.id === facts.id)
  if (known.some((rule) => rule.kind !== facts.kind || rule.fundKind !== facts.fundKind)) {
    throw new Problem({ code: 'statement.ruleKind', message: '规则的资金和类型不能改，请另建一条规则', field: 'kind' })
  }
  const second = secondPerson(context, approver, 'head', 'bookkeeper', 'reviewer')
  const version = (known[0]?.version ?? 0) + 1
  ledger.write(() => {
    ledger
      .prepare<unknown[], never>(
        `INSERT INTO statement_rule (code, version, fund_kind, kind, match_words, account_code, is_active, reason, set_by,
           approved_by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(facts.id, version, facts.fundKind, facts.kind, JSON.stringify(words), facts.accountCode, facts.isActive ? 1 : 0,
        facts.reason.trim(), context.actor.userId, second.userId, context.clock.now())
    logOperation(context, 'statement.rule', { kind: 'statementRule' },
      { id: facts.id, version, before: known[0] ?? null, after: { ...facts, matchWords: words }, approvedBy: second.login })
  })
  return version
}

function refuseBadRule(facts: RuleFacts, words: readonly string[]): void {
  if (facts.reason.trim() === '') throw new Problem({ code: 'statement.reason', message: '请写明修改规则的原因', field: 'reason' })
  if (facts.kind === 'contractIncome') return
  if (facts.kind === 'contribution') {
    if (facts.fundKind !== 'maintenance') {
      throw new Problem({ code: 'statement.ruleKind', message: '业主交存只属于维修资金', field: 'fundKind' })
    }
    if (facts.accountCode !== ACCOUNT.contributions) {
      const message = `业主交存记入 ${ACCOUNT.contributions} 科目，并记到户，不能改记别处`
      throw new Problem({ code: 'statement.ruleAccount', message, field: 'accountCode' })
    }
    return
  }
  if (words.length === 0) {
    throw new Problem({ code: 'statement.ruleWords', message: '请至少填写一个摘要关键词，例如“结息”', field: 'matchWords' })
  }
  const { accountCode } = facts
  // The office's own sub-accounts are not in the chart; their heading tells the class.
  const account = CHARTS[facts.fundKind].find(({ code }) => accountCode === code || accountCode.startsWith(`${code}.`))
  const wanted = facts.kind === 'interest' ? 'income' : 'expenditure'
  if (account?.class !== wanted || account.needsPair) {
    const what = facts.kind === 'interest' ? '利息要记入收入科目' : '手续费要记入支出科目'
    throw new Problem({ code: 'statement.ruleAccount', message: `${what}，请重新选择科目`, field: 'accountCode' })
  }
}
