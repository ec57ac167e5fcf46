/** Papers beside the ledger under their SHA-256: the same file is stored once, a changed file is another file. */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import type { ServiceContext } from './context.ts'
import { logOperation } from './operation-log.ts'

export const MAX_ATTACHMENT_BYTES = 50 * 1024 * 1024

/** Kinds of file an office keeps as evidence; programs and macros are not among them. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  txt: 'text/plain',
  csv: 'text/csv',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  xml: 'application/xml',
  ofd: 'application/ofd',
  json: 'application/json',
}

export type Attachment = {
  readonly sha256: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

export function attachmentPath(ledger: Ledger, sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Problem({ code: 'attachment.hash', message: '附件编号不正确' })
  return join(ledger.filesDir, sha256.slice(0, 2), sha256)
}

/** The file is durable before its row can be committed: a row without its file would be evidence lost. */
function writeDurably(path: string, bytes: Uint8Array): void {
  if (existsSync(path)) return
  mkdirSync(join(path, '..'), { recursive: true })
  const staged = `${path}.writing`
  const handle = openSync(staged, 'w')
  try {
    writeSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(staged, path)
}

/**
 * `mediaType`: from whoever has read the content already; otherwise the name's ending must tell.
 * Throws `attachment.empty`, `attachment.tooLarge`, `attachment.type`. Storing the same bytes twice gives the first record.
 */
export function storeAttachment(
  context: ServiceContext,
  file: { name: string; bytes: Uint8Array; mediaType?: string },
): Attachment {
  const { ledger } = context
  const name = file.name.replaceAll(/[\\/\0]/g, '_').slice(-120)
  const mediaType = file.mediaType ?? MEDIA_TYPES[name.split('.').at(-1)?.toLowerCase() ?? '']
  if (file.bytes.length === 0) throw new Problem({ code: 'attachment.empty', message: `${name} 是空文件`, field: 'file' })
  if (file.bytes.length > MAX_ATTACHMENT_BYTES) {
    throw new Problem({ code: 'attachment.tooLarge', message: `${name} 超过 50 MB，请压缩或分开后再上传`, field: 'file' })
  }
  if (mediaType === undefined) {
    const kinds = Object.keys(MEDIA_TYPES).join('、')
    throw new Problem({ code: 'attachment.type', message: `不支持 ${name} 这种文件，可用：${kinds}`, field: 'file' })
  }
  const sha256 = sha256Of(file.bytes)
  const known = findAttachment(ledger, sha256)
  writeDurably(attachmentPath(ledger, sha256), file.bytes)
  if (known !== undefined) return known
  const attachment = { sha256, name, mediaType, size: file.bytes.length }
  ledger.write(() => {
    ledger
      .prepare<unknown[], never>('INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?)')
      .run(sha256, name, mediaType, attachment.size, context.actor.userId, context.clock.now())
    logOperation(context, 'attachment.add', { kind: 'attachment' }, { sha256, name, size: attachment.size })
  })
  return attachment
}

export function findAttachment(ledger: Ledger, sha256: string): Attachment | undefined {
  return ledger
    .prepare<[string], Attachment>('SELECT sha256, name, media_type AS mediaType, size FROM attachment WHERE sha256 = ?')
    .get(sha256)
}

/** Reads and proves the file; throws `attachment.missing`, `attachment.changed`. */
export function readAttachment(ledger: Ledger, sha256: string): { attachment: Attachment; bytes: Uint8Array } {
  const attachment = findAttachment(ledger, sha256)
  const path = attachmentPath(ledger, sha256)
  if (attachment === undefined || !existsSync(path)) {
    throw new Problem({ code: 'attachment.missing', message: '附件文件不在账簿的附件文件夹里，请从备份恢复' })
  }
  const bytes = readFileSync(path)
  if (sha256Of(bytes) !== sha256) {
    throw new Problem({ code: 'attachment.changed', message: `附件“${attachment.name}”被改动过，与登记的内容不一致` })
  }
  return { attachment, bytes }
}
