/** The three lists of the voucher screen, with how many drafts wait. */
import { useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { voucherText } from '../../messages/voucher.ts'
import { SectionLinks } from '../../parts/section-links.tsx'
import { useScope } from '../../scope.tsx'

/** Enough for an office's day; the list itself holds as many. */
export const DRAFTS_SHOWN = 500

export function useDrafts() {
  const { bookId } = useScope()
  return useQuery(
    api.voucher.drafts.queryOptions(
      { limit: DRAFTS_SHOWN, ...(bookId !== undefined && { bookId }) },
      { enabled: bookId !== undefined },
    ),
  )
}

export function VoucherSections({ current }: { readonly current: 'posted' | 'drafts' | 'balance' }) {
  const { sections } = voucherText
  const waiting = useDrafts().data?.length ?? 0
  return (
    <SectionLinks
      label={voucherText.title}
      current={current}
      sections={[
        { key: 'posted', label: sections.posted, to: { screen: 'vouchers' } },
        { key: 'drafts', label: sections.drafts, to: { screen: 'vouchers', path: ['draft'] }, count: waiting },
        { key: 'balance', label: sections.balance, to: { screen: 'vouchers', path: ['balance'] } },
      ]}
    />
  )
}
