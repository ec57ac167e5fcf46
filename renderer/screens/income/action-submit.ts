/** Sends a checked form as the procedure of its action takes it. */
import type { BankAccountId, ComplexId, DecisionId } from '#core/id.ts'
import type { BusinessDate, Quarter } from '#core/calendar.ts'
import { assertInvariant } from '#core/problem.ts'
import { client, refreshAll } from '../../client.ts'
import { codeOf, typedFen, type Action, type ActionValues, type SheetRecords } from './action-sheets.ts'

type Where = { readonly complexId: ComplexId; readonly quarter: Quarter; readonly records: SheetRecords }
type Filled = { readonly date: BusinessDate; readonly bankAccountId: BankAccountId }

/** The form's own rules have passed: these fields are there. */
function filled({ date, bankAccountId }: ActionValues): Filled {
  assertInvariant(date != null && bankAccountId != null, 'the form let an empty date or bank account through')
  return { date, bankAccountId }
}

function decisionOf({ decisionId }: ActionValues): DecisionId {
  assertInvariant(decisionId != null, 'the form let an empty decision through')
  return decisionId
}

export async function submitAction(action: Action, values: ActionValues, { complexId, quarter, records }: Where): Promise<void> {
  const money = {
    complexId,
    ...filled(values),
    amountFen: typedFen(values.amount),
    summary: values.summary ?? '',
    attachments: (values.papers ?? []).map((paper) => paper.sha256),
  }
  const accountCode = codeOf(action, values, records) ?? ''
  const counterpartyId = values.counterpartyId ?? null
  switch (action) {
    case 'receive': {
      const isContract = values.source !== 'category'
      const source = isContract ? { contractId: values.contractId ?? null } : { accountCode, counterpartyId }
      await client.income.receive.mutate({ ...money, ...source, reason: values.reason ?? '' })
      break
    }
    case 'cost':
      await client.income.cost.mutate({ ...money, accountCode, counterpartyId, document: values.document ?? '' })
      break
    case 'use':
      await client.income.use.mutate({ ...money, accountCode, counterpartyId, decisionId: decisionOf(values) })
      break
    case 'distribute':
      await client.income.distribute.mutate({ ...money, kind: values.kind ?? 'distribution', decisionId: decisionOf(values) })
      break
    case 'topUp': {
      const { toBankAccountId } = values
      assertInvariant(toBankAccountId != null, 'the form let an empty receiving account through')
      await client.income.topUp.mutate({
        complexId, quarter, amountFen: money.amountFen, date: money.date, decisionId: decisionOf(values),
        fromBankAccountId: money.bankAccountId, toBankAccountId,
      })
    }
  }
  await refreshAll()
}
