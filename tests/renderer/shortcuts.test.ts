import { describe, expect, it } from 'vitest'

import { nameOfKeystroke } from '#renderer/shortcuts.ts'

const NO_MODIFIER = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

describe('the name of a keystroke', () => {
  it.each([
    [{ key: 'k', ctrlKey: true }, 'Ctrl+K'],
    [{ key: 'k', metaKey: true }, 'Ctrl+K'],
    [{ key: 'Enter', ctrlKey: true }, 'Ctrl+Enter'],
    [{ key: 'l', altKey: true }, 'Alt+L'],
    [{ key: 'Tab', shiftKey: true }, 'Shift+Tab'],
    // Shift is how "?" is typed on most keyboards; it is still the key "?".
    [{ key: '?', shiftKey: true }, '?'],
    [{ key: 'g' }, 'G'],
    [{ key: 'Escape' }, 'Escape'],
  ])('%o is %s', (keys, name) => {
    expect(nameOfKeystroke({ ...NO_MODIFIER, ...keys })).toBe(name)
  })
})
