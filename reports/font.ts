/**
 * The one font of all paper, Noto Sans SC. Chinese fonts never hold every character (☑ and rare names are missing), and
 * a PDF prints a missing one as an empty box without a word, so every text is checked before printing.
 */
import { openSync, type Font } from 'fontkit'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Problem } from '#core/problem.ts'

export const FONT_FAMILY = 'NotoSansSC'

export type FontFiles = { readonly regular: string; readonly bold: string }

/**
 * Where the two font files are: `folder`, else the environment's `MINGZHANG_FONTS` (the packaged app's resources), else
 * the installed package. A folder holds `NotoSansSC_400Regular.ttf` and `NotoSansSC_700Bold.ttf`.
 */
export function fontFiles(folder: string | undefined = process.env['MINGZHANG_FONTS']): FontFiles {
  if (folder !== undefined && folder !== '') {
    return { regular: join(folder, 'NotoSansSC_400Regular.ttf'), bold: join(folder, 'NotoSansSC_700Bold.ttf') }
  }
  const require = createRequire(import.meta.url)
  return {
    regular: require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf'),
    bold: require.resolve('@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf'),
  }
}

/** A printed text and the field the clerk knows it by. */
export type FieldText = { readonly field: string; readonly row?: number; readonly text: string }

const opened = new Map<string, Font>()

function open(path: string): Font {
  const known = opened.get(path)
  if (known !== undefined) return known
  const font = openSync(path)
  opened.set(path, font)
  return font
}

/** Characters that layout itself handles and no font draws. */
const LAYOUT_CHARACTERS = new Set(['\n', '\r', '\t', '\u200b'])

/** The characters of `text` the font cannot draw, each once, in order. */
export function missingCharacters(text: string, files: FontFiles = fontFiles()): readonly string[] {
  const fonts = [open(files.regular), open(files.bold)]
  return [...new Set(text)].filter((character) => {
    const codePoint = character.codePointAt(0) ?? 0
    return !LAYOUT_CHARACTERS.has(character) && !fonts.every((font) => font.hasGlyphForCodePoint(codePoint))
  })
}

/** Refuses the first text with characters that would print as boxes, naming the field and the characters. */
export function refuseMissingGlyphs(texts: readonly FieldText[], files: FontFiles = fontFiles()): void {
  for (const { field, row, text } of texts) {
    const missing = missingCharacters(text, files)
    if (missing.length === 0) continue
    const named = missing.map((character) => `“${character}”（U+${codePointInHex(character)}）`).join('、')
    const place = row === undefined ? `“${field}”` : `“${field}”第 ${row} 行`
    throw new Problem({
      code: 'print.glyph',
      message: `${place}中的${named}字库里没有，印出来会是空框。请换成同音字、拼音或“√”“■”“□”。`,
      field,
      ...(row === undefined ? {} : { row }),
    })
  }
}

function codePointInHex(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}
