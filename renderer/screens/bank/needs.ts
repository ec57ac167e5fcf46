/** What waits at the bank: accounts with gaps first, then those with lines nobody has dealt with. */
import { client } from '../../client.ts'
import { bankText } from '../../messages/bank.ts'
import type { Need, NeedFinder } from '../today/needs.ts'
import { shortName } from './account.ts'

export const findBankNeeds: NeedFinder = async ({ asOf, complexId }, { roles }) => {
  if (!roles.some((role) => role === 'preparer' || role === 'bookkeeper' || role === 'reconciler' || role === 'head')) return []
  const accounts = await client.statement.accounts.query({ asOf })
  return accounts
    .filter((account) => complexId === null || account.complexId === complexId)
    .flatMap((account): Need[] => {
      const name = shortName(account)
      const target = { screen: 'bank' as const, path: [account.bankAccountId] }
      return [
        ...(account.gaps.length > 0
          ? [{
              key: `bank-gap-${account.bankAccountId}`, icon: 'bank' as const, tone: 'due' as const,
              text: bankText.needsGap(name), target,
            }]
          : []),
        ...(account.openCount > 0
          ? [{
              key: `bank-open-${account.bankAccountId}`, icon: 'bank' as const, tone: 'plain' as const,
              text: bankText.needs(account.openCount, name),
              target: { ...target, path: [account.bankAccountId, 'proposals'] },
            }]
          : []),
      ]
    })
}
