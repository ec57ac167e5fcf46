/** Reads a PDF back as people and programs do: texts with their place, per page, and the file's metadata. */
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

export type PlacedText = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}
export type ReadPdf = {
  readonly pages: readonly (readonly PlacedText[])[]
  readonly info: Readonly<Record<string, unknown>>
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  // pdfjs takes the buffer away from its owner, so it gets a copy.
  const document = await getDocument({ data: Uint8Array.from(bytes), useSystemFonts: false, verbosity: 0 }).promise
  const pages: PlacedText[][] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent()
    pages.push(
      items.flatMap((item) =>
        'str' in item && item.str.trim() !== ''
          ? [
              {
                text: item.str,
                x: Number(item.transform[4]),
                y: Number(item.transform[5]),
                width: item.width,
                size: Math.abs(Number(item.transform[3])),
              },
            ]
          : [],
      ),
    )
  }
  const info = Object.fromEntries(Object.entries((await document.getMetadata()).info))
  await document.destroy()
  return { pages, info }
}

/** Top to bottom, left to right, without spaces. */
export function textOf(page: readonly PlacedText[]): string {
  return page.map((item) => item.text).join('').replace(/\s/g, '')
}
