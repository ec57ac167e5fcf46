/**
 * Files on their way in (uploads) and out (documents a job made), in one private folder that goes when the program
 * does. Their names on disk are ours; a page only ever holds a random token, bound to the person it was given to.
 */
import { createHash, randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Problem } from '#core/problem.ts'
import type { UserId } from '#core/id.ts'
import { instantOf, type Clock } from '#services/clock.ts'

export type StagedFile = {
  readonly token: string
  /** As the person named it; for display and for the attachment's record, never for a path. */
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly sha256: string
  readonly path: string
}

export type Staging = {
  /** Streams to disk, hashing. Errors: `upload.tooLarge`, `upload.empty`; nothing is left behind then. */
  readonly receive: (owner: UserId, name: string, body: ReadableStream<Uint8Array> | null) => Promise<StagedFile>
  readonly putDocument: (owner: UserId, file: { name: string; mediaType: string; bytes: Uint8Array }) => Promise<StagedFile>
  /** Errors: `upload.unknown` (also for another person's token). */
  readonly find: (owner: UserId, token: string) => StagedFile
  readonly discard: (owner: UserId, token: string) => Promise<void>
  readonly close: () => void
}

/** Scanned contracts and bank archives; anything larger is a mistake on a machine with two cores. */
export const UPLOAD_LIMIT_BYTES = 64 * 1024 * 1024
const KEPT = 12 * 60 * 60_000

/** Last path part, no control characters, at most 200 characters: what a person may see and a header may carry. */
export function displayName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  const clean = last.replace(/\p{Control}/gu, '').trim()
  // A cut through a surrogate pair could not be percent-encoded any more.
  return clean.slice(0, 200).toWellFormed() || '未命名'
}

export function createStaging(clock: Clock, limitBytes = UPLOAD_LIMIT_BYTES): Staging {
  const folder = mkdtempSync(join(tmpdir(), 'mingzhang-'))
  chmodSync(folder, 0o700)
  const files = new Map<string, { owner: UserId; file: StagedFile; forgetAt: number }>()

  async function forgetOld(): Promise<void> {
    const now = instantOf(clock)
    for (const [token, entry] of files) {
      if (entry.forgetAt > now) continue
      files.delete(token)
      await rm(entry.file.path, { force: true })
    }
  }

  function remember(owner: UserId, file: StagedFile): StagedFile {
    files.set(file.token, { owner, file, forgetAt: instantOf(clock) + KEPT })
    return file
  }

  async function writeAll(path: string, body: ReadableStream<Uint8Array>): Promise<{ size: number; sha256: string }> {
    const hash = createHash('sha256')
    let size = 0
    const target = await open(path, 'wx', 0o600)
    try {
      for await (const chunk of body) {
        size += chunk.byteLength
        if (size > limitBytes) {
          throw new Problem({
            code: 'upload.tooLarge',
            message: `文件超过 ${Math.floor(limitBytes / 1024 / 1024)} MB：请拆分或压缩后再上传。`,
            field: 'file',
          })
        }
        hash.update(chunk)
        await target.writeFile(chunk)
      }
    } finally {
      await target.close()
    }
    return { size, sha256: hash.digest('hex') }
  }

  return {
    receive: async (owner, name, body) => {
      await forgetOld()
      const token = randomUUID()
      const path = join(folder, token)
      try {
        const { size, sha256 } = body === null ? { size: 0, sha256: '' } : await writeAll(path, body)
        if (size === 0) throw new Problem({ code: 'upload.empty', message: '文件是空的：请检查后重新选择。', field: 'file' })
        return remember(owner, {
          token, name: displayName(name), mediaType: 'application/octet-stream', size, sha256, path,
        })
      } catch (error) {
        await rm(path, { force: true })
        throw error
      }
    },
    putDocument: async (owner, { name, mediaType, bytes }) => {
      await forgetOld()
      const token = randomUUID()
      const path = join(folder, token)
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return remember(owner, { token, name: displayName(name), mediaType, size: bytes.byteLength, sha256, path })
    },
    find: (owner, token) => {
      const entry = files.get(token)
      if (entry?.owner === owner) return entry.file
      throw new Problem({ code: 'upload.unknown', message: '文件已过期：请重新选择或重新生成。', field: 'file' })
    },
    discard: async (owner, token) => {
      const entry = files.get(token)
      if (entry?.owner !== owner) return
      files.delete(token)
      await rm(entry.file.path, { force: true })
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}
