import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Problem } from '#core/problem.ts'
import { inspectPhoto, readPhoto } from '#server/photo.ts'
import { exifBlock, takenPhoto } from '#services/sample/photo.ts'
import { inProject } from '../../scripts/paths.ts'

const PNG = fs.readFileSync(inProject('assets/sample/roof.png'))
const TAKEN = { at: '2025-09-08 10:20:30', latitude: 30.94512, longitude: 117.81234 }

/** SOI, an EXIF segment, a frame header of 640×480, a scan, EOI: all a reader of headers looks at. */
function jpeg(exif: Buffer | null, end = Buffer.from([0xff, 0xd9])): Buffer {
  const block = exif === null ? Buffer.alloc(0) : Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif])
  const length = Buffer.alloc(2)
  length.writeUInt16BE(block.length + 2)
  const segment = exif === null ? block : Buffer.concat([Buffer.from([0xff, 0xe1]), length, block])
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, 480 >> 8, 480 & 255, 640 >> 8, 640 & 255, 1, 1, 0x11, 0])
  const scan = Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 4])
  return Buffer.concat([Buffer.from([0xff, 0xd8]), segment, frame, scan, end])
}

function refusal(bytes: Uint8Array): string {
  try {
    inspectPhoto(bytes, '现场.jpg')
    return 'taken'
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

describe('a photo from site', () => {
  it('says when and where it was taken, as jpg and as png', async () => {
    const facts = {
      takenAt: '2025-09-08 10:20:30', place: { latitudeMicro: 30_945_119, longitudeMicro: 117_812_339 }, camera: 'Shili P1',
    }
    const size = { width: 640, height: 480 }
    expect(await readPhoto(jpeg(exifBlock(TAKEN)), 'a.jpg')).toEqual({ ...facts, ...size, mediaType: 'image/jpeg' })
    expect(await readPhoto(takenPhoto(PNG, TAKEN), 'a.png')).toMatchObject({ ...facts, mediaType: 'image/png' })
  })

  it('without EXIF, or with EXIF that is garbage, is still a photo', async () => {
    const silent = { takenAt: null, place: null, camera: '' }
    expect(await readPhoto(jpeg(null), 'a.jpg')).toMatchObject(silent)
    expect(await readPhoto(jpeg(Buffer.from('II*\0\xff\xff\xff\x7f', 'latin1')), 'a.jpg')).toMatchObject(silent)
    expect(await readPhoto(PNG, 'a.png')).toMatchObject(silent)
  })

  it('is judged by its bytes: HEIC under any name, other files, and half files are refused', () => {
    expect(refusal(Buffer.from('\0\0\0\u0018ftypheic\0\0\0\0mif1heic', 'latin1'))).toBe('photo.heic')
    expect(refusal(Buffer.from('%PDF-1.7'))).toBe('photo.kind')
    expect(refusal(new Uint8Array())).toBe('photo.kind')
    expect(refusal(jpeg(null, Buffer.alloc(0)))).toBe('photo.broken')
    expect(refusal(PNG.subarray(0, PNG.length - 20))).toBe('photo.broken')
    expect(refusal(PNG.subarray(0, 12))).toBe('photo.broken')
    expect(refusal(PNG)).toBe('taken')
  })

  it('of more pixels than any camera has is refused before a browser opens it', () => {
    const bomb = Buffer.from(PNG)
    bomb.writeUInt32BE(60_000, 16)
    bomb.writeUInt32BE(60_000, 20)
    expect(refusal(bomb)).toBe('photo.tooLarge')
  })

  it('no prefix of a photo makes the reader stumble', () => {
    const whole = jpeg(exifBlock(TAKEN))
    for (let length = 0; length < whole.length; length += 1) expect(refusal(whole.subarray(0, length))).toMatch(/^photo\./)
  })
})
