/** Draws the long notice in a process of its own and prints the hash of its bytes. */
import { createHash } from 'node:crypto'
import { noticePaper } from '#reports/notice.ts'
import { renderPaper } from '#reports/render.ts'
import { longNotice } from './notices.ts'

console.log(createHash('sha256').update(await renderPaper(noticePaper(longNotice()))).digest('hex'))
