/** Reading a file named on the command line: what the system says in codes, said in a sentence. */
import { readFileSync } from 'node:fs'
import { Problem } from '#core/problem.ts'
import { systemCodeOf } from '../failure.ts'

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
