/** The office's own choices, its books and accounts, its local rules, and care for the ledger file. */
import { settingText } from '../../messages/setting.ts'
import { SectionLinks } from '../../parts/section-links.tsx'
import type { ScreenProps } from '../index.ts'
import { BookSettings } from './book-settings.tsx'
import { LedgerCare } from './ledger-care.tsx'
import { OfficeSettings } from './office-settings.tsx'
import { PolicySheet } from './policy-sheet.tsx'
import './setting.css'

type SectionKey = 'office' | 'books' | 'policy' | 'care'

export function SettingSections({ current }: { readonly current: SectionKey }) {
  const { sections } = settingText
  return (
    <SectionLinks
      label={settingText.title}
      current={current}
      sections={[
        { key: 'office', label: sections.office, to: { screen: 'settings' } },
        { key: 'books', label: sections.books, to: { screen: 'settings', path: ['books'] } },
        { key: 'policy', label: sections.policy, to: { screen: 'settings', path: ['policy'] } },
        { key: 'care', label: sections.care, to: { screen: 'settings', path: ['care'] } },
      ]}
    />
  )
}

export function Settings({ path: [section, record], query }: ScreenProps) {
  if (section === 'books') return <BookSettings />
  if (section === 'policy') return <PolicySheet code={record} query={query} />
  if (section === 'care') return <LedgerCare />
  return <OfficeSettings />
}
