import { client } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import type { Finder } from '../../frame/finders.ts'

const FOUND = 6

/** Contracts by number, party or place, over all complexes. */
export const findContracts: Finder = async (text) => {
  const contracts = await client.income.contracts.query({ state: 'all', text, limit: FOUND })
  return contracts.map(({ id, number, counterpartyName, complexName }) => ({
    key: `contract-${id}`,
    icon: 'income' as const,
    title: `${number} ${counterpartyName}`,
    note: `${incomeText.contract.title} · ${complexName}`,
    target: { screen: 'income' as const, path: ['contracts', id] },
  }))
}
