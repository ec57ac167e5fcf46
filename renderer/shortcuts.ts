/**
 * One listener for every key the page knows. A screen registers its keys while it is shown; the latest registration of
 * a key wins, so a dialog's Ctrl+Enter comes before the page's. `?` lists what is registered.
 */
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react'

export type Shortcut = {
  /** `Ctrl+K`, `Ctrl+Enter`, `?`, `F2`, `N`; `G J` is a sequence. */
  readonly keys: string
  /** What it does, for the list of keys. */
  readonly label: string
  readonly scope: 'always' | 'screen' | 'go'
}

type Registered = Shortcut & { readonly run: () => void }

let registered: readonly Registered[] = []
const listeners = new Set<() => void>()

function update(next: readonly Registered[]): void {
  registered = next
  for (const listener of listeners) listener()
}

export type Keystroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** `Ctrl+Enter`, `Alt+L`, `?`, `K`. Shift counts only with named keys: `?` is already what Shift makes of `/`. */
export function nameOfKeystroke({ key, ctrlKey, metaKey, altKey, shiftKey }: Keystroke): string {
  const name = key.length === 1 ? key.toUpperCase() : key
  const shift = shiftKey && key.length > 1 ? 'Shift+' : ''
  return `${ctrlKey || metaKey ? 'Ctrl+' : ''}${altKey ? 'Alt+' : ''}${shift}${name}`
}

export function isTypingPlace(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null
}

/** Keys that would be letters in a text: not taken while someone types. */
function isPlain(name: string): boolean {
  return !name.includes('+') && name.length === 1
}

const SEQUENCE_MILLISECONDS = 1200
let pending: { readonly name: string; readonly at: number } | undefined

/** The registration a keystroke means, newest first; remembers the first key of a sequence. */
function meant(name: string, now: number): Registered | undefined {
  const first = pending !== undefined && now - pending.at < SEQUENCE_MILLISECONDS ? pending.name : undefined
  pending = undefined
  const newest = registered.toReversed()
  const sequence = first === undefined ? undefined : newest.find(({ keys }) => keys === `${first} ${name}`)
  if (sequence !== undefined) return sequence
  if (newest.some(({ keys }) => keys.startsWith(`${name} `))) pending = { name, at: now }
  return newest.find(({ keys }) => keys === name)
}

/** An open dialog, menu, list or calendar answers Esc itself; so does a cell being edited. */
const ANSWERS_ESCAPE = [
  '.ant-modal-wrap', '.ant-drawer-open', '.ant-select-open', '.ant-picker-focused', '.ant-dropdown-open', 'dialog',
  '.ag-cell-inline-editing', '.ag-popup',
].join()

function onKeyDown(event: KeyboardEvent): void {
  // While an input method composes, keys belong to it.
  if (event.defaultPrevented || event.isComposing) return
  const name = nameOfKeystroke(event)
  const target = event.target
  if (isPlain(name) && isTypingPlace(target)) return
  if (name === 'Escape' && target instanceof Element) {
    if (target.closest(ANSWERS_ESCAPE) !== null) return
    if (isTypingPlace(target) && target instanceof HTMLElement) {
      target.blur()
      return
    }
  }
  const shortcut = meant(name, event.timeStamp)
  if (shortcut === undefined) return
  event.preventDefault()
  shortcut.run()
}

/** Once, in the frame. */
export function useKeyListener(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}

type Options = { readonly scope?: Shortcut['scope']; readonly isOn?: boolean }

/** Registers a key while the component is shown; `isOn` false takes it out (a person without the role). */
export function useShortcut(keys: string, label: string, run: () => void, options: Options = {}): void {
  const { scope = 'screen', isOn = true } = options
  const onRun = useEffectEvent(run)
  useEffect(() => {
    if (!isOn) return undefined
    const entry: Registered = { keys, label, scope, run: () => onRun() }
    update([...registered, entry])
    return () => update(registered.filter((other) => other !== entry))
  }, [keys, label, scope, isOn])
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useShortcutList(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => registered)
}
