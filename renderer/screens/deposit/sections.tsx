/** The lists of the deposit screen and the buttons they share. */
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { certificateText } from '../../messages/certificate.ts'
import { depositText } from '../../messages/deposit.ts'
import { depositImportText } from '../../messages/deposit-import.ts'
import { placementText, placingText } from '../../messages/placing.ts'
import { Icon } from '../../parts/icon.tsx'
import { SectionLinks } from '../../parts/section-links.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'

export function useDueSummary() {
  const { complexId } = useScope()
  return useQuery(api.due.summary.queryOptions({ complexId }))
}

type Section = 'due' | 'register' | 'ladder' | 'loss' | 'differences' | 'accounts' | 'plan' | 'placing'

export function DepositSections({ current }: { readonly current: Section }) {
  const { sections } = depositText
  const { complexId } = useScope()
  const { data: differences } = useQuery(api.certificate.openDifferences.queryOptions({ complexId }))
  const overdue = useDueSummary().data?.overdueCount ?? 0
  return (
    <SectionLinks
      label={depositText.lists}
      current={current}
      sections={[
        { key: 'due', label: sections.due, to: { screen: 'deposits' }, count: overdue },
        { key: 'register', label: sections.register, to: { screen: 'deposits', path: ['register'] } },
        { key: 'ladder', label: sections.ladder, to: { screen: 'deposits', path: ['ladder'] } },
        { key: 'loss', label: sections.loss, to: { screen: 'deposits', path: ['loss'] }, startsGroup: true },
        {
          key: 'differences', label: certificateText.differences.section, to: { screen: 'deposits', path: ['differences'] },
          count: differences?.count ?? 0,
        },
        { key: 'accounts', label: certificateText.accounts.section, to: { screen: 'deposits', path: ['accounts'] } },
        { key: 'plan', label: placementText.title, to: { screen: 'deposits', path: ['plan'] }, startsGroup: true },
        { key: 'placing', label: placingText.title, to: { screen: 'deposits', path: ['placing'] } },
      ]}
    />
  )
}

/** The sheet an office comes with; a section of its own would stand there for years after its one day. */
export function ImportButton() {
  const mayImport = useMay('preparer')
  if (!mayImport) return null
  return (
    <Button icon={<Icon name="upload" />} onClick={() => goTo({ screen: 'deposits', path: ['import'] })}>
      {depositImportText.open}
    </Button>
  )
}

export function PlaceButton() {
  const mayPlace = useMay('preparer')
  const open = () => goTo({ screen: 'deposits', path: ['new'] })
  useShortcut('Ctrl+N', depositText.place, open, { isOn: mayPlace })
  return mayPlace ? <Button type="primary" icon={<Icon name="plus" />} onClick={open}>{depositText.place}</Button> : null
}
