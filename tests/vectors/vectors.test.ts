import { describe, expect, it } from 'vitest'

import { CHECKERS } from './index.ts'
import { readVectorFile, vectorFile } from './vector-file.ts'

const vectors = readVectorFile()

if (vectors !== null) {
  describe('published vectors pass through core', () => {
    for (const vector of vectors) {
      const check = CHECKERS.get(vector.topic)
      const name = `${vector.topic} ${vector.id}: ${vector.title}`
      if (check === undefined) it.skip(name)
      else it(name, () => expect(() => check(vector)).not.toThrow())
    }
  })
} else {
  console.log(`SKIPPED: no vectors at ${vectorFile} (set MINGZHANG_VECTORS)`)
  it.skip('published vectors pass through core')
}
