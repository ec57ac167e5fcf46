import { spawn, type ChildProcess } from 'node:child_process'
import readline from 'node:readline'

import { BUILT_COMMAND } from './build-command.ts'

export type Serving = {
  readonly link: string
  readonly child: ChildProcess
  /** Resolves with the exit code once the server has ended. */
  readonly ended: Promise<number>
  /** Asks the server to close the ledger and waits for it. */
  stop(): Promise<void>
}

const LINK = /http:\/\/127\.0\.0\.1:\d+\/open\?token=\S+/

/**
 * Starts the browser door on a ledger as a process of its own and waits for the link it prints. What the server writes
 * to stderr goes to `onLog`. Rejects with the server's own words when it ends before it serves.
 */
export async function serveLedger(file: string, onLog: (line: string) => void): Promise<Serving> {
  const child = spawn(process.execPath, [BUILT_COMMAND, 'serve', file, '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number>((resolve) => {
    child.on('close', (code) => resolve(code ?? 1))
    child.on('error', () => resolve(1))
  })
  const words: string[] = []
  readline.createInterface({ input: child.stderr }).on('line', (line) => {
    words.push(line)
    onLog(line)
  })
  const link = await new Promise<string>((resolve, reject) => {
    readline.createInterface({ input: child.stdout }).on('line', (line) => {
      const found = LINK.exec(line)?.[0]
      if (found) resolve(found)
    })
    void ended.then((code) => reject(new Error(`服务没有启动（退出码 ${code}）${words.map((word) => `\n${word}`).join('')}`)))
  })
  return {
    link,
    child,
    ended,
    async stop() {
      child.kill('SIGTERM')
      // A server that does not answer must not keep a window or a test run open for ever.
      const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(impatience)
    },
  }
}
