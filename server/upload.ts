/** The three file routes: bytes in, attachments out, documents out. All need an open session; none takes a path. */
import { Problem } from '#core/problem.ts'
import type { UserId } from '#core/id.ts'
import { displayName, type Staging } from './staging.ts'

/** The page sends the raw file as the body and its name, percent-encoded, in this header (which also forces a preflight). */
export const FILE_NAME_HEADER = 'x-file-name'

export async function receiveUpload(staging: Staging, owner: UserId, request: Request): Promise<Response> {
  let name: string
  try {
    name = decodeURIComponent(request.headers.get(FILE_NAME_HEADER) ?? '')
  } catch {
    throw new Problem({ code: 'upload.name', message: '文件名无法识别：请改名后重新上传。', field: 'file' })
  }
  const { token, size, sha256, name: shown } = await staging.receive(owner, name, request.body)
  return Response.json({ token, name: shown, size, sha256 })
}

/** Types a browser may show; everything else is plain bytes, so an uploaded page or script stays a file. */
const SHOWN_TYPES = new Set(['application/pdf', 'image/png', 'image/jpeg', 'image/webp'])

export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const encoded = encodeURIComponent(displayName(name)).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)
  return `${kind}; filename*=UTF-8''${encoded}`
}

export function fileResponse(
  bytes: Uint8Array,
  file: { readonly name: string; readonly mediaType: string },
  kind: 'inline' | 'attachment',
): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': SHOWN_TYPES.has(file.mediaType) ? file.mediaType : 'application/octet-stream',
      'content-length': String(bytes.byteLength),
      'content-disposition': contentDisposition(kind, file.name),
    },
  })
}
