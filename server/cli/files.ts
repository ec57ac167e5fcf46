/** Files named on the command line, read and written: what the system says in codes, said in a sentence. */
import { readFileSync, writeFileSync } from 'node:fs'
import { Problem } from '#core/problem.ts'
import { systemCodeOf } from '../failure.ts'
import { printProgress } from './output.ts'

const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['ENOENT', '找不到这个文件，请检查路径。'],
  ['EISDIR', '这是文件夹，不是文件，请写出文件名。'],
  ['EACCES', '没有读取权限，请检查文件权限。'],
])

/** Errors: Problem `file.unreadable`. */
export function readNamedFile(path: string, field: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    const sentence = SENTENCES.get(systemCodeOf(error) ?? '') ?? '文件读取失败，请检查磁盘或 U 盘连接。'
    throw new Problem({ code: 'file.unreadable', message: `${path}：${sentence}`, field }, { cause: error })
  }
}

/** Says where it went. Errors: Problem `file.unwritable`; a full disk as the system says it. */
export function saveNamedFile(path: string, bytes: Uint8Array | string, field: string): void {
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    if (systemCodeOf(error) === 'ENOSPC') throw error
    throw new Problem({ code: 'file.unwritable', message: `${path}：不能写入，请检查路径和权限。`, field }, { cause: error })
  }
  printProgress(`已写出 ${path}`)
}
