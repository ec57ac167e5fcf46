/** The three lists of the deposit screen and the button they share. */
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { Icon } from '../../parts/icon.tsx'
import { SectionLinks } from '../../parts/section-links.tsx'
import { goTo } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'

/** Certificates of the complex in the scope, in every book: a due certificate must not hide behind the chosen book. */
export function useComplexFilter() {
  const { complexId } = useScope()
  return complexId === null ? {} : { complexId }
}

export function useDueWork() {
  return useQuery(api.deposit.due.queryOptions(useComplexFilter()))
}

export function DepositSections({ current }: { readonly current: 'due' | 'register' | 'ladder' }) {
  const { sections } = depositText
  const overdue = useDueWork().data?.overdueCount ?? 0
  return (
    <SectionLinks
      label={depositText.lists}
      current={current}
      sections={[
        { key: 'due', label: sections.due, to: { screen: 'deposits' }, count: overdue },
        { key: 'register', label: sections.register, to: { screen: 'deposits', path: ['register'] } },
        { key: 'ladder', label: sections.ladder, to: { screen: 'deposits', path: ['ladder'] } },
      ]}
    />
  )
}

export function PlaceButton() {
  const mayPlace = useMay('preparer')
  const open = () => goTo({ screen: 'deposits', path: ['new'] })
  useShortcut('Ctrl+N', depositText.place, open, { isOn: mayPlace })
  return mayPlace ? <Button type="primary" icon={<Icon name="plus" />} onClick={open}>{depositText.place}</Button> : null
}
