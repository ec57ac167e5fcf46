/** Light or dark: chosen by the person, remembered by this machine, written to the page as CSS variables. */
import { useSyncExternalStore } from 'react'
import { PALETTE, type ThemeMode } from './theme.ts'

const KEY = 'mingzhang.theme'
const listeners = new Set<() => void>()

function remembered(): ThemeMode {
  return localStorage.getItem(KEY) === 'dark' ? 'dark' : 'light'
}

let mode: ThemeMode | undefined

function current(): ThemeMode {
  mode ??= remembered()
  return mode
}

export function applyTheme(): void {
  const root = document.documentElement
  root.dataset['theme'] = current()
  root.style.colorScheme = current()
  for (const [name, value] of Object.entries(PALETTE[current()])) {
    root.style.setProperty(`--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`, value)
  }
}

export function chooseTheme(next: ThemeMode): void {
  mode = next
  localStorage.setItem(KEY, next)
  applyTheme()
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useThemeMode(): ThemeMode {
  return useSyncExternalStore(subscribe, current)
}
