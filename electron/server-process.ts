import { once } from 'node:events'
import type { UtilityProcess } from 'electron'
import { messages } from './messages.ts'

/**
 * Waits for the child's `{ type: 'ready' }` and gives back how to stop it. Rejects when it ends before that, with the
 * sentence of its `{ type: 'refused', message }`. `onCrash` is for an end nobody asked for. Stopping asks first, so
 * that the server can finish its transaction and fold the WAL into the ledger, and kills it after `patience` ms.
 */
export function watchServer(child: UtilityProcess, onCrash: () => void, patience = 9000): Promise<() => Promise<void>> {
  const started = Promise.withResolvers<() => Promise<void>>()
  let reason = messages.notRunning
  let running = false
  child.on('message', (word: { readonly type?: unknown; readonly message?: unknown }) => {
    if (word.type === 'refused' && typeof word.message === 'string') reason = word.message
    running ||= word.type === 'ready'
    if (running) started.resolve(stop)
  })
  const ended = once(child, 'exit').then(() => {
    started.reject(new Error(reason))
    if (running) onCrash()
  })
  async function stop() {
    running = false
    child.postMessage({ type: 'stop' })
    const impatience = setTimeout(() => child.kill(), patience)
    await ended
    clearTimeout(impatience)
  }
  return started.promise
}
