import { incomeText } from '../../messages/income.ts'
import { SectionLinks } from '../../parts/section-links.tsx'

export function IncomeSections({ current }: { readonly current: 'quarter' | 'contracts' }) {
  const { sections } = incomeText
  return (
    <SectionLinks
      label={incomeText.title}
      current={current}
      sections={[
        { key: 'quarter', label: sections.quarter, to: { screen: 'income' } },
        { key: 'contracts', label: sections.contracts, to: { screen: 'income', path: ['contracts'] } },
      ]}
    />
  )
}
