/**
 * Starts the server over one ledger: used by `mingzhang serve` and by the desktop shell's utility process. One process
 * holds one ledger (its lock) and everything in memory that belongs to it.
 */
import { fileURLToPath } from 'node:url'
import { Problem } from '#core/problem.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { createRenderPool } from '#reports/pool.ts'
import { systemClock, type Clock } from '#services/clock.ts'
import { adoptShippedProfiles, settingOf } from '#services/office.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { serveContent } from './content.ts'
import { openBrowserDoor } from './door-browser.ts'
import { openSocketDoor } from './door-socket.ts'
import { logToStderr, type Log } from './failure.ts'
import { createHandler } from './handler.ts'
import { createJobTable } from './jobs.ts'
import { createPasswordGate, createSessionTable } from './session.ts'
import { createStaging, UPLOAD_LIMIT_BYTES } from './staging.ts'

export type DoorChoice =
  /** `port` 0 or absent: a free random one. */
  | { readonly kind: 'browser'; readonly port?: number }
  | { readonly kind: 'socket'; readonly path: string }

export type ServerOptions = {
  readonly ledgerPath: string
  readonly door: DoorChoice
  /** The built page; default `dist/renderer` of this project. */
  readonly contentFolder?: string
  readonly clock?: Clock
  readonly uploadLimitBytes?: number
  readonly log?: Log
}

export type RunningServer = {
  /** Browser door: a one-time link per call. Socket door: undefined. */
  readonly openingLink: (() => string) | undefined
  /** Stops listening, lets the running step of each job end, closes the ledger and removes staged files. */
  readonly close: () => Promise<void>
}

const BUILT_PAGE = fileURLToPath(new URL('../dist/renderer', import.meta.url))

/** A ledger that must not be written (made by a newer version, on a read-only medium) can still be looked at. */
function openForServing(path: string, now: string): { readonly ledger: Ledger; readonly ledgerNotice: string | null } {
  try {
    return { ledger: openLedger(path, { now }), ledgerNotice: null }
  } catch (error) {
    if (!(error instanceof Problem) || (error.code !== 'ledger.newer' && error.code !== 'ledger.readOnly')) throw error
    return { ledger: openLedger(path, { readOnly: true }), ledgerNotice: error.message }
  }
}

/** Errors: Problems of `openLedger` (`ledger.*`), `serve.port`. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const wallClock = options.clock ?? systemClock
  const log = options.log ?? logToStderr
  const { ledger, ledgerNotice } = openForServing(options.ledgerPath, wallClock.now())
  const clock = clockFor(ledger, wallClock)
  adoptShippedProfiles(ledger, clock)
  // What expires does so by the wall, in a sample office too.
  const jobs = createJobTable(wallClock, log)
  const staging = createStaging(wallClock, options.uploadLimitBytes ?? UPLOAD_LIMIT_BYTES)
  const renderPool = createRenderPool()
  const release = async (): Promise<void> => {
    await jobs.close()
    await renderPool.close()
    staging.close()
    ledger.close()
  }
  try {
    const handler = createHandler({
      ledger, ledgerNotice, clock, jobs, staging, renderPool, log,
      sessions: createSessionTable(wallClock, () => Number(settingOf(ledger, 'autoLockMinutes'))),
      passwordGate: createPasswordGate(wallClock),
      content: serveContent(options.contentFolder ?? BUILT_PAGE),
    })
    const door = options.door.kind === 'browser'
      ? await openBrowserDoor(handler, options.door.port ?? 0)
      : await openSocketDoor(handler, options.door.path)
    return {
      openingLink: 'openingLink' in door ? door.openingLink : undefined,
      close: async () => {
        await door.close()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}
