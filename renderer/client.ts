/**
 * The typed client of the one API. A query is asked again after 30 seconds and after every successful write, so a
 * screen never shows figures older than what was just posted; a refusal is never retried, a lost connection twice.
 */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import type { AppRouter } from '#server/api/router.ts'
import { problemOf } from './problem.ts'

const FRESH_MILLISECONDS = 30_000

/** Locked or signed out elsewhere: ask who we are, and the gate (app.tsx) shows the right screen over the kept page. */
function noticeSession(error: unknown): void {
  const { code } = problemOf(error)
  if (code === 'session.locked' || code === 'session.signedOut') {
    void queryClient.invalidateQueries({ queryKey: api.session.state.queryKey() })
  }
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSession }),
  mutationCache: new MutationCache({
    onError: noticeSession,
    onSuccess: () => {
      void queryClient.invalidateQueries()
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: FRESH_MILLISECONDS,
      retry: (count, error) => problemOf(error).code === 'connection' && count < 2,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})

/** For calls outside components (finders, uploads, the activity ping); screens use `api`. */
export const client = createTRPCClient<AppRouter>({
  // Queries travel as POST: their inputs (hundreds of ids, long texts) do not fit an address. Batches of one: a slow
  // answer holds up no other, and unlike a plain call a batch has a body even where there is no input.
  links: [httpBatchLink({ url: '/api/trpc', methodOverride: 'POST', maxItems: 1 })],
})

/** `useQuery(api.book.list.queryOptions())`, `useMutation(api.voucher.save.mutationOptions())`. */
export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient })

/** After a write made with `client` directly; `useMutation` does it by itself. */
export async function refreshAll(): Promise<void> {
  await queryClient.invalidateQueries()
}
