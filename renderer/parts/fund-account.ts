/** The fund's book and the bank account (专户) in which a complex's money is kept. */
import { useQuery } from '@tanstack/react-query'
import type { BankAccountId, ComplexId } from '#core/id.ts'
import { api } from '../client.ts'
import type { Books } from '../records.ts'
import { useScope } from '../scope.tsx'

/** Undefined in an office that keeps no maintenance fund. */
export function useMaintenanceBook(): Books[number] | undefined {
  return useScope().books.find(({ fundKind }) => fundKind === 'maintenance')
}

/** Undefined until the accounts are read, and for a complex without an account of its own. */
export function useOwnBankAccount(complexId: ComplexId): BankAccountId | undefined {
  const book = useMaintenanceBook()
  const { data: accounts } = useQuery(api.book.bankAccounts.queryOptions())
  return accounts?.find((account) => account.bookId === book?.id && account.complexId === complexId)?.id
}
