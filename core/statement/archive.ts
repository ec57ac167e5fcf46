/** What a packed workbook unpacks to, known before anything is unpacked. */
import { MAX_UNPACKED_BYTES, workbookTooLarge } from './limits.ts'

const CENTRAL_ENTRY = 0x02014b50
const DIRECTORY_END = 0x06054b50
/** Sheets of a bank pack to a tenth or a thirtieth; the same line a million times packs to a thousandth. */
const MAX_PACKING = 100
const SMALL_ENTRY = 1024 * 1024

/** The archive's own list says what it unpacks to, before anything is unpacked; other files are left to the reader. */
export function refuseZipBomb(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 22 || view.getUint32(0, true) !== 0x04034b50) return
  let end = bytes.length - 22
  while (end > 0 && view.getUint32(end, true) !== DIRECTORY_END) end -= 1
  let total = 0
  let at = view.getUint32(end + 16, true)
  while (at + 46 <= bytes.length && view.getUint32(at, true) === CENTRAL_ENTRY) {
    const packed = view.getUint32(at + 20, true)
    const unpacked = view.getUint32(at + 24, true)
    total += unpacked
    const isBomb = unpacked > SMALL_ENTRY && unpacked > packed * MAX_PACKING
    // Nothing packs to more than itself: such an entry lies about its size.
    if (isBomb || packed > unpacked + 1024 || total > MAX_UNPACKED_BYTES) throw workbookTooLarge()
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
}
