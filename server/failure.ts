/**
 * One translation of everything that can go wrong into what a clerk reads, used by the API, the file routes and the
 * command line. What we did not foresee becomes `internal` with a number that is also in the log on stderr.
 */
import { randomBytes } from 'node:crypto'
import { ZodError } from 'zod'
import { Problem, type ProblemDetails } from '#core/problem.ts'
import { problemOfSqlite } from '#db/refusal.ts'
import { systemClock } from '#services/clock.ts'

export type FailureKind =
  | 'BAD_REQUEST' | 'UNAUTHORIZED' | 'FORBIDDEN' | 'NOT_FOUND' | 'PAYLOAD_TOO_LARGE' | 'TOO_MANY_REQUESTS'
  | 'INTERNAL_SERVER_ERROR'

export type Failure = { readonly kind: FailureKind; readonly problem: ProblemDetails }

export type Log = (line: string) => void

export function logToStderr(line: string): void {
  process.stderr.write(`${systemClock.now()} ${line}\n`)
}

export function detailsOf(problem: Problem): ProblemDetails {
  return {
    code: problem.code,
    message: problem.message,
    ...(problem.field === undefined ? {} : { field: problem.field }),
    ...(problem.row === undefined ? {} : { row: problem.row }),
  }
}

function kindOfCode(code: string): FailureKind {
  if (code === 'session.wait') return 'TOO_MANY_REQUESTS'
  if (code === 'session.signedOut' || code === 'session.locked' || code === 'user.signIn') return 'UNAUTHORIZED'
  if (code === 'role.missing' || code === 'user.disabled' || code === 'ledger.readOnly') return 'FORBIDDEN'
  if (code === 'upload.tooLarge') return 'PAYLOAD_TOO_LARGE'
  if (code.endsWith('.unknown') || code.endsWith('.missing')) return 'NOT_FOUND'
  return 'BAD_REQUEST'
}

/** The `code` Node and SQLite put on their errors, e.g. ENOSPC, SQLITE_FULL. */
export function systemCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

const DISK_FULL: ProblemDetails = { code: 'disk.full', message: '磁盘已满，本次操作没有完成。请腾出空间后重试。' }

function problemOfInput(error: ZodError): ProblemDetails {
  const issue = error.issues[0]
  if (issue === undefined) return { code: 'input', message: '输入无效，请检查后重试。' }
  const row = issue.path.find((part) => typeof part === 'number')
  const field = issue.path.map(String).join('.')
  return {
    code: 'input',
    message: field === '' ? `输入无效：${issue.message}` : `“${field}”填写有误：${issue.message}`,
    ...(field === '' ? {} : { field }),
    // Clerks count from 1.
    ...(row === undefined ? {} : { row: row + 1 }),
  }
}

/**
 * Where it happened and of which kind, without the message: messages of parsers and of SQLite quote what they read, and
 * a log must not hold names or account numbers.
 */
function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ {4}at /.test(line))
  return [`${error.name} ${systemCodeOf(error) ?? ''}`.trim(), ...frames].join('\n')
}

/** Never throws; logs only what is our own fault. */
export function failureOf(thrown: unknown, log: Log): Failure {
  const error = problemOfSqlite(thrown)
  if (error instanceof Problem) return { kind: kindOfCode(error.code), problem: detailsOf(error) }
  if (error instanceof ZodError) return { kind: 'BAD_REQUEST', problem: problemOfInput(error) }
  if (systemCodeOf(error) === 'ENOSPC') return { kind: 'BAD_REQUEST', problem: DISK_FULL }
  const id = randomBytes(4).toString('hex')
  log(`internal ${id} ${placeOf(error)}`)
  return {
    kind: 'INTERNAL_SERVER_ERROR',
    problem: { code: 'internal', message: `程序内部出错（编号 ${id}），本次操作没有保存。请重试；若再次出现，请把编号告诉维护人员。` },
  }
}

const HTTP_STATUS: Readonly<Record<FailureKind, number>> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  PAYLOAD_TOO_LARGE: 413,
  TOO_MANY_REQUESTS: 429,
  INTERNAL_SERVER_ERROR: 500,
}

export function failureResponse(failure: Failure): Response {
  return Response.json({ problem: failure.problem }, { status: HTTP_STATUS[failure.kind] })
}
