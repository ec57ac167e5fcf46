/** QR codes as one vector path: sharp at any printer, no seams between modules, nothing loaded. */
import QRCode from 'qrcode'

/** The standard asks for four white modules around the code; scanners fail on less. */
const QUIET_ZONE = 4

/** SVG of `size` points square; runs of dark modules in a row become one rectangle of the path. */
export function qrSvg(text: string, size: number): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const runs: string[] = []
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(y, x) === 0) continue
      const start = x
      while (x + 1 < modules.size && modules.get(y, x + 1) !== 0) x += 1
      runs.push(`M${start + QUIET_ZONE} ${y + QUIET_ZONE}h${x + 1 - start}v1h${start - x - 1}z`)
    }
  }
  const side = modules.size + 2 * QUIET_ZONE
  const box = `width="${size}" height="${size}" viewBox="0 0 ${side} ${side}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}><path fill="#000000" d="${runs.join('')}"/></svg>`
}
