import { noticeText } from '../../messages/notice.ts'
import { SectionLinks } from '../../parts/section-links.tsx'

export function NoticeSections({ current }: { readonly current: 'board' | 'check' }) {
  const { sections } = noticeText
  return (
    <SectionLinks
      label={noticeText.title}
      current={current}
      sections={[
        { key: 'board', label: sections.board, to: { screen: 'disclosure', scope: { complex: null } } },
        { key: 'check', label: sections.check, to: { screen: 'disclosure', path: ['check'] } },
      ]}
    />
  )
}
