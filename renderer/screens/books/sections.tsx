/** The places of the screen as links. */
import { booksText } from '../../messages/books.ts'
import { SectionLinks } from '../../parts/section-links.tsx'

export type BookSection = keyof typeof booksText.sections

const PATHS: Readonly<Record<BookSection, readonly string[]>> = {
  statements: [],
  movement: ['movement'],
  annual: ['annual'],
  ledgers: ['ledgers'],
}

export function BookSections({ current }: { readonly current: BookSection }) {
  const { sections } = booksText
  return (
    <SectionLinks
      label={booksText.title}
      current={current}
      sections={(['statements', 'movement', 'annual', 'ledgers'] as const).map((key) => ({
        key,
        label: sections[key],
        to: { screen: 'books', path: PATHS[key] },
      }))}
    />
  )
}
