/** The file of published vectors: `MINGZHANG_VECTORS`, by default beside the repository. */
import fs from 'node:fs'
import path from 'node:path'

import { z } from 'zod'

import { vectorSchema, type Vector } from './vector.ts'

const DEFAULT_FILE = '../shared/domain/test-vectors.json'

/** A relative path is read from the repository root. */
export const vectorFile = path.resolve(
  import.meta.dirname,
  '../..',
  process.env['MINGZHANG_VECTORS'] ?? DEFAULT_FILE,
)

/** Null where the file is absent; a file that cannot be read as vectors is an error. */
export function readVectorFile(): readonly Vector[] | null {
  if (!fs.existsSync(vectorFile)) return null
  return z.object({ vectors: z.array(vectorSchema) }).parse(JSON.parse(fs.readFileSync(vectorFile, 'utf8'))).vectors
}
