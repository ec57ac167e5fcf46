/** `generate`: builds the reference office of a size and a seed; interrupted, it leaves nothing. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Problem } from '#core/problem.ts'
import { filesDirOf, openLedger, type Ledger } from '#db/ledger.ts'
import { lockLedger } from '#db/lock.ts'
import { fixedClock } from '#services/clock.ts'
import {
  buildReferenceOffice, FULL_SCALE, OWNERS_PASSPHRASE, REFERENCE_DAY, REFERENCE_LOGINS, REFERENCE_PASSWORD, type ReferenceScale,
} from '#services/reference/reference-office.ts'
import { readArguments, readWholeNumber } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { print, printProgress } from './output.ts'
import { removeStaged, stagedPath } from './staged.ts'

const usage = 'generate FILE [--complexes N] [--households N] [--years N] [--seed N]'
const TELL_EVERY_MS = 2000

/** Runs the building step by step, letting signals in between two of them. False when it was interrupted. */
async function build(ledger: Ledger, scale: ReferenceScale): Promise<boolean> {
  const interruption = new AbortController()
  const stop = (): void => { interruption.abort() }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const steps = buildReferenceOffice(ledger, fixedClock(`${REFERENCE_DAY}T02:00:00.000Z`), scale)
    for (let told = 0; ;) {
      const step = steps.next()
      if (step.done === true) return true
      const now = performance.now()
      if (now - told > TELL_EVERY_MS) {
        const { done, total, label } = step.value
        printProgress(`${Math.floor((done / total) * 100)} % ${label}`)
        told = now
      }
      await new Promise((next) => { setImmediate(next) })
      if (interruption.signal.aborted) return false
    }
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

function countOf(ledger: Ledger, table: string): string {
  return Number(ledger.sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toLocaleString('zh-CN')
}

const COUNTED = [
  ['complex', '小区'], ['building', '幢'], ['household', '户'], ['voucher', '张凭证'], ['voucher_line', '行分录'],
  ['household_entry', '笔分户账'], ['apportionment_share', '行分摊'], ['operation', '条操作日志'],
] as const

/** How big it became, and what building it took. */
function report(ledger: Ledger, seconds: number): void {
  print(`业务日期固定为 ${REFERENCE_DAY}：${COUNTED.map(([table, word]) => `${countOf(ledger, table)} ${word}`).join('、')}`)
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  print(`用时 ${seconds.toFixed(0)} 秒，内存峰值 ${peak} MB`)
}

function readScale(values: Readonly<Record<keyof ReferenceScale, string | undefined>>): ReferenceScale {
  const read = (name: keyof ReferenceScale, least: number, most: number): number => {
    const text = values[name]
    return text === undefined ? FULL_SCALE[name] : readWholeNumber(text, `--${name}`, least, most)
  }
  return {
    complexes: read('complexes', 1, 5000), households: read('households', 1, 2_000_000), years: read('years', 1, 30),
    seed: read('seed', 0, 2_147_483_647),
  }
}

async function generateInto(path: string, scale: ReferenceScale): Promise<ExitCode> {
  const begun = performance.now()
  // Half an office would look like a real one: it gets its name when it is whole, whatever ends this process before.
  const staged = stagedPath(path)
  mkdirSync(dirname(resolve(path)), { recursive: true })
  const lock = lockLedger(path)
  removeStaged(staged)
  const ledger = openLedger(staged, { create: true, now: `${REFERENCE_DAY}T02:00:00.000Z` })
  try {
    if (!(await build(ledger, scale))) {
      print('已中断，没有留下文件。')
      return 1
    }
    report(ledger, (performance.now() - begun) / 1000)
    ledger.close()
    renameSync(filesDirOf(staged), filesDirOf(path))
    renameSync(staged, path)
  } finally {
    ledger.close()
    removeStaged(staged)
    lock.release()
    if (!existsSync(path)) rmSync(`${path}-lock`, { force: true })
  }
  print(`已建立参照办公室：${path}（${Math.round(statSync(path).size / 2 ** 20)} MB）`)
  print(`登录：${REFERENCE_LOGINS.join('、')}，密码都是 ${REFERENCE_PASSWORD}`)
  print(`业主信息口令：${OWNERS_PASSPHRASE}`)
  return 0
}

export const generate: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'],
      options: {
        complexes: { type: 'string' }, households: { type: 'string' }, years: { type: 'string' }, seed: { type: 'string' },
      },
    })
    const path = positional('FILE')
    const { complexes, households, years, seed } = values
    const scale = readScale({ complexes, households, years, seed })
    if (existsSync(path) || existsSync(filesDirOf(path))) {
      throw new Problem({ code: 'generate.exists', message: `${path} 已存在：请换一个文件名，参照办公室不覆盖已有账簿`, field: 'FILE' })
    }
    return generateInto(path, scale)
  },
}
