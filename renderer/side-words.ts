/**
 * 借/贷 or 收入/支出 at the head of the amount columns: committee members read the second. A person's own choice, kept on this
 * machine; what is printed or shown as paper always says 借方 and 贷方 (会计基础工作规范 art. 51).
 */
import { useSyncExternalStore } from 'react'
import { SIDE_WORDS } from './messages/words.ts'
import { useSession } from './session.tsx'

export const SIDE_STYLES = ['accounting', 'plain'] as const
export type SideStyle = (typeof SIDE_STYLES)[number]
export type SideWords = (typeof SIDE_WORDS)[SideStyle]

const listeners = new Set<() => void>()

function keyOf(userId: number): string {
  return `mingzhang.sides.${userId}`
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSideStyle(): readonly [SideStyle, (style: SideStyle) => void] {
  const key = keyOf(useSession().person.userId)
  const style = useSyncExternalStore(subscribe, (): SideStyle => (localStorage.getItem(key) === 'plain' ? 'plain' : 'accounting'))
  return [
    style,
    (next) => {
      localStorage.setItem(key, next)
      for (const listener of listeners) listener()
    },
  ]
}

export function useSideWords(): SideWords {
  const [style] = useSideStyle()
  return SIDE_WORDS[style]
}
