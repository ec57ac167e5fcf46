/** A PDF inside the page: documents a job made, and papers of the ledger. The worker is our own file; nothing is remote. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { Button } from 'antd'
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from 'pdfjs-dist'
import workerAddress from 'pdfjs-dist/build/pdf.worker.min.mjs?url'
import { partsText } from '../messages/parts.ts'
import { Icon } from './icon.tsx'
import { PRINTED_AT_ONCE, printDocument } from './pdf-print.ts'

GlobalWorkerOptions.workerSrc = workerAddress

type Props = {
  /** `documentAddress(id)` or `fileAddress(sha256)`. */
  readonly address: string
  /** The name it is saved under. */
  readonly name: string
}

type Opened =
  | { readonly state: 'loading' }
  | { readonly state: 'failed' }
  | { readonly state: 'open'; readonly document: PDFDocumentProxy }

const SCALES = [0.5, 0.75, 1, 1.25, 1.5, 2] as const

/** A4 portrait at full scale, with its frame and a scroll bar: what a pane must hold for the page to be seen whole. */
const A4_WIDTH = 794
const FRAME_WIDTH = 48

/** The page as wide as its pane, never larger than life. */
function fittingScale(pane: HTMLElement | null): number {
  return pane === null || pane.clientWidth === 0 ? 1 : Math.min(1, (pane.clientWidth - FRAME_WIDTH) / A4_WIDTH)
}

function useDocument(address: string): Opened {
  const [opened, setOpened] = useState<Opened & { readonly address?: string }>({ state: 'loading' })
  useEffect(() => {
    // The policy forbids code from text; pdf.js would otherwise try it for speed.
    const task = getDocument({ url: address, isEvalSupported: false, enableXfa: false })
    let isGone = false
    task.promise.then(
      (document) => {
        if (!isGone) setOpened({ state: 'open', document, address })
      },
      () => {
        if (!isGone) setOpened({ state: 'failed', address })
      },
    )
    return () => {
      isGone = true
      void task.destroy()
    }
  }, [address])
  return opened.address === address ? opened : { state: 'loading' }
}

export function PdfView({ address, name }: Props) {
  const text = partsText.pdf
  const opened = useDocument(address)
  const pane = useRef<HTMLDivElement>(null)
  const [scale, setScale] = useState(1)
  useLayoutEffect(() => setScale(fittingScale(pane.current)), [])
  const smaller = SCALES.findLast((value) => value < scale)
  const larger = SCALES.find((value) => value > scale)
  const pages = opened.state === 'open' ? opened.document.numPages : 0
  const [isPrinting, setPrinting] = useState(false)
  const [isUnprintable, setUnprintable] = useState(false)

  async function print(document: PDFDocumentProxy): Promise<void> {
    setPrinting(true)
    setUnprintable(false)
    await printDocument(document).catch(() => setUnprintable(true))
    setPrinting(false)
  }
  return (
    <section className="pdf" aria-label={name}>
      <div className="pdf-bar">
        <strong>{name}</strong>
        <span className="quiet">{pages > 0 ? text.pages(pages) : ''}</span>
        <Button size="small" onClick={() => setScale(smaller ?? scale)} disabled={smaller === undefined}>{text.smaller}</Button>
        <Button size="small" onClick={() => setScale(larger ?? scale)} disabled={larger === undefined}>{text.larger}</Button>
        <Button
          size="small"
          icon={<Icon name="print" />}
          loading={isPrinting}
          disabled={opened.state !== 'open' || pages > PRINTED_AT_ONCE}
          title={pages > PRINTED_AT_ONCE ? text.tooLong : undefined}
          onClick={() => opened.state === 'open' && void print(opened.document)}
        >
          {text.print}
        </Button>
        <Button size="small" href={address} download={name} icon={<Icon name="download" />}>{text.download}</Button>
      </div>
      {opened.state === 'loading' && <p className="quiet">{text.loading}</p>}
      {opened.state === 'failed' && <p role="alert">{text.failed}</p>}
      {isUnprintable && <p role="alert">{text.unprintable}</p>}
      <div ref={pane} className="pdf-pages" tabIndex={0} role="group" aria-label={name}>
        {opened.state === 'open' &&
          Array.from({ length: pages }, (_, index) => (
            <PdfPage key={index} document={opened.document} number={index + 1} count={pages} scale={scale} />
          ))}
      </div>
    </section>
  )
}

type PageProps = { readonly document: PDFDocumentProxy; readonly number: number; readonly count: number; readonly scale: number }

/** Drawn when it comes near the window: a book of two hundred pages opens at once. */
function PdfPage({ document, number, count, scale }: PageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    if (element === null) return undefined
    let cancel: (() => void) | undefined
    let isGone = false
    async function draw(target: HTMLCanvasElement): Promise<void> {
      const page = await document.getPage(number)
      if (isGone) return
      const ratio = window.devicePixelRatio
      // A PDF counts in 1/72 inch, the screen in 1/96.
      const viewport = page.getViewport({ scale: (scale * 96) / 72 })
      target.width = Math.floor(viewport.width * ratio)
      target.height = Math.floor(viewport.height * ratio)
      target.style.width = `${viewport.width}px`
      const task = page.render({ canvas: target, viewport, transform: [ratio, 0, 0, ratio, 0, 0] })
      cancel = () => task.cancel()
      // Cancelled because the page or the scale changed: another drawing follows.
      await task.promise.catch(() => undefined)
    }
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return
        observer.disconnect()
        void draw(element)
      },
      { rootMargin: '600px' },
    )
    observer.observe(element)
    return () => {
      isGone = true
      observer.disconnect()
      cancel?.()
    }
  }, [document, number, scale])
  return <canvas ref={canvas} className="pdf-page" role="img" aria-label={partsText.pdf.page(number, count)} />
}
