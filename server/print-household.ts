/** Papers of households: statements, letters to top up, the slip of a transfer. Names on them are masked (个人信息保护法 art. 6). */
import type { BusinessDate } from '#core/calendar.ts'
import { addFen } from '#core/money.ts'
import type { BuildingId, ComplexId, HouseholdId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import type { TopUpLetter } from '#reports/household-letter.ts'
import type { HouseholdStatement } from '#reports/household-statement.ts'
import type { RenderJob } from '#reports/job.ts'
import { listBankAccounts } from '#services/voucher/book.ts'
import { complexOf } from '#services/register/complex.ts'
import type { ServiceContext } from '#services/context.ts'
import { householdAccount, householdDue, requireSubLedger } from '#services/household/household-account.ts'
import { householdBalance } from '#services/household/household-entry.ts'
import { householdAreas } from '#services/register/household-area.ts'
import { householdCard, ownersOn } from '#services/register/household-history.ts'
import { listHouseholds } from '#services/register/household-list.ts'
import { householdsToTopUp, topUpShare } from '#services/household/household-top-up.ts'
import { officeName } from '#services/office.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import type { PrintContext } from './print.ts'

/** One file stays small enough to be drawn and printed in one go. */
export const PER_FILE = 200
const SEALED = '（已加密）'
const NOBODY = '（未登记）'

function namesOf(names: readonly (string | null)[]): string {
  return names.length === 0 ? NOBODY : names.map((name) => name ?? SEALED).join('、')
}

/** A letter finds its owner by the door where the name is sealed or unknown. */
export function addressee(names: readonly (string | null)[]): string {
  const known = names.filter((name) => name !== null)
  return known.length === 0 || known.length < names.length ? '业主' : known.join('、')
}

export type StatementSpan = { readonly from: BusinessDate; readonly to: BusinessDate }

function statementOf({ ledger }: ServiceContext, id: HouseholdId, span: StatementSpan): HouseholdStatement {
  const account = householdAccount(ledger, id, span)
  return { ...account, owners: namesOf(ownersOn(ledger, id, span.to).map(({ name }) => name)) }
}

export function statementsModel(
  context: ServiceContext, ids: readonly HouseholdId[], span: StatementSpan,
): Extract<RenderJob, { kind: 'householdStatements' }>['model'] {
  return {
    ...span, office: officeName(context.ledger) ?? '', printedOn: context.clock.today(), printedBy: context.actor.name,
    statements: ids.map((id) => statementOf(context, id, span)),
  }
}

export type StatementRequest = StatementSpan & {
  readonly complexId: ComplexId
  /** One household, one building, or all of the complex. */
  readonly householdId: HouseholdId | null
  readonly buildingId: BuildingId | null
}

function householdsOf({ ledger, clock }: ServiceContext, { complexId, buildingId }: StatementRequest): readonly HouseholdId[] {
  const ids: HouseholdId[] = []
  for (;;) {
    const after = ids.at(-1)
    const page = listHouseholds(ledger, {
      complexId, limit: PER_FILE, ...(buildingId !== null && { buildingId }), ...(after !== undefined && { after }),
    }, clock.today())
    ids.push(...page.map(({ id }) => id))
    if (page.length < PER_FILE) return ids
  }
}

type Drawn = { readonly name: string; readonly job: RenderJob }

export async function draw(context: PrintContext, { name, job }: Drawn, { signal }: JobSteps) {
  const bytes = await context.renderPool.renderPdf(job, { signal })
  const { token } = await context.staging.putDocument(context.actor.userId, { name, mediaType: 'application/pdf', bytes })
  return { id: token, name }
}

/** Throws `household.notBegun`. */
export async function printStatementsJob(
  context: PrintContext, request: StatementRequest, steps: JobSteps,
): Promise<JobResult> {
  const { householdId, complexId, from, to } = request
  requireSubLedger(context.ledger, complexId)
  const ids = householdId === null ? householdsOf(context, request) : [householdId]
  const { name: complex } = complexOf(context.ledger, complexId)
  const documents: JobResult['documents'][number][] = []
  for (let start = 0; start < ids.length; start += PER_FILE) {
    const some = ids.slice(start, start + PER_FILE)
    await steps.breathe({ done: start, total: ids.length, label: `${complex} 分户对账单` })
    const model = statementsModel(context, some, { from, to })
    const [first] = model.statements
    const which = householdId === null ? `${start + 1}–${start + some.length}户` : first?.address ?? ''
    const job: RenderJob = { kind: 'householdStatements', model }
    documents.push(await draw(context, { name: `分户对账单 ${complex} ${which} ${to}.pdf`, job }, steps))
  }
  return { summary: `已生成 ${ids.length} 户的对账单。`, documents, rows: [], reference: null }
}

/** The complex's own 专户 in the maintenance book, or the shared one. */
export function payInto({ ledger }: ServiceContext, complexId: ComplexId): string {
  const bookId = requireSubLedger(ledger, complexId)
  const accounts = listBankAccounts(ledger).filter((account) => account.bookId === bookId)
  const account = accounts.find((each) => each.complexId === complexId) ?? accounts.find((each) => each.complexId === null)
  return account === undefined ? '' : `${account.holderName}，${account.bankName}${account.branch}，账号 ${account.number}`
}

/** Throws `policy.toFill`, `household.notBegun`, `topUp.nobody`. */
export async function printTopUpJob(
  context: PrintContext, scope: { readonly complexId: ComplexId; readonly buildingId: BuildingId | null }, steps: JobSteps,
): Promise<JobResult> {
  const { ledger, clock, actor } = context
  const date = clock.today()
  const complex = complexOf(ledger, scope.complexId)
  const common = {
    kind: 'topUp' as const, office: officeName(ledger) ?? '', complex: complex.name, date, printedBy: actor.name,
    below: topUpShare(ledger, scope.complexId, date), payInto: payInto(context, scope.complexId), phone: complex.hotline,
  }
  const documents: JobResult['documents'][number][] = []
  let count = 0
  for (let after: HouseholdId | undefined; ;) {
    const page = householdsToTopUp(ledger, {
      complexId: scope.complexId, limit: PER_FILE, ...(scope.buildingId !== null && { buildingId: scope.buildingId }),
      ...(after !== undefined && { after }),
    }, date)
    if (page.length > 0) {
      await steps.breathe({ done: count, total: count + page.length, label: `${complex.name} 续交通知书` })
      const letters = page.map(({ householdId: _id, owners, ...letter }): TopUpLetter =>
        ({ ...letter, owners: addressee(owners) }))
      const name = `续交通知书 ${complex.name} ${count + 1}–${count + page.length}户 ${date}.pdf`
      documents.push(await draw(context, { name, job: { kind: 'householdLetters', model: { ...common, letters } } }, steps))
    }
    count += page.length
    after = page.at(-1)?.householdId
    if (page.length < PER_FILE) break
  }
  if (count === 0) throw new Problem({ code: 'topUp.nobody', message: '没有余额低于续交起点的户，不用发通知' })
  return { summary: `已生成 ${count} 户的续交通知书。`, documents, rows: [], reference: null }
}

/** The latest change of owners. Throws `household.missing`, `household.notBegun`, `transfer.none`. */
export async function printTransferJob(context: PrintContext, id: HouseholdId, steps: JobSteps): Promise<JobResult> {
  const { ledger, clock, actor } = context
  const card = householdCard(ledger, id, clock.today())
  const { complexId } = householdAccount(ledger, id, { from: clock.today(), to: clock.today() })
  requireSubLedger(ledger, complexId)
  const held = card.acts.filter(({ owners }) => owners !== null)
  const change = held.at(-1)
  const previous = held.at(-2)
  if (change?.kind !== 'owners' || previous === undefined) {
    throw new Problem({ code: 'transfer.none', message: '这一户还没有办理产权变更：请先登记产权变更，再打印转移确认单' })
  }
  const { name: complex } = complexOf(ledger, complexId)
  const balance = householdBalance(ledger, id)
  const areas = householdAreas(ledger, id, clock.today())
  await steps.breathe({ done: 0, total: 1, label: `${complex} ${card.address}` })
  const job: RenderJob = {
    kind: 'householdLetters',
    model: {
      kind: 'transfer', office: officeName(ledger) ?? '', complex, date: clock.today(), printedBy: actor.name,
      address: card.address, effectiveOn: change.effectiveOn, reason: change.reason,
      before: namesOf((previous.owners ?? []).map(({ name }) => name)),
      after: namesOf((change.owners ?? []).map(({ name }) => name)),
      principalFen: addFen(balance.principal, balance.sellerPrincipal),
      interestFen: addFen(balance.interest, balance.sellerInterest),
      totalFen: balance.totalFen,
      areaDm2: areas.standingDm2,
      areas: areas.areas,
      settleFen: areas.settlement?.settleFen ?? householdDue(ledger, id, clock.today()).owedFen,
    },
  }
  const document = await draw(context, { name: `余额转移确认单 ${complex} ${card.address}.pdf`, job }, steps)
  return { summary: '余额转移确认单已生成。', documents: [document], rows: [], reference: null }
}
