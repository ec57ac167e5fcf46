/** Every shipped local rule can be shown in the form and comes back unchanged; nothing typed is guessed at. */
import { expect, it } from 'vitest'
import { isPolicyKey, policySetting } from '#core/policy/policy.ts'
import { storedOf, valuesOf } from '#renderer/screens/setting/policy-form.ts'
import { shippedProfileRows } from '#services/policy/policy-shipped.ts'
import { decodePolicyValue, encodePolicyValue } from '#services/policy/policy-stored.ts'

type Body = { values: Record<string, { value: unknown }> }

it('every shipped value survives the way into the form and back', () => {
  const seen = new Set<string>()
  for (const row of shippedProfileRows()) {
    const { values }: Body = JSON.parse(row.body)
    for (const [key, { value }] of Object.entries(values)) {
      if (!isPolicyKey(key) || value === null) continue
      const { kind } = policySetting(key)
      seen.add(kind)
      const written = encodePolicyValue(key, decodePolicyValue(key, value))
      expect([key, storedOf(kind, valuesOf(kind, written))]).toEqual([key, written])
    }
  }
  expect(seen.size).toBeGreaterThan(10)
})

it('a share for objections no profile ships is typed as a person writes it', () => {
  const stored = storedOf('objection', { share: ' >1/3 ', falls: 'either' })
  expect(decodePolicyValue('vote.objection', stored)).toEqual({
    share: { numerator: 1, denominator: 3, strict: true }, falls: 'either',
  })
  const written = encodePolicyValue('vote.objection', decodePolicyValue('vote.objection', stored))
  expect(storedOf('objection', valuesOf('objection', written))).toEqual(written)
})

it('what is no number is handed over as typed, for the service to refuse', () => {
  expect(storedOf('count', { value: '十五' })).toBe('十五')
  expect(storedOf('count', { value: ' 15 ' })).toBe(15)
  expect(storedOf('countdown', { value: '30、15, 7 一' })).toEqual([30, 15, 7, '一'])
  expect(() => decodePolicyValue('disclosure.objectionDays', storedOf('count', { value: '1e2' }))).toThrow('不小于零的整数')
})

it('the unknown is empty, never zero', () => {
  expect(valuesOf('count', null)).toEqual({ value: '' })
  expect(valuesOf('posting', null)).toEqual({ unit: '', days: '' })
})
