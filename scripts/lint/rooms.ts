/**
 * Which room may import which (design §1). Read by the lint rule next door; a new room or a wider door is added here
 * and in docs/decisions.md, never by an exception in a file.
 */
export type Room = {
  /** Other rooms whose modules may be imported. */
  readonly rooms: readonly string[]
  /** Rooms of which only types may be imported (`import type`). */
  readonly types: readonly string[]
  /** Modules a room may import from another room that is otherwise closed to it, as `room/path` prefixes. */
  readonly entries: readonly string[]
  /** Whether `node:` modules may be imported. */
  readonly node: boolean
  /** Packages that may be imported; `'any'` but those named in `ONLY_IN`. */
  readonly packages: 'any' | readonly string[]
}

/** core stays pure: the readers listed here take text and return values, with no I/O, clock or randomness. */
const PURE_READERS = ['papaparse', 'fast-xml-parser', '@e965/xlsx']

export const ROOMS: Readonly<Record<string, Room>> = {
  core: { rooms: [], types: [], entries: [], node: false, packages: PURE_READERS },
  db: { rooms: ['core'], types: [], entries: [], node: true, packages: 'any' },
  services: { rooms: ['core', 'db', 'assets'], types: [], entries: [], node: true, packages: 'any' },
  reports: { rooms: ['core', 'assets'], types: [], entries: [], node: true, packages: 'any' },
  server: {
    rooms: ['services', 'reports', 'db', 'core', 'assets'],
    types: [],
    entries: [],
    node: true,
    packages: 'any',
  },
  electron: { rooms: [], types: ['server'], entries: ['server/entry.ts'], node: true, packages: 'any' },
  renderer: { rooms: ['core', 'assets'], types: ['server'], entries: [], node: false, packages: 'any' },
}

/** Packages with one home: whoever needs them elsewhere asks that room instead. */
export const ONLY_IN: Readonly<Record<string, readonly string[]>> = {
  // Importing electron in plain Node starts a download of its binary.
  electron: ['electron'],
  'better-sqlite3': ['db'],
  'drizzle-orm': ['db', 'services'],
  // Documents are drawn in one room, off the page.
  pdfmake: ['reports'],
  react: ['renderer'],
  'react-dom': ['renderer'],
  antd: ['renderer'],
}

/** Folders that hold no product code: they may import everything, and no room may import them. */
export const OUTSIDE = ['tests', 'bench', 'scripts', 'dist']
