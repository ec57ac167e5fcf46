/** 公示: the heat table of the office, one complex's quarter, checking a notice in hand. */
import type { ScreenProps } from '../index.ts'
import { useScope } from '../../scope.tsx'
import { NoticeBoard } from './board.tsx'
import { CheckPlace } from './check-place.tsx'
import { NoticePlace } from './place.tsx'
import './notice.css'

export function Notices({ path: [first], query }: ScreenProps) {
  const { complexId, quarter } = useScope()
  if (first === 'check') return <CheckPlace />
  if (complexId === null) return <NoticeBoard last={quarter} />
  return <NoticePlace key={`${complexId}-${quarter}`} complexId={complexId} quarter={quarter} version={query['version'] ?? ''} />
}
