/**
 * Printing a document from inside the page: neither the content policy nor the desktop shell lets a second window open it,
 * so its sheets are drawn onto the page for the printer alone and taken away afterwards.
 */
import type { PDFDocumentProxy } from 'pdfjs-dist'
import './pdf-print.css'

/** A4 at 200 dots an inch is what an office printer shows; a canvas of it takes 15 MB. */
const DOTS_PER_INCH = 200
const POINTS_PER_INCH = 72
/** More sheets than this would fill the page's memory: they are printed from the downloaded file. */
export const PRINTED_AT_ONCE = 40

async function drawSheet(document: PDFDocumentProxy, number: number): Promise<HTMLCanvasElement> {
  const page = await document.getPage(number)
  const viewport = page.getViewport({ scale: DOTS_PER_INCH / POINTS_PER_INCH })
  const canvas = window.document.createElement('canvas')
  canvas.width = Math.floor(viewport.width)
  canvas.height = Math.floor(viewport.height)
  canvas.className = viewport.width > viewport.height ? 'print-wide' : 'print-tall'
  await page.render({ canvas, viewport, intent: 'print' }).promise
  return canvas
}

/** Resolves when the printer's dialog has been answered. Errors: those of pdf.js for a file it cannot draw. */
export async function printDocument(document: PDFDocumentProxy): Promise<void> {
  const sheets = window.document.createElement('div')
  sheets.className = 'print-sheets'
  for (let number = 1; number <= document.numPages; number += 1) sheets.append(await drawSheet(document, number))
  window.document.body.append(sheets)
  try {
    // Returns when the dialog is closed.
    window.print()
  } finally {
    sheets.remove()
  }
}
