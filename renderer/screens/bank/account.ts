/** One account by its number in the address, with its standing. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'

export type AccountStanding = Answers['statement']['accounts'][number]
export type StatementLine = Answers['statement']['lines'][number]
export type ProposedLine = Answers['statement']['proposals'][number]
export type StatementPreview = Answers['statement']['preview']
export type StatementBatch = Answers['statement']['batches'][number]
export type StoredMapping = Answers['statement']['mappings'][number]
export type StoredRule = Answers['statement']['rules'][number]

export function useStandings() {
  const { asOf } = useScope()
  return useQuery(api.statement.accounts.queryOptions({ asOf }))
}

/** `招商银行 …0001`: enough to tell accounts apart, short enough for a title. */
export function shortName(account: Pick<AccountStanding, 'bankName' | 'number'>): string {
  return `${account.bankName} …${account.number.slice(-4)}`
}

/** Undefined while loading and for an unknown account; its name is then the number in the address. */
export function useAccount(bankAccountId: number): { account: AccountStanding | undefined; name: string } {
  const account = useStandings().data?.find((one) => one.bankAccountId === bankAccountId)
  return { account, name: account === undefined ? '' : shortName(account) }
}
