/** The grid in the page's colours; they are CSS variables, so light and dark need no second theme. */
import { themeQuartz } from 'ag-grid-community'
import { FONT_FAMILY, GRID_FONT_SIZE, ROW_HEIGHT } from '../theme.ts'

export const GRID_THEME = themeQuartz.withParams({
  fontFamily: FONT_FAMILY,
  fontSize: GRID_FONT_SIZE,
  headerFontSize: GRID_FONT_SIZE,
  headerFontWeight: 700,
  rowHeight: ROW_HEIGHT,
  headerHeight: ROW_HEIGHT,
  listItemHeight: ROW_HEIGHT,
  cellHorizontalPadding: 8,
  spacing: 5,
  iconSize: 14,
  borderRadius: 3,
  wrapperBorderRadius: 3,
  backgroundColor: 'var(--paper)',
  foregroundColor: 'var(--ink)',
  textColor: 'var(--ink)',
  headerTextColor: 'var(--quiet)',
  headerBackgroundColor: 'var(--shade)',
  borderColor: 'var(--rule)',
  accentColor: 'var(--accent)',
  rowHoverColor: 'var(--hover)',
  selectedRowBackgroundColor: 'var(--accent-soft)',
  oddRowBackgroundColor: 'var(--paper)',
  pinnedRowBackgroundColor: 'var(--shade)',
  pinnedRowFontWeight: 700,
  invalidColor: 'var(--bad)',
  browserColorScheme: 'inherit',
})
