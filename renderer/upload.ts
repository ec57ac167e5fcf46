/** Sends a file's bytes to the server; the token names it in the call that uses it. */
import { Problem } from '#core/problem.ts'
import { client } from './client.ts'
import { partsText } from './messages/parts.ts'
import type { Attachment } from './records.ts'

export type Upload = { readonly token: string; readonly name: string; readonly size: number; readonly sha256: string }

function isUpload(value: unknown): value is Upload {
  return typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string'
}

/** The server's refusal out of an answer that is not the typed API's. */
function refusalIn(value: unknown): Problem {
  const problem = typeof value === 'object' && value !== null && 'problem' in value ? value.problem : null
  if (typeof problem === 'object' && problem !== null && 'code' in problem && 'message' in problem) {
    return new Problem({ code: String(problem.code), message: String(problem.message) })
  }
  return new Problem({ code: 'upload.failed', message: partsText.files.failed })
}

/** Throws the server's Problem (`upload.*`, `session.*`) or `upload.failed`. */
export async function uploadFile(file: File, signal?: AbortSignal): Promise<Upload> {
  const response = await fetch('/api/upload', {
    method: 'POST',
    headers: { 'x-file-name': encodeURIComponent(file.name) },
    body: file,
    ...(signal !== undefined && { signal }),
  })
  const answer: unknown = await response.json()
  if (!response.ok || !isUpload(answer)) throw refusalIn(answer)
  return answer
}

/** Uploads and stores as a paper of the ledger, found by its SHA-256. */
export async function attachFile(file: File): Promise<Attachment> {
  const { token } = await uploadFile(file)
  return client.voucher.attach.mutate({ token })
}

/** Address of a stored paper, and of a document a job made. */
export function fileAddress(sha256: string): string {
  return `/api/files/${sha256}`
}
export function documentAddress(token: string): string {
  return `/api/documents/${token}`
}
