/** The shape of a property register (楼盘表) read from a spreadsheet. */
import type { HouseholdFacts, HouseholdOpening, OwnerKind } from './household.ts'
import type { Fen } from '../money.ts'
import type { Encoding } from '../statement/encoding.ts'
import type { RegisterColumn } from './columns.ts'

export type RegisterOwner = {
  readonly name: string
  readonly kind: OwnerKind
  readonly identity: string | null
  readonly phone: string | null
  readonly parts: number
}

export type RegisterRow = {
  /** 1-based line of the file. */
  readonly line: number
  /** Building without 幢: `1`. */
  readonly building: string
  readonly facts: HouseholdFacts
  readonly opening: HouseholdOpening | null
  readonly owners: readonly RegisterOwner[]
}

/** `line` null: the file as a whole. `column`: the title as the file writes it. */
export type RegisterIssue = {
  readonly code: string
  readonly message: string
  readonly line: number | null
  readonly column: string | null
}

export type RegisterSums = {
  readonly households: number
  readonly areaDm2: number
  readonly dueFen: Fen
  readonly paidFen: Fen
  readonly balanceFen: Fen
  readonly owners: number
}

export type RegisterReading = {
  readonly format: string
  readonly encoding: Encoding | null
  /** Titles in the file's order; `meaning` null: not used. */
  readonly columns: readonly { readonly title: string; readonly meaning: RegisterColumn | null }[]
  /** Only rows without an error. */
  readonly rows: readonly RegisterRow[]
  readonly errors: readonly RegisterIssue[]
  readonly warnings: readonly RegisterIssue[]
  readonly sums: RegisterSums
}

export function householdKey(building: string, entrance: string, room: string): string {
  return `${building}\u0001${entrance}\u0001${room}`
}
