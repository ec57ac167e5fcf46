import { describe, expect, it } from 'vitest'

import { Problem } from '#core/problem.ts'
import { namePathOf, problemOf } from '#renderer/problem.ts'

describe('what a person reads when something fails', () => {
  it('is the refusal of a rule run in the page, with field and row', () => {
    const problem = new Problem({ code: 'money.format', message: 'sentence', field: 'amount', row: 3 })
    expect(problemOf(problem)).toEqual({ code: 'money.format', message: 'sentence', field: 'amount', row: 3 })
  })

  it('is a sentence also for a fault of the page itself, without its technical words', () => {
    const problem = problemOf(new TypeError('x is not a function'))
    expect(problem.code).toBe('page')
    expect(problem.message).not.toContain('function')
  })

  it('finds the form field of a row', () => {
    expect(namePathOf('lines.0.summary')).toEqual(['lines', 0, 'summary'])
    expect(namePathOf('second.login')).toEqual(['second', 'login'])
    expect(namePathOf('date')).toEqual(['date'])
  })
})
