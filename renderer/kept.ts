/**
 * Drafts that outlive their screen: what was typed is still there after Esc and coming back. In memory only (it may hold
 * personal data), forgotten when another person signs in.
 */
import { useState } from 'react'

const kept = new Map<string, unknown>()

export function forgetKept(): void {
  kept.clear()
}

/** Like useState under a name; `forget` after the draft was saved. `read` checks what was kept, because a name may be reused. */
export function useKept<Value>(
  key: string,
  initial: Value,
  read: (value: unknown) => value is Value,
): readonly [Value, (next: Value) => void, () => void] {
  const stored = kept.get(key)
  const [value, setValue] = useState(() => (read(stored) ? stored : initial))
  return [
    value,
    (next) => {
      kept.set(key, next)
      setValue(next)
    },
    () => {
      kept.delete(key)
    },
  ]
}
