/** The columns of a sheet's households, in the preview as on the kept sheet. */
import type { ColDef } from 'ag-grid-community'
import { formatArea } from '#core/register/area.ts'
import type { HouseholdNature } from '#core/register/household.ts'
import { apportionmentText as text } from '../../messages/apportionment.ts'

export type ShareRow = {
  readonly householdId: number
  readonly address: string
  readonly areaDm2: number
  readonly isDeveloperHeld: boolean
  readonly nature: HouseholdNature
  readonly heldFen: number
  readonly shareFen: number
  readonly sellerShareFen: number
  readonly drawnFen: number
  readonly shortFen: number
}

const { rows: heads } = text

function marksOf({ isDeveloperHeld, nature }: ShareRow): string {
  const marks = [isDeveloperHeld ? text.developer : '', nature === 'soldPublic' ? text.soldPublic : '']
  return marks.filter((mark) => mark !== '').join(' ')
}

const FIRST: readonly ColDef<ShareRow>[] = [
  { field: 'address', headerName: heads.address, width: 150 },
  {
    headerName: heads.area, type: 'number', width: 96,
    valueGetter: ({ data }) => (data === undefined ? '' : formatArea(data.areaDm2)),
  },
  { field: 'shareFen', headerName: heads.share, type: 'money', width: 112 },
]
const MARK: ColDef<ShareRow> = {
  headerName: heads.mark, type: 'text', valueGetter: ({ data }) => (data === undefined ? '' : marksOf(data)),
}
const SELLER: ColDef<ShareRow> = { field: 'sellerShareFen', headerName: heads.seller, type: 'money', width: 120 }
const ACCOUNTS: readonly ColDef<ShareRow>[] = [
  { field: 'heldFen', headerName: heads.held, type: 'money', width: 116 },
  { field: 'drawnFen', headerName: heads.drawn, type: 'money', width: 112 },
  { field: 'shortFen', headerName: heads.short, type: 'money', width: 108 },
]

const SHARES_ONLY = [...FIRST, MARK]
const WITH_SELLER = [...FIRST, SELLER, ...ACCOUNTS, MARK]
const WITHOUT_SELLER = [...FIRST, ...ACCOUNTS, MARK]

/** A bill or a distribution draws on no account. */
export function shareColumns(rows: readonly ShareRow[], drawsOnAccounts: boolean): readonly ColDef<ShareRow>[] {
  if (!drawsOnAccounts) return SHARES_ONLY
  return rows.some(({ sellerShareFen }) => sellerShareFen > 0) ? WITH_SELLER : WITHOUT_SELLER
}
