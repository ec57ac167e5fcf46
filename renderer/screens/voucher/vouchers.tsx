/** The voucher screen's places: list, to do, balances, one account, one voucher, one draft, the entry form. */
import { parseDate, isBusinessDate, type BusinessDate } from '#core/calendar.ts'
import { idOf, type AccountId, type DraftId, type VoucherId } from '#core/id.ts'
import type { ScreenProps } from '../index.ts'
import { AccountRegister } from './account-register.tsx'
import { DraftPlace } from './draft-place.tsx'
import { DraftList } from './draft-list.tsx'
import { NewVoucher } from './new-voucher.tsx'
import { PostedList } from './posted-list.tsx'
import { TrialBalance } from './trial-balance.tsx'
import { VoucherPlace } from './voucher-place.tsx'
import './voucher.css'

function rowNumber<Of extends string>(text: string | undefined) {
  return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? idOf<Of>(Number(text)) : undefined
}

export function dayIn(text: string | undefined): BusinessDate | undefined {
  return text !== undefined && isBusinessDate(text) ? parseDate(text) : undefined
}

export function Vouchers({ path: [first, second], query }: ScreenProps) {
  const accountId: AccountId | undefined = rowNumber<'account'>(second)
  const draftId: DraftId | undefined = rowNumber<'draft'>(second)
  const voucherId: VoucherId | undefined = rowNumber<'voucher'>(first)
  if (first === 'new') return <NewVoucher />
  if (first === 'account' && accountId !== undefined) {
    return <AccountRegister key={accountId} accountId={accountId} query={query} />
  }
  if (first === 'account' || first === 'balance') return <TrialBalance query={query} />
  if (first === 'draft' && draftId !== undefined) {
    return <DraftPlace key={draftId} id={draftId} isEditing={query['edit'] === '1'} />
  }
  // What waits is linked from the first page as `?state=draft`.
  if (first === 'draft' || query['state'] !== undefined) return <DraftList />
  if (voucherId !== undefined) return <VoucherPlace key={voucherId} id={voucherId} />
  return <PostedList query={query} />
}
