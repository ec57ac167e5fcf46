/**
 * Photos from site as they come out of a camera: what kind of file the bytes really are, whether they are whole, and what EXIF
 * says of time and place. The facts are read from the kept file whenever they are shown; nothing is stored that could differ.
 */
import { readFile } from 'node:fs/promises'
import exifr from 'exifr'
import { z } from 'zod'
import { Problem } from '#core/problem.ts'
import { cameraTime, photoPlace, type PhotoFacts } from '#core/repair/photo.ts'
import type { Ledger } from '#db/ledger.ts'
import { attachmentPath, sha256Of } from '#services/attachment.ts'

export type PhotoKind = 'image/jpeg' | 'image/png'

/** A phone's largest picture is about 200 megapixels; more is a bomb that stops whoever opens the page. */
const MOST_PIXELS = 250_000_000

const HEIC_BRANDS = ['heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1', 'avif']
const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function refuse(code: string, name: string, why: string): Problem {
  return new Problem({ code: `photo.${code}`, message: `${name} ${why}`, field: 'file' })
}

type Size = { readonly width: number; readonly height: number }

/** The frame header (SOF0–SOF15 without the tables that share their range) carries the size; a whole file ends with EOI. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes.readUInt8(at + 1)
    if (marker === 0xff) {
      at += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      const isWhole = bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) > at
      return isWhole ? { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) } : null
    }
    at += 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

function pngSize(bytes: Buffer): Size | null {
  const isWhole = bytes.length > 33 && bytes.toString('latin1', 12, 16) === 'IHDR' && bytes.includes('IEND', 33, 'latin1')
  return isWhole ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null
}

/** By the bytes, whatever the name says. Throws `photo.heic`, `photo.kind`, `photo.broken`, `photo.tooLarge`. */
export function inspectPhoto(given: Uint8Array, name: string): Size & { readonly mediaType: PhotoKind } {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  if (bytes.toString('latin1', 4, 8) === 'ftyp' && HEIC_BRANDS.includes(bytes.toString('latin1', 8, 12))) {
    throw refuse('heic', name, '是 HEIC 格式，别的电脑可能打不开：请在手机“相机 › 格式”选“兼容性最佳”，或转为 jpg 后再拖入')
  }
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8
  const isPng = bytes.subarray(0, 8).equals(PNG_SIGNATURE)
  if (!isJpeg && !isPng) throw refuse('kind', name, '不是 jpg 或 png 图片')
  const size = isJpeg ? jpegSize(bytes) : pngSize(bytes)
  if (size === null || size.width === 0 || size.height === 0) throw refuse('broken', name, '不完整或已损坏：请从手机重新导出')
  if (size.width * size.height > MOST_PIXELS) {
    throw refuse('tooLarge', name, `有 ${size.width}×${size.height} 像素，太大：请缩小后再拖入`)
  }
  return { ...size, mediaType: isJpeg ? 'image/jpeg' : 'image/png' }
}

const EXIF = z.object({
  DateTimeOriginal: z.string().optional(),
  CreateDate: z.string().optional(),
  Make: z.string().optional(),
  Model: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
})

/** A photo without readable EXIF is still a photo: it only says nothing about itself. */
async function exifOf(bytes: Uint8Array): Promise<z.infer<typeof EXIF>> {
  try {
    const tags: unknown = await exifr.parse(bytes, {
      pick: [...Object.keys(EXIF.shape), 'GPSLatitude', 'GPSLatitudeRef', 'GPSLongitude', 'GPSLongitudeRef'],
      // Dates stay text: a Date would pretend to know the camera's time zone.
      reviveValues: false,
    })
    return EXIF.safeParse(tags).data ?? {}
  } catch {
    return {}
  }
}

/** Throws as `inspectPhoto`. */
export async function readPhoto(bytes: Uint8Array, name: string): Promise<PhotoFacts & { readonly mediaType: PhotoKind }> {
  const { width, height, mediaType } = inspectPhoto(bytes, name)
  const { DateTimeOriginal, CreateDate, Make = '', Model = '', latitude, longitude } = await exifOf(bytes)
  return {
    mediaType,
    width,
    height,
    takenAt: cameraTime(DateTimeOriginal ?? CreateDate ?? ''),
    place: latitude === undefined || longitude === undefined ? null : photoPlace(latitude, longitude),
    camera: (Model.startsWith(Make) ? Model : `${Make} ${Model}`).replaceAll('\0', '').trim(),
  }
}

export type StoredPhoto = { readonly facts: PhotoFacts | null; readonly problem: string | null }

/** Bytes of a hash never change, so neither does what they say; only good answers are remembered. */
const known = new Map<string, PhotoFacts>()
const MOST_KNOWN = 5000

/** What a kept photo says; `problem` when its file is missing, changed or no readable picture. */
export async function storedPhoto(ledger: Ledger, sha256: string, name: string): Promise<StoredPhoto> {
  const remembered = known.get(sha256)
  if (remembered !== undefined) return { facts: remembered, problem: null }
  try {
    const bytes = await readFile(attachmentPath(ledger, sha256))
    if (sha256Of(bytes) !== sha256) return { facts: null, problem: `${name} 被改动过，与登记的内容不一致` }
    const { mediaType: _, ...facts } = await readPhoto(bytes, name)
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(sha256, facts)
    return { facts, problem: null }
  } catch (error) {
    if (error instanceof Problem) return { facts: null, problem: error.message }
    return { facts: null, problem: `${name} 不在附件文件夹里，请从备份恢复` }
  }
}
