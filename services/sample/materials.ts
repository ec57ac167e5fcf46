/** The files beside the sample's data: the bank's statement and the pictures. */
import { readFileSync } from 'node:fs'
import sampleData from '#assets/sample/office.json' with { type: 'json' }
import { parseSample, type SampleData } from './data.ts'
import type { SamplePhotos } from './repair-site.ts'

function sampleFile(name: string): Uint8Array {
  return readFileSync(new URL(`../../assets/sample/${name}`, import.meta.url))
}

export function shippedSample(): { readonly data: SampleData; readonly statement: Uint8Array; readonly photos: SamplePhotos } {
  return {
    data: parseSample(sampleData),
    statement: sampleFile('boc-2026-09.txt'),
    photos: { roof: sampleFile('roof.png'), lift: sampleFile('lift.png'), pipe: sampleFile('pipe.png') },
  }
}
