/** Photos of the sample office as a phone would have taken them: a picture with the time and place written into its EXIF. */
import { crc32 } from 'node:zlib'

export type Taken = {
  /** `2025-09-08 10:20:30`, by the phone's clock. */
  readonly at: string
  /** Degrees, north and east. */
  readonly latitude: number
  readonly longitude: number
}

const ASCII = 2
const LONG = 4
const RATIONAL = 5
const HEADER_BYTES = 8
const ENTRY_BYTES = 12
const INLINE_BYTES = 4

type Tag = { readonly tag: number; readonly type: number; readonly count: number; readonly value: Buffer }

function text(tag: number, value: string): Tag {
  const bytes = Buffer.from(`${value}\0`, 'latin1')
  return { tag, type: ASCII, count: bytes.length, value: bytes }
}

function pointer(tag: number, offset: number): Tag {
  const value = Buffer.alloc(INLINE_BYTES)
  value.writeUInt32LE(offset)
  return { tag, type: LONG, count: 1, value }
}

/** Degrees, minutes, and seconds in hundredths, each as a fraction. */
function degrees(tag: number, value: number): Tag {
  const hundredths = Math.round(value * 360_000)
  const parts = [Math.floor(hundredths / 360_000), 1, Math.floor(hundredths / 6000) % 60, 1, hundredths % 6000, 100]
  const bytes = Buffer.alloc(parts.length * 4)
  parts.forEach((part, index) => bytes.writeUInt32LE(part, index * 4))
  return { tag, type: RATIONAL, count: parts.length / 2, value: bytes }
}

/** One directory of a TIFF at `offset`: its entries, then the values that do not fit into them. */
function directory(offset: number, tags: readonly Tag[]): Buffer {
  const head = Buffer.alloc(2 + tags.length * ENTRY_BYTES + 4)
  const values: Buffer[] = []
  let valueAt = offset + head.length
  head.writeUInt16LE(tags.length)
  tags.forEach(({ tag, type, count, value }, index) => {
    const at = 2 + index * ENTRY_BYTES
    head.writeUInt16LE(tag, at)
    head.writeUInt16LE(type, at + 2)
    head.writeUInt32LE(count, at + 4)
    if (value.length <= INLINE_BYTES) {
      value.copy(head, at + 8)
      return
    }
    head.writeUInt32LE(valueAt, at + 8)
    values.push(value)
    valueAt += value.length
  })
  return Buffer.concat([head, ...values])
}

/** The EXIF block as every camera writes it (TIFF, little-endian). */
export function exifBlock({ at, latitude, longitude }: Taken): Buffer {
  const place = [text(1, 'N'), degrees(2, latitude), text(3, 'E'), degrees(4, longitude)]
  const time = [text(0x9003, at.replaceAll('-', ':'))]
  const main = (exifAt: number, gpsAt: number) =>
    directory(HEADER_BYTES, [text(0x010f, 'Shili'), text(0x0110, 'Shili P1'), pointer(0x8769, exifAt), pointer(0x8825, gpsAt)])
  const exifAt = HEADER_BYTES + main(0, 0).length
  const gpsAt = exifAt + directory(exifAt, time).length
  return Buffer.concat([
    Buffer.from('II*\0\u0008\0\0\0', 'latin1'), main(exifAt, gpsAt), directory(exifAt, time), directory(gpsAt, place),
  ])
}

/** Bytes of the signature and of the header chunk, which must come first. */
const PNG_HEAD = 33

/** `png` with an eXIf chunk behind its header. */
export function takenPhoto(png: Uint8Array, taken: Taken): Buffer {
  const block = exifBlock(taken)
  const named = Buffer.concat([Buffer.from('eXIf', 'latin1'), block])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(block.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(named))
  return Buffer.concat([png.subarray(0, PNG_HEAD), length, named, check, png.subarray(PNG_HEAD)])
}

const TOWN = { latitude: 30.942, longitude: 117.812 }
/** A complex is about a kilometre from the next, two photos of a job a few steps apart. */
const NEXT_COMPLEX = 0.01
const STEP = 0.00002

/** A photo taken on `on` at a place of the complex (its number in the sample's list) for the job of this number. */
export function sitePhoto(
  png: Uint8Array, { on, complex, job }: { readonly on: string; readonly complex: number; readonly job: number },
): Buffer {
  const steps = (job * 7) % 10
  const minute = String(10 + ((job * 13) % 50))
  return takenPhoto(png, {
    at: `${on} 09:${minute}:${String(10 + steps)}`,
    latitude: TOWN.latitude + complex * NEXT_COMPLEX + steps * STEP,
    longitude: TOWN.longitude + steps * STEP,
  })
}
