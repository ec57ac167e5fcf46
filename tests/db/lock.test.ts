import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openLedger } from '#db/ledger.ts'
import { countOf, sampleFile } from './sample-ledger.ts'

/** Another process with the ledger open; killed when the test ends. */
async function holder(path: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'ledger-process.ts'), path, 'hold'],
    { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said] = await once(child.stdout, 'data')
  expect(String(said)).toBe('accepted\n')
  return child
}

test('a second process is refused, may read, and gets the ledger the moment the first is killed', async () => {
  const path = sampleFile()
  const child = await holder(path)
  expect(() => openLedger(path)).toThrow(expect.objectContaining({ code: 'ledger.locked',
    message: expect.stringContaining('另一个明账窗口') }))
  const reader = openLedger(path, { readOnly: true })
  expect(countOf(reader, 'book')).toBe(2)
  reader.close()
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  const ledger = openLedger(path)
  expect(countOf(ledger, 'book')).toBe(2)
  ledger.close()
})

test('the same process cannot open a ledger twice, and can again after closing', () => {
  const path = sampleFile()
  const ledger = openLedger(path)
  expect(() => openLedger(path)).toThrow(expect.objectContaining({ code: 'ledger.locked' }))
  ledger.close()
  openLedger(path).close()
})

test('a refused opening leaves the lock free', () => {
  const path = sampleFile()
  const first = openLedger(path)
  for (let attempt = 0; attempt < 5; attempt += 1) expect(() => openLedger(path)).toThrow()
  first.close()
  openLedger(path).close()
})
