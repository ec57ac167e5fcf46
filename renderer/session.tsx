/** Who is in front of the page and which ledger it is. The state is asked every half minute; asking keeps nobody awake. */
import { createContext, use, useEffect, useEffectEvent, type ReactNode } from 'react'
import type { Role } from '#core/role.ts'
import { client, queryClient, api } from './client.ts'
import { problemOf } from './problem.ts'
import type { SessionState } from './records.ts'

export type Person = NonNullable<SessionState['person']>
export type Session = { readonly ledger: SessionState['ledger']; readonly person: Person }

const SessionContext = createContext<Session | null>(null)

export function SessionProvider({ session, children }: { readonly session: Session; readonly children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>
}

export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new Error('useSession before signing in')
  return session
}

/** Whether the person may at all; the server decides again. False for everyone in a read-only ledger. */
export function useMay(...roles: readonly Role[]): boolean {
  const { ledger, person } = useSession()
  return !ledger.isReadOnly && roles.some((role) => person.roles.includes(role))
}

export const STATE_INTERVAL_MILLISECONDS = 30_000
const PING_MILLISECONDS = 60_000

function askWhoWeAre(): void {
  void queryClient.invalidateQueries({ queryKey: api.session.state.queryKey() })
}

/** Typing a long voucher sends nothing; this tells the server someone is there, at most once a minute. */
export function useActivityPing(isOpen: boolean): void {
  const onActivity = useEffectEvent((lastPing: { at: number }) => {
    const now = performance.now()
    if (!isOpen || now - lastPing.at < PING_MILLISECONDS) return
    lastPing.at = now
    client.session.active.mutate().catch((error: unknown) => {
      if (problemOf(error).code !== 'connection') askWhoWeAre()
    })
  })
  useEffect(() => {
    const lastPing = { at: performance.now() }
    const listener = () => onActivity(lastPing)
    window.addEventListener('keydown', listener)
    window.addEventListener('pointerdown', listener)
    return () => {
      window.removeEventListener('keydown', listener)
      window.removeEventListener('pointerdown', listener)
    }
  }, [])
}
