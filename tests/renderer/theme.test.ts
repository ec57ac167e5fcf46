import { describe, expect, it } from 'vitest'

import { PALETTE, type Palette } from '#renderer/theme.ts'

function channel(value: number): number {
  const share = value / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** WCAG 2 relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => channel(Number.parseInt(colour.slice(at, at + 2), 16)))
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0)
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const TEXT: readonly (keyof Palette)[] = ['ink', 'quiet', 'accent', 'bad', 'due', 'good']
const GROUND: readonly (keyof Palette)[] = ['paper', 'shade', 'hover']
const PAIRS: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ...TEXT.flatMap((text) => GROUND.map((ground) => [text, ground] as const)),
  ['bad', 'badSoft'], ['due', 'dueSoft'], ['good', 'goodSoft'], ['accent', 'accentSoft'], ['ink', 'accentSoft'],
]

describe.each(['light', 'dark'] as const)('colours in %s', (mode) => {
  it.each(PAIRS)('%s on %s can be read (4.5 : 1)', (text, ground) => {
    expect(contrast(PALETTE[mode][text], PALETTE[mode][ground])).toBeGreaterThanOrEqual(4.5)
  })
})
