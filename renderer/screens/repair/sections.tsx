/** The sections of the repairs screen. */
import { authorityText } from '../../messages/authority.ts'
import { contractorText } from '../../messages/contractor.ts'
import { boardText } from '../../messages/repair-board.ts'
import { SectionLinks, type Section } from '../../parts/section-links.tsx'

const SECTIONS: readonly Section[] = [
  { key: 'board', label: boardText.board, to: { screen: 'repairs' } },
  { key: 'inbox', label: boardText.inbox, to: { screen: 'repairs', path: ['inbox'] } },
  { key: 'votes', label: authorityText.votes, to: { screen: 'repairs', path: ['votes'] } },
  { key: 'standing', label: authorityText.standing, to: { screen: 'repairs', path: ['standing'] } },
  { key: 'emergencies', label: authorityText.emergencies, to: { screen: 'repairs', path: ['emergencies'] } },
  { key: 'contractors', label: contractorText.register, to: { screen: 'repairs', path: ['contractors'] } },
  { key: 'tenders', label: contractorText.tenders, to: { screen: 'repairs', path: ['tenders'] } },
  { key: 'quarter', label: contractorText.quarter, to: { screen: 'repairs', path: ['contractors', 'quarter'] } },
]

export function RepairSections({ current }: { readonly current: string }) {
  return <SectionLinks label={boardText.sections} sections={SECTIONS} current={current} />
}
