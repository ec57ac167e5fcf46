/** A kept sheet beside what the same method gives today: how each household stands on both. */
import type { Fen } from '../money.ts'

export type ComparedSide = {
  readonly areaDm2: number
  /** Of owner and selling unit together. */
  readonly shareFen: Fen
  readonly heldFen: Fen
  readonly shortFen: Fen
}

/** `joined` is in today's scope but not on the sheet; `left` the reverse. */
export type ComparedState = 'same' | 'changed' | 'joined' | 'left'

export const COMPARED_WORD: Readonly<Record<ComparedState, string>> = {
  same: '一致', changed: '有变动', joined: '现增加', left: '现已没有',
}
