/**
 * The desktop shell's utility process: `--ledger FILE --socket PATH [--sample] [--page FOLDER]`; `--sample`
 * first makes the sample office there, as `mingzhang demo` does. It tells its parent `{type:'ready'}` or
 * `{type:'refused', message}` and ends when the parent says `{type:'stop'}`.
 */
import { fileURLToPath } from 'node:url'
import { assertInvariant } from '#core/problem.ts'
import { readArguments } from './cli/arguments.ts'
import { COMMANDS } from './cli/commands.ts'
import { startServer } from './entry.ts'
import { failureOf, logToStderr } from './failure.ts'

type Parent = {
  readonly postMessage: (message: { readonly type: 'ready' } | { readonly type: 'refused'; readonly message: string }) => void
  readonly on: (event: 'message', listen: (event: { readonly data: unknown }) => void) => unknown
}

/** Only Electron's utility processes have one; types say it is always there. */
function parentOf(): Parent | undefined {
  return process.parentPort
}

function isStop(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'type' in message && message.type === 'stop'
}

async function makeSampleOffice(path: string): Promise<void> {
  const demo = COMMANDS['demo']
  assertInvariant(demo !== undefined, 'the command line makes the sample office')
  await (await demo.load()).run([path])
}

/** The bundle of this file lies in `dist/electron/`, the page beside it. */
const BUNDLED_PAGE = fileURLToPath(new URL('../renderer', import.meta.url))

const parent = parentOf()
try {
  if (parent === undefined) throw new Error('desktop.ts is started by the desktop shell only; use `mingzhang serve`')
  const { values } = readArguments(process.argv.slice(2), {
    usage: '--ledger FILE --socket PATH [--sample]',
    positionals: [],
    options: {
      ledger: { type: 'string', default: '' },
      socket: { type: 'string', default: '' },
      page: { type: 'string', default: BUNDLED_PAGE },
      sample: { type: 'boolean', default: false },
    },
  })
  if (values.sample) await makeSampleOffice(values.ledger)
  const server = await startServer({
    ledgerPath: values.ledger,
    door: { kind: 'socket', path: values.socket },
    contentFolder: values.page,
  })
  const stop = (): void => void server.close().then(() => process.exit(0))
  parent.on('message', ({ data }) => {
    if (isStop(data)) stop()
  })
  process.once('SIGTERM', stop)
  parent.postMessage({ type: 'ready' })
} catch (error) {
  parent?.postMessage({ type: 'refused', message: failureOf(error, logToStderr).problem.message })
  // The message goes out on the next turn.
  setImmediate(() => process.exit(2))
}
