/** The browser's history as the page's only memory of where a person is: back, forward and bookmarks just work. */
import { useSyncExternalStore } from 'react'
import {
  addressTo,
  placeAbove,
  readAddress,
  writeAddress,
  type Address,
  type Place,
  type ScopeAddress,
  type Target,
} from './navigation.ts'

const listeners = new Set<() => void>()
let known: { readonly href: string; readonly address: Address } | undefined

/** The same object while the address stands still, as useSyncExternalStore needs. */
export function currentAddress(): Address {
  const href = location.pathname + location.search
  if (known?.href !== href) known = { href, address: readAddress(location.pathname, location.search) }
  return known.address
}

function announce(): void {
  for (const listener of listeners) listener()
}

function move(address: Address, how: 'push' | 'replace'): void {
  const href = writeAddress(address)
  if (href === location.pathname + location.search) return
  if (how === 'push') history.pushState(null, '', href)
  else history.replaceState(null, '', href)
  announce()
}

export function goTo(target: Target): void {
  move(addressTo(target, currentAddress().scope), 'push')
}

/** For filters typed letter by letter: changes the address without a new step in the history. */
export function refine(query: Readonly<Record<string, string>>): void {
  const { place, scope } = currentAddress()
  move({ place: { ...place, query: { ...place.query, ...query } }, scope }, 'replace')
}

export function changeScope(change: Partial<ScopeAddress>): void {
  const { place, scope } = currentAddress()
  move({ place, scope: { ...scope, ...change } }, 'push')
}

/** Esc and the back arrow: one level up, not one step back, so that it means the same however one came. */
export function goUp(): void {
  const { place, scope } = currentAddress()
  const above = placeAbove(place)
  if (above !== undefined) move({ place: above, scope }, 'push')
}

export function hrefOf(target: Target): string {
  return writeAddress(addressTo(target, currentAddress().scope))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

export function useAddress(): Address {
  return useSyncExternalStore(subscribe, currentAddress)
}

export function usePlace(): Place {
  return useAddress().place
}
