/**
 * Distributing public income to owners, or setting it off against their fees: by exclusive area where nothing else is
 * agreed (民法典 art. 283). Every household's amount is kept in a list stored with the voucher, adding up to its line.
 */
import { formatYuan, plainYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import type { ComplexId, DecisionId, DraftId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import {
  previewApportionment, recordApportionment, type ApportionmentPreview, type ApportionmentRequest,
} from '../household/apportionment.ts'
import { storeAttachment } from '../attachment.ts'
import { accountByCode, bookOfFund } from '../voucher/book.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { policyFor } from '../policy/policy.ts'
import { decisionPaper, DISTRIBUTION, OFFSET, saveSpending, type MoneyFacts } from './public-income.ts'

export type HouseholdShare = {
  readonly householdId: number
  /** `1幢 2单元 301`; no owner's name: the list may be shown. */
  readonly household: string
  readonly areaDm2: number
  readonly amountFen: Fen
}

function requestFor(complexId: ComplexId, total: Fen, title: string): ApportionmentRequest {
  return {
    complexId, purpose: 'distribution', repairId: null, utilityBillId: null, title, basis: 'area', scope: { kind: 'complex' },
    shortfall: 'collect', askedFen: total, coefficients: new Map(),
  }
}

function sharesOf({ households, shares }: ApportionmentPreview): readonly HouseholdShare[] {
  return households.map(({ householdId, address, areaDm2 }, index) => ({
    householdId, household: address, areaDm2, amountFen: shares[index]?.shareFen ?? ZERO_FEN,
  }))
}

/**
 * What each household would get; nothing is written. Shares add up to `total` exactly (largest remainder, order of the list).
 * Throws what `previewApportionment` throws.
 */
export function proposeDistribution(ledger: Ledger, complexId: ComplexId, total: Fen): readonly HouseholdShare[] {
  return sharesOf(previewApportionment(ledger, requestFor(complexId, total, '')))
}

/** Text a spreadsheet opens as it is; a leading `=` or `+` in a room's name must not become a formula. */
function csvCell(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

function squareMetres(areaDm2: number): string {
  const digits = String(areaDm2).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

function listAsCsv(shares: readonly HouseholdShare[], total: Fen): string {
  const rows = shares.map(({ household, areaDm2, amountFen }) =>
    [csvCell(household), squareMetres(areaDm2), plainYuan(amountFen)].join(','))
  return ['\uFEFF户室,专有面积（平方米）,金额（元）', ...rows, `合计,,${plainYuan(total)}`, ''].join('\r\n')
}

export type DistributionFacts = Omit<MoneyFacts, 'counterpartyId'> & {
  readonly kind: 'distribution' | 'offset'
  readonly decisionId: DecisionId
}

/** `list`: SHA-256 of the stored list of households. */
export type Distribution = { readonly draftId: DraftId; readonly list: string; readonly shares: readonly HouseholdShare[] }

/**
 * One line for the complex, with the list of households stored as its paper. Throws `income.decision`, `distribution.notAllowed`
 * where the profile forbids setting off fees, and what `proposeDistribution` throws.
 */
export function distribute(context: ServiceContext, facts: DistributionFacts): Distribution {
  requireRole(context, 'preparer')
  const { ledger } = context
  const complex = complexOf(ledger, facts.complexId)
  const paper = decisionPaper(ledger, complex.id, facts.decisionId)
  if (facts.kind === 'offset') {
    const policy = policyFor(ledger, complex.profileCode, facts.date)
    if (policy.value('publicIncome.mayOffsetFees') === false) {
      const message = `按“${policy.facts.name}”，公共收益不得冲抵物业费和公摊费`
      throw new Problem({ code: 'distribution.notAllowed', message, field: 'kind' })
    }
  }
  const account = accountByCode(ledger, bookOfFund(ledger, 'publicIncome').id, facts.kind === 'offset' ? OFFSET : DISTRIBUTION)
  return ledger.write(() => {
    const sheet = recordApportionment(context, requestFor(complex.id, facts.amountFen, `${facts.date} ${account.name}`))
    const shares = sharesOf(sheet)
    const name = `${facts.date} ${complex.code} ${account.name} ${formatYuan(facts.amountFen)}.csv`
    const list = storeAttachment(context, { name, bytes: Buffer.from(listAsCsv(shares, facts.amountFen), 'utf8') })
    const draftId = saveSpending(context, {
      facts, account, decisionId: facts.decisionId, attachments: [...facts.attachments, paper, list.sha256],
      rule: {
        by: `publicIncome.${facts.kind}`, basis: 'area', households: shares.length, list: list.sha256, apportionment: sheet.id,
      },
    })
    return { draftId, list: list.sha256, shares }
  })
}
