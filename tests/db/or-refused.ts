import { Problem } from '#core/problem.ts'

/** A reading that refuses has been read all the same. */
export function orRefused(work: () => unknown): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Problem)) throw error
  }
}
