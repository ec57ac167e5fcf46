import { z } from 'zod'

import { personalDataForBoard, personalDataForSlip } from '#core/masking.ts'
import { compare, type Vector } from './vector.ts'

const inputSchema = z.object({ name: z.string(), phone: z.string(), account: z.string(), room: z.string() })
const pageSchema = z.record(z.string(), z.unknown())
const expectedSchema = z.object({ board_default: pageSchema, household_slip: pageSchema })

export function check(vector: Vector): void {
  const person = inputSchema.parse(vector.input)
  const expected = expectedSchema.parse(vector.expected)
  compare(expected.board_default, personalDataForBoard(person))
  compare(expected.household_slip, personalDataForSlip(person))
}
