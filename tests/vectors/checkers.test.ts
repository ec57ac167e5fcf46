import { describe, expect, it } from 'vitest'

import { CHECKERS } from './index.ts'
import { readVectorFile } from './vector-file.ts'
import { compare } from './vector.ts'

/** Prose, and what a vector states beside its answers: changing these must not matter. */
const NOT_ANSWERS = new Set(['note', 'developer_units'])

function spoil(value: unknown): unknown {
  if (typeof value === 'string') return `${value}9`
  if (typeof value === 'number') return value + 1
  if (typeof value === 'boolean') return !value
  if (Array.isArray(value)) return value.map(spoil)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, spoil(inner)]))
  }
  return 'spoilt'
}

describe('a checker', () => {
  it('fails on a different value, and on an expected value nobody computed', () => {
    expect(() => compare({ total: '1.00' }, { total: '1.01' })).toThrow('expected "1.00"')
    expect(() => compare({ total: '1.00' }, { interest: '1.00' })).toThrow('no checker computes it')
    expect(() => compare({ total: '1.00', note: 'prose' }, { total: '1.00' })).not.toThrow()
  })

  it.skipIf(readVectorFile() === null)('notices every single expected value when it is spoilt', () => {
    const unnoticed: string[] = []
    for (const vector of readVectorFile() ?? []) {
      const check = CHECKERS.get(vector.topic)
      if (check === undefined) continue
      for (const [key, value] of Object.entries(vector.expected)) {
        if (NOT_ANSWERS.has(key)) continue
        try {
          check({ ...vector, expected: { ...vector.expected, [key]: spoil(value) } })
          unnoticed.push(`${vector.id} ${key}`)
        } catch {
          // Noticed.
        }
      }
    }
    expect(unnoticed).toEqual([])
  })
})
