/** A cell of the heat table in words: what a person standing in front of the board would say. */
import { noticeText } from '../../messages/notice.ts'
import type { IconName } from '../../parts/icon.tsx'
import type { Tone } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'

type NoticeCell = Answers['disclosure']['overview']['lines'][number]['cells'][number]

export type CellState = { readonly word: string; readonly tone: Tone; readonly icon: IconName }

/** Null where nothing is expected: before the books, or while the quarter runs. */
export function cellState(cell: NoticeCell): CellState | null {
  const text = noticeText.cell
  const { posting, stage } = cell
  if (stage === 'before' || stage === 'running' || posting === null) return null
  const late = 'late' in posting && posting.late ? ` ${text.late}` : ''
  switch (posting.kind) {
    case 'overdue':
      return { word: text.overdue(posting.daysLate), tone: 'bad', icon: 'warning' }
    case 'posted':
      return { word: text.posted(posting.day, posting.of) + late, tone: 'accent', icon: 'clock' }
    case 'complete':
      return { word: text.complete + late, tone: 'accent', icon: 'check' }
    case 'removedEarly':
      return { word: text.removedEarly(posting.days), tone: 'bad', icon: 'cross' }
    case 'notPosted':
      if (stage === 'notPrepared') return { word: text.notPrepared, tone: 'plain', icon: 'dot' }
      return stage === 'requested'
        ? { word: text.requested, tone: 'due', icon: 'draft' }
        : { word: text.notPosted, tone: 'due', icon: 'disclosure' }
  }
}
