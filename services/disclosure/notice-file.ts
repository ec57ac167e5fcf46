/**
 * Finds the short code inside a PDF that claims to be one of our notices. The code stands in the file's Keywords; a
 * program that saved the file again may have packed that into a compressed stream or into XMP, so those are read too.
 */
import { inflateSync } from 'node:zlib'

const CODE = /MZ-[\p{L}\p{N}._-]{1,64}?-\d{4}Q[1-4]-V[1-9]\d{0,5}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}/u
const STREAM = Buffer.from('stream')
const STREAM_END = Buffer.from('endstream')
/** A hostile file may unpack to gigabytes; what holds a code is small. */
const LARGEST_UNPACKED = 4 * 1024 * 1024
const MOST_STREAMS = 5000

export function isPdf(bytes: Uint8Array): boolean {
  // Mail programs put lines before the header; the format allows it within the first kilobyte.
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')
}

/** PDF text is bytes or UTF-16, in brackets with escapes or as hexadecimal; the code shows in one of these readings. */
function codeIn(bytes: Buffer): string | null {
  const plain = bytes.toString('latin1')
  const found = CODE.exec(plain)?.[0] ?? CODE.exec(bytes.toString('utf8'))?.[0]
  if (found !== undefined) return found
  for (const [, text = ''] of plain.matchAll(/\/Keywords\s*\(((?:\\[\s\S]|[^\\)])*)\)/g)) {
    const code = CODE.exec(textOf(Buffer.from(unescaped(text), 'latin1')))?.[0]
    if (code !== undefined) return code
  }
  for (const [, hex = ''] of plain.matchAll(/\/Keywords\s*<([0-9A-Fa-f\s]*)>/g)) {
    const code = CODE.exec(textOf(Buffer.from(hex.replace(/\s/g, ''), 'hex')))?.[0]
    if (code !== undefined) return code
  }
  return null
}

function unescaped(text: string): string {
  const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
  return text.replace(/\\([0-7]{1,3}|\r\n|[\s\S])/g, (_whole, escaped: string) => {
    if (/^[0-7]/.test(escaped)) return String.fromCharCode(Number.parseInt(escaped, 8) & 0xff)
    return escaped.startsWith('\r') || escaped === '\n' ? '' : (named[escaped] ?? escaped)
  })
}

function textOf(bytes: Buffer): string {
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return bytes.toString('latin1')
  return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16().toString('utf16le')
}

function* unpackedStreams(bytes: Buffer): Generator<Buffer> {
  let at = 0
  for (let count = 0; count < MOST_STREAMS; count += 1) {
    const keyword = bytes.indexOf(STREAM, at)
    if (keyword < 0) return
    let start = keyword + STREAM.length
    if (bytes[start] === 0x0d) start += 1
    if (bytes[start] === 0x0a) start += 1
    const end = bytes.indexOf(STREAM_END, start)
    if (end < 0) return
    at = end + STREAM_END.length
    try {
      yield inflateSync(bytes.subarray(start, end), { maxOutputLength: LARGEST_UNPACKED })
    } catch {
      // Not deflated, too large, or damaged: no place of a code.
    }
  }
}

/** The short code as it stands in the file; null where the file carries none (a preview, a scan, a stranger's file). */
export function codeInPdf(file: Uint8Array): string | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const direct = codeIn(bytes)
  if (direct !== null) return direct
  for (const stream of unpackedStreams(bytes)) {
    const code = codeIn(stream)
    if (code !== null) return code
  }
  return null
}
