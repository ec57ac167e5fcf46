/**
 * A refusal the product can explain: a stable code for programs and tests, a sentence for the clerk that says what is
 * wrong and how to go on, and, where it applies, the field and the row (1-based, as the clerk counts) it is about.
 */
export type ProblemDetails = {
  readonly code: string
  readonly message: string
  readonly field?: string
  readonly row?: number
}

/** Thrown by parsers and services; doors turn it into exit code 2, an HTTP 4xx, or a marked field on screen. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string
  readonly field: string | undefined
  readonly row: number | undefined

  constructor(details: ProblemDetails, options?: ErrorOptions) {
    super(details.message, options)
    this.code = details.code
    this.field = details.field
    this.row = details.row
  }
}

/** For "cannot happen" branches: a broken invariant of ours, never a clerk's mistake. */
export function assertInvariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${what}`)
}
