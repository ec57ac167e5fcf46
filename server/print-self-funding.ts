/** Letters for self-funding (自筹征缴通知书), one page a claim, in files of a size that prints in one go. */
import type { ApportionmentId, ComplexId, HouseholdId, SelfFundingClaimId } from '#core/id.ts'
import { addFen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { HouseholdLettersModel, SelfFundingLetter } from '#reports/household-letter.ts'
import type { ServiceContext } from '#services/context.ts'
import { apportionmentOf, type SheetRow } from '#services/household/apportionment.ts'
import { listClaims, type ListedClaim } from '#services/household/self-funding.ts'
import { officeName } from '#services/office.ts'
import { complexOf } from '#services/register/complex.ts'
import { ownersOn } from '#services/register/household-history.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'
import { addressee, draw, payInto, PER_FILE } from './print-household.ts'

export type SelfFundingScope = {
  readonly complexId: ComplexId
  /** Null: of all sheets of the complex. */
  readonly apportionmentId: ApportionmentId | null
}

/** Only what is still to come is asked for. */
function openClaims({ ledger, clock }: ServiceContext, { complexId, apportionmentId }: SelfFundingScope): readonly ListedClaim[] {
  const claims: ListedClaim[] = []
  for (let after: SelfFundingClaimId | undefined; ;) {
    const page = listClaims(ledger, {
      complexId, isOpen: true, limit: PER_FILE, ...(apportionmentId !== null && { apportionmentId }),
      ...(after !== undefined && { after }),
    }, clock.today())
    claims.push(...page.filter(({ leftFen }) => leftFen > 0))
    after = page.at(-1)?.id
    if (page.length < PER_FILE) return claims
  }
}

function payerOf({ ledger, clock }: ServiceContext, { part, isDeveloperHeld, householdId }: ListedClaim): string {
  if (part === 'sellerPrincipal') return '售房单位'
  return isDeveloperHeld ? '开发建设单位' : addressee(ownersOn(ledger, householdId, clock.today()).map(({ name }) => name))
}

type Shares = ReadonlyMap<HouseholdId, SheetRow>

function letterOf(context: ServiceContext, claim: ListedClaim, shares: Shares | undefined): SelfFundingLetter {
  const row = shares?.get(claim.householdId)
  if (row === undefined) throw new Error(`no share behind claim ${claim.id}`)
  const { drawn } = row
  const [shareFen, drawnFen] = claim.part === 'principal'
    ? [row.shareFen, addFen(drawn.principal, drawn.interest)]
    : [row.sellerShareFen, addFen(drawn.sellerPrincipal, drawn.sellerInterest)]
  return {
    address: claim.address, payer: payerOf(context, claim), title: claim.title, shareFen, drawnFen,
    paidFen: addFen(claim.collectedFen, claim.pendingFen), leftFen: claim.leftFen, dueOn: claim.dueOn,
  }
}

/** All letters in one model; the job divides them. Throws `selfFunding.noneOpen`, `household.notBegun`. */
export function selfFundingLetters(
  context: ServiceContext, scope: SelfFundingScope,
): Extract<HouseholdLettersModel, { kind: 'selfFunding' }> {
  const { ledger, clock, actor } = context
  const claims = openClaims(context, scope)
  if (claims.length === 0) {
    throw new Problem({ code: 'selfFunding.noneOpen', message: '没有待收的自筹，不用发通知；要发起征缴，请打开分摊表' })
  }
  const sheets = new Map([...new Set(claims.map(({ apportionmentId }) => apportionmentId))].map((id) =>
    [id, new Map(apportionmentOf(ledger, id).rows.map((row) => [row.householdId, row]))] as const))
  const complex = complexOf(ledger, scope.complexId)
  return {
    kind: 'selfFunding', office: officeName(ledger) ?? '', complex: complex.name, date: clock.today(), printedBy: actor.name,
    payInto: payInto(context, scope.complexId), phone: complex.hotline,
    letters: claims.map((claim) => letterOf(context, claim, sheets.get(claim.apportionmentId))),
  }
}

/** Throws what `selfFundingLetters` throws. */
export async function printSelfFundingJob(context: PrintContext, scope: SelfFundingScope, steps: JobSteps): Promise<JobResult> {
  const model = selfFundingLetters(context, scope)
  const { letters, complex, date } = model
  const documents: JobResult['documents'][number][] = []
  for (let start = 0; start < letters.length; start += PER_FILE) {
    const some = letters.slice(start, start + PER_FILE)
    await steps.breathe({ done: start, total: letters.length, label: `${complex} 自筹征缴通知书` })
    const name = `自筹征缴通知书 ${complex} ${start + 1}–${start + some.length}户 ${date}.pdf`
    documents.push(await draw(context, { name, job: { kind: 'householdLetters', model: { ...model, letters: some } } }, steps))
  }
  return { summary: `已生成 ${letters.length} 份自筹征缴通知书。`, documents, rows: [], reference: null }
}
