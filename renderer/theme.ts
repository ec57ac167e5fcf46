/**
 * The design's colours and measures in one place: CSS variables, Ant Design, the grid and the charts all take them from
 * here. Red means negative or overdue, amber due soon or 疑似, green only "ties out"; no state is told by colour alone.
 */
import { theme as antd, type ThemeConfig } from 'antd'

export type ThemeMode = 'light' | 'dark'

export type Palette = {
  readonly paper: string
  /** Bars and table heads. */
  readonly shade: string
  readonly hover: string
  readonly ink: string
  readonly quiet: string
  readonly rule: string
  readonly accent: string
  readonly accentSoft: string
  readonly bad: string
  readonly badSoft: string
  readonly due: string
  readonly dueSoft: string
  readonly good: string
  readonly goodSoft: string
  /** Second colour of stacked bars: term deposits beside demand. */
  readonly barTerm: string
}

export const PALETTE: Readonly<Record<ThemeMode, Palette>> = {
  light: {
    paper: '#ffffff',
    shade: '#f6f7f7',
    hover: '#eef4f3',
    ink: '#1f2328',
    quiet: '#59636e',
    rule: '#dde1e4',
    accent: '#0f6b63',
    accentSoft: '#e2f0ee',
    bad: '#b42318',
    badSoft: '#fdecea',
    due: '#8a5a00',
    dueSoft: '#fdf3dc',
    good: '#187733',
    goodSoft: '#e4f4e8',
    barTerm: '#8fb9c9',
  },
  dark: {
    paper: '#15181b',
    shade: '#1d2125',
    hover: '#242b2c',
    ink: '#e4e7ea',
    quiet: '#a3acb5',
    rule: '#343a40',
    accent: '#4fb8ac',
    accentSoft: '#1c3633',
    bad: '#ff8b80',
    badSoft: '#40201d',
    due: '#e3b04b',
    dueSoft: '#3a2f16',
    good: '#6fcf86',
    goodSoft: '#1b3622',
    barTerm: '#3f6b80',
  },
}

export const FONT_FAMILY = "'Noto Sans SC Variable', 'Microsoft YaHei', 'PingFang SC', sans-serif"
export const BODY_FONT_SIZE = 13
export const GRID_FONT_SIZE = 12
export const ROW_HEIGHT = 28

/** A person who asked the system for less motion gets none: without it a menu would wait for an animation that never ends. */
function mayMove(): boolean {
  return !window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

export function antdTheme(mode: ThemeMode): ThemeConfig {
  const palette = PALETTE[mode]
  return {
    algorithm: mode === 'dark' ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      fontFamily: FONT_FAMILY,
      fontSize: BODY_FONT_SIZE,
      controlHeight: ROW_HEIGHT,
      borderRadius: 3,
      colorPrimary: palette.accent,
      colorInfo: palette.accent,
      colorLink: palette.accent,
      // Ant Design's lighter hover falls below 4.5:1 on paper.
      colorLinkHover: palette.accent,
      colorLinkActive: palette.accent,
      colorError: palette.bad,
      colorWarning: palette.due,
      colorSuccess: palette.good,
      colorText: palette.ink,
      colorTextBase: palette.ink,
      colorTextSecondary: palette.quiet,
      colorTextTertiary: palette.quiet,
      colorTextDescription: palette.quiet,
      colorTextPlaceholder: palette.quiet,
      colorBgBase: palette.paper,
      // Ant Design's own dark field is bluish beside our greys.
      colorBgContainer: mode === 'dark' ? palette.shade : palette.paper,
      colorBgElevated: mode === 'dark' ? palette.shade : palette.paper,
      colorBorder: palette.rule,
      colorBorderSecondary: palette.rule,
      motion: mayMove(),
      motionDurationMid: '0.1s',
      motionDurationSlow: '0.15s',
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: palette.paper },
      Form: { itemMarginBottom: 12, verticalLabelPadding: '0 0 2px' },
      Modal: { titleFontSize: 15 },
    },
  }
}
