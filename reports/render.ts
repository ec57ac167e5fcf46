/** Draws a finished paper as PDF bytes: the same paper gives the same bytes, on any machine, for ever. */
import pdfmake from 'pdfmake'
import { datePartsOf, type BusinessDate } from '#core/calendar.ts'
import { FONT_FAMILY, fontFiles, missingCharacters, refuseMissingGlyphs, type FontFiles } from './font.ts'
import type { Paper } from './paper.ts'

/** pdfmake wants a `Date`; UTC midnight of the frozen day keeps the file free of clock and time zone. */
function creationDate(date: BusinessDate): Date {
  const { year, month, day } = datePartsOf(date)
  return new Date(Date.UTC(year, month - 1, day))
}

/** All texts inside a document definition, also those no field names: the last net under the glyph check. */
function* stringsIn(node: unknown): Generator<string> {
  if (Array.isArray(node)) {
    for (const item of node) yield* stringsIn(item)
  } else if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key === 'text' && typeof value === 'string') yield value
      else if (key !== 'svg') yield* stringsIn(value)
    }
  }
}

/** @throws Problem `print.glyph` naming field and characters the font does not have. */
export async function renderPaper(paper: Paper, files: FontFiles = fontFiles()): Promise<Uint8Array> {
  refuseMissingGlyphs(paper.texts, files)
  const drawn = [...new Set([paper.title, ...stringsIn(paper.definition.content)].join(''))].join('')
  if (missingCharacters(drawn, files).length > 0) refuseMissingGlyphs([{ field: '正文', text: drawn }], files)

  // No italics exist in the family; pdfmake throws on a missing style, so italics print upright.
  pdfmake.setFonts({
    [FONT_FAMILY]: { normal: files.regular, bold: files.bold, italics: files.regular, bolditalics: files.bold },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path === files.regular || path === files.bold)
  const definition = {
    ...paper.definition,
    language: 'zh-CN',
    info: {
      title: paper.title,
      creator: '明账',
      producer: '明账',
      creationDate: creationDate(paper.date),
      ...(paper.keywords === null ? {} : { keywords: paper.keywords }),
    },
  }
  // A view, not a copy: the caller may transfer the bytes between threads.
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer())
}
