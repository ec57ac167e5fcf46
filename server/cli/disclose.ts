/**
 * `disclose`: notices as files, each a PDF and its figures as JSON. A published quarter comes out byte for byte as it was
 * published; any other as a preview that says so.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseQuarter, type Quarter } from '#core/calendar.ts'
import { Problem } from '#core/problem.ts'
import { createRenderPool } from '#reports/pool.ts'
import { complexByCode } from '#services/register/complex.ts'
import { drawNotice, figuresJson, type DrawnNotice, type NoticeGround } from '../disclosure.ts'
import { drawNotices } from '../disclosure-batch.ts'
import { systemCodeOf } from '../failure.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printProgress, printTable } from './output.ts'

const usage = 'disclose FILE (--complex CODE | --all) --quarter 2025Q3 --out DIR'

/** Codes and names are the office's own; none of them may lead out of the folder. */
function fileNameOf(text: string): string {
  return text.replace(/[\\/:*?"<>|\p{Control}]/gu, '_').replace(/^\.+/, '_').slice(0, 80)
}

function save(folder: string, { name, bytes, model }: DrawnNotice): string {
  try {
    mkdirSync(folder, { recursive: true })
    const pdf = join(folder, fileNameOf(name))
    writeFileSync(pdf, bytes)
    writeFileSync(pdf.replace(/\.pdf$/, '.json'), figuresJson(model))
    return pdf
  } catch (error) {
    if (systemCodeOf(error) === 'ENOSPC') throw error
    throw new Problem(
      { code: 'file.unwritable', message: `${folder}：不能写入，请检查路径和权限，或换一个文件夹。`, field: '--out' },
      { cause: error },
    )
  }
}

async function discloseOne(ground: NoticeGround, code: string, quarter: Quarter, out: string): Promise<ExitCode> {
  const drawn = await drawNotice(ground, complexByCode(ground.ledger, code).id, quarter)
  print(save(out, drawn))
  if (drawn.published !== null) {
    print(`第 ${drawn.published.version} 版，${drawn.published.publishedOn} 公示，校验码 ${drawn.published.code}`)
    return 0
  }
  print('预览稿：这个季度还没有公示。')
  for (const obstacle of drawn.obstacles) print(`  · ${obstacle}`)
  return 0
}

const STATE_WORD = { done: '完成', missing: '缺资料', failed: '没有办成' } as const

async function discloseAll(ground: NoticeGround, quarter: Quarter, out: string): Promise<ExitCode> {
  const breathe = ({ done, total, label }: { done: number; total: number; label: string }): Promise<void> => {
    printProgress(`[${done + 1}/${total}] ${label}`)
    return Promise.resolve()
  }
  const rows = await drawNotices(ground, quarter, { breathe }, (complex, drawn) => {
    save(join(out, fileNameOf(`${complex.code} ${complex.name}`)), drawn)
    return Promise.resolve()
  })
  printTable([{ title: '小区' }, { title: '状态' }, { title: '说明' }], rows.map((row) => [row.label, STATE_WORD[row.state], row.note]))
  return rows.some((row) => row.state === 'failed') ? 1 : 0
}

export const disclose: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: { complex: { type: 'string' }, all: { type: 'boolean' }, quarter: { type: 'string' }, out: { type: 'string' } },
    })
    const refuse = (message: string, field: string): Problem =>
      new Problem({ code: 'cli.arguments', message: `${message} 用法：mingzhang ${usage}`, field })
    const { complex, all, quarter: asked, out } = values
    if ((complex === undefined) === (all !== true)) throw refuse('请在 --complex 和 --all 中选一个。', '--complex')
    if (asked === undefined) throw refuse('缺少季度。', '--quarter')
    if (out === undefined) throw refuse('缺少输出文件夹。', '--out')
    const quarter = parseQuarter(asked, { field: '--quarter' })
    return readingLedger(positional('FILE'), async (ledger, clock) => {
      const renderPool = createRenderPool()
      try {
        const ground = { ledger, clock, renderPool }
        return complex === undefined ? await discloseAll(ground, quarter, out) : await discloseOne(ground, complex, quarter, out)
      } finally {
        await renderPool.close()
      }
    })
  },
}
