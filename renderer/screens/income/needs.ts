import { addFen } from '#core/money.ts'
import { client } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import type { NeedFinder } from '../today/needs.ts'

/** Contract income that should have come; whoever prepares vouchers or heads the office goes after it. */
export const findIncomeNeeds: NeedFinder = async ({ complexId }, { roles }) => {
  if (!roles.some((role) => role === 'preparer' || role === 'bookkeeper' || role === 'head')) return []
  const overdue = await client.income.overdue.query({ complexId })
  if (overdue.length === 0) return []
  return [
    {
      key: 'income-overdue',
      icon: 'income',
      tone: 'bad',
      text: incomeText.needs.overdue(overdue.length),
      fen: addFen(...overdue.map((contract) => contract.openFen)),
      target: { screen: 'income', path: ['contracts'], query: { state: 'late' } },
    },
  ]
}
