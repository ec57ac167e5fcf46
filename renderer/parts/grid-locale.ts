import { AG_GRID_LOCALE_CN } from '@ag-grid-community/locale'
import { partsText } from '../messages/parts.ts'

/** The grid's own words in Chinese, with this table's own sentence for when it is empty. */
export function gridText(empty: string): Record<string, string> {
  return { ...AG_GRID_LOCALE_CN, noRowsToShow: empty, loadingOoo: partsText.grid.loading }
}
