import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { idOf } from '#core/id.ts'
import { openLedger, type Ledger } from '#db/ledger.ts'
import { storeAttachment } from '#services/attachment.ts'
import { fixedClock } from '#services/clock.ts'
import { verifyLedger } from '#services/verify.ts'
import { countOf, NOW, sampleFile } from '#tests/db/sample-ledger.ts'

const POSTINGS = 1000
const KILLS = 5

/** Lets a child post until about `after` vouchers are acknowledged, then kills it; gives the acknowledged ids. */
async function postAndKill(path: string, paper: string, wanted: number, after: number): Promise<number[]> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'posting-process.ts'), path, String(wanted), paper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const acknowledged: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line))
    if (acknowledged.length === after) {
      // Anywhere inside one of the next transactions, not just behind an acknowledgement.
      await pause(randomInt(8_000) / 1000)
      child.kill('SIGKILL')
    }
  }
  await ended
  return acknowledged
}

function damagesOf(ledger: Ledger): readonly unknown[] {
  const steps = verifyLedger(ledger)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value.damages
}

function storePaper(path: string): string {
  const ledger = openLedger(path)
  const actor = { userId: idOf<'user'>(1), login: 'preparer', name: 'preparer', roles: new Set(['preparer' as const]) }
  const { sha256 } = storeAttachment({ ledger, clock: fixedClock(NOW), actor },
    { name: '回单.pdf', bytes: Buffer.from('%PDF-1.4') })
  ledger.close()
  return sha256
}

test('kill -9 in the middle of a thousand postings: nothing acknowledged is lost, nothing is half-written', async () => {
  const path = sampleFile()
  const paper = storePaper(path)
  const acknowledged = new Set<number>()
  for (let kill = 0; kill <= KILLS; kill += 1) {
    const left = POSTINGS - acknowledged.size
    const after = kill === KILLS ? Infinity : randomInt(1, Math.ceil((1.8 * left) / (KILLS + 1 - kill)))
    for (const id of await postAndKill(path, paper, left, after)) acknowledged.add(id)

    const ledger = openLedger(path)
    const ids = ledger.sqlite.prepare<[], number>('SELECT id FROM voucher ORDER BY id').pluck().all()
    expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([])
    // At most the one committed between its commit and its acknowledgement.
    expect(ids.length - acknowledged.size).toBeLessThanOrEqual(kill + 1)
    expect(ids).toEqual(ids.map((_, index) => index + 1))
    expect(countOf(ledger, 'voucher_line')).toBe(ids.length * 2)
    expect(countOf(ledger, 'voucher_attachment')).toBe(ids.length)
    expect(countOf(ledger, "voucher_draft WHERE state <> 'posted'")).toBe(0)
    expect(countOf(ledger, 'voucher_draft')).toBe(ids.length)
    expect(countOf(ledger, "operation WHERE action LIKE 'voucher.%'")).toBe(ids.length * 3)
    expect(ledger.sqlite.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(ledger.sqlite.pragma('foreign_key_check')).toEqual([])
    expect(damagesOf(ledger)).toEqual([])
    ledger.close()
  }
  expect(acknowledged.size).toBeGreaterThanOrEqual(POSTINGS)
}, 120_000)
