import { EventEmitter, once } from 'node:events'
import { z } from 'zod'

/** What the test tells the running double. */
const fromTest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answer'), id: z.number(), answer: z.unknown() }),
  z.object({ kind: z.literal('emit'), event: z.string(), args: z.array(z.unknown()) }),
  z.object({ kind: z.literal('menu'), label: z.string() }),
  z.object({ kind: z.literal('close') }),
])

/** What the double tells the test. `question` waits for an answer with the same id. */
export type FromDouble =
  | { readonly kind: 'question'; readonly id: number; readonly dialog: string; readonly options: unknown }
  | { readonly kind: 'ready'; readonly debugging: string }
  | { readonly kind: 'window' | 'facts'; readonly facts: Record<string, unknown> }
  | { readonly kind: 'shown' }
  | { readonly kind: 'child'; readonly pid: number; readonly args: readonly string[] }
  /** A request that left the app, were there a network; a page that got out of its window. Both are failures. */
  | { readonly kind: 'escaped'; readonly what: string }

export const orders = new EventEmitter<{ emit: [string, unknown[]]; menu: [string]; close: [] }>()
const answers = new EventEmitter()
let questions = 0

export function tell(message: FromDouble): void {
  process.send?.(message)
}

/** Native dialogs are the test's to answer: the options go out, the test's answer comes back as the dialog's result. */
export async function ask(dialog: string, options: unknown): Promise<unknown> {
  const id = ++questions
  tell({ kind: 'question', id, dialog, options })
  const [answer] = await once(answers, String(id))
  return answer
}

process.on('message', (message) => {
  const order = fromTest.parse(message)
  if (order.kind === 'answer') answers.emit(String(order.id), order.answer)
  if (order.kind === 'emit') orders.emit('emit', order.event, order.args)
  if (order.kind === 'menu') orders.emit('menu', order.label)
  if (order.kind === 'close') orders.emit('close')
})
// Chromium is ended in the `exit` event, which a signal alone would skip; the channel also ends with a killed test.
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(143))
