/** `demo`: builds the sample office into a new ledger, with its printed notices. */
import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Problem } from '#core/problem.ts'
import { filesDirOf, openLedger } from '#db/ledger.ts'
import { lockLedger } from '#db/lock.ts'
import { createRenderPool } from '#reports/pool.ts'
import { fixedClock } from '#services/clock.ts'
import { buildSampleOffice, shippedSample } from '#services/sample/sample-office.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { print, printProgress } from './output.ts'
import { removeStaged, stagedPath } from './staged.ts'

const usage = 'demo FILE'

export const demo: Command = {
  usage,
  run: async (argv) => {
    const { positional } = readArguments(argv, { usage, positionals: ['FILE'], options: {} })
    const path = positional('FILE')
    if (existsSync(path) || existsSync(filesDirOf(path))) {
      throw new Problem({ code: 'demo.exists', message: `${path} 已存在：请换一个文件名，示例不覆盖已有账簿`, field: 'FILE' })
    }
    const { data, ...materials } = shippedSample()
    const clock = fixedClock(`${data.openedOn}T02:00:00.000Z`)
    const pool = createRenderPool({ size: 1 })
    // Half an office would look like a real one: it gets its name when it is whole, whatever ends this process before.
    const staged = stagedPath(path)
    mkdirSync(dirname(resolve(path)), { recursive: true })
    const lock = lockLedger(path)
    removeStaged(staged)
    const ledger = openLedger(staged, { create: true, now: clock.now() })
    try {
      await buildSampleOffice(ledger, clock, data, {
        ...materials,
        drawNotice: (model) => pool.renderPdf({ kind: 'notice', model }),
      }, (done, total, label) => printProgress(`建立示例办公室 ${done}/${total} ${label}`))
      ledger.close()
      renameSync(filesDirOf(staged), filesDirOf(path))
      renameSync(staged, path)
    } finally {
      ledger.close()
      await pool.close()
      removeStaged(staged)
      lock.release()
    }
    print(`已建立示例办公室：${path}（业务日期固定为 ${data.today}）`)
    print(`打开：npm run mingzhang -- serve ${path}`)
    print(`登录：${data.people.map(({ login, name }) => `${login}（${name}）`).join('、')}，密码都是 ${data.password}`)
    print(`业主信息口令：${data.ownersPassphrase}`)
    return 0
  },
}
