/** Every failure as the sentence a person reads: the server's refusal, or what is wrong with the connection. */
import { TRPCClientError } from '@trpc/client'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import type { AppRouter } from '#server/api/router.ts'
import { clientText } from './messages/client.ts'

function isApiError(error: unknown): error is TRPCClientError<AppRouter> {
  return error instanceof TRPCClientError
}

export function detailsOf({ code, message, field, row }: Problem): ProblemDetails {
  return { code, message, ...(field !== undefined && { field }), ...(row !== undefined && { row }) }
}

export function problemOf(error: unknown): ProblemDetails {
  if (error instanceof Problem) return detailsOf(error)
  if (isApiError(error)) return error.data?.problem ?? { code: 'connection', message: clientText.noAnswer }
  return { code: 'page', message: clientText.pageFault }
}

/** A problem's field as Ant Design names it: `lines.0.summary` → `['lines', 0, 'summary']`. */
export function namePathOf(field: string): readonly (string | number)[] {
  return field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
}
