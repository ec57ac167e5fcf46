/** `serve`: the browser door over one ledger, until Ctrl-C. */
import { startServer } from '../entry.ts'
import { readArguments, readWholeNumber } from './arguments.ts'
import type { Command } from './commands.ts'
import { print } from './output.ts'
import { showLink } from './window.ts'

const usage = 'serve FILE [--port N] [--no-open]'

async function untilAskedToStop(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}

export const serve: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' } },
    })
    const port = values.port === undefined ? 0 : readWholeNumber(values.port, '--port', 0, 65_535)
    const server = await startServer({ ledgerPath: positional('FILE'), door: { kind: 'browser', port } })
    try {
      const link = server.openingLink?.() ?? ''
      print(`明账已启动：${link}`)
      print('链接只能打开一次。按 Ctrl-C 结束。')
      if (values['no-open'] !== true && !(await showLink(link))) print('这台机器没有可用的窗口，请在本机浏览器中打开上面的链接。')
      await untilAskedToStop()
    } finally {
      await server.close()
    }
    return 0
  },
}
