import { EventEmitter } from 'node:events'
import type { UtilityProcess } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { watchServer } from '../../electron/server-process.ts'

function child() {
  return Object.assign(new EventEmitter(), { postMessage: vi.fn(), kill: vi.fn() })
}

function watch(process: ReturnType<typeof child>, onCrash = () => {}, patience = 20) {
  return watchServer(process as unknown as UtilityProcess, onCrash, patience)
}

describe('the server as the shell sees it', () => {
  it('is refused with its own sentence when it ends before it is ready', async () => {
    const process = child()
    const started = watch(process)
    process.emit('message', { type: 'refused', message: '账簿正被另一个程序使用。' })
    process.emit('exit', 2)
    await expect(started).rejects.toThrow('账簿正被另一个程序使用。')
  })

  it('is refused with a sentence of ours when it dies without a word', async () => {
    const process = child()
    const started = watch(process)
    process.emit('exit', 139)
    await expect(started).rejects.toThrow('账簿服务没有运行')
  })

  it('is reported once when it crashes while running', async () => {
    const process = child()
    const onCrash = vi.fn()
    const started = watch(process, onCrash)
    process.emit('message', { type: 'ready' })
    await started
    process.emit('exit', 1)
    await vi.waitFor(() => expect(onCrash).toHaveBeenCalledOnce())
  })

  it('is asked to stop, given its time, and not called a crash', async () => {
    const process = child()
    const onCrash = vi.fn()
    const started = watch(process, onCrash, 5_000)
    process.emit('message', { type: 'ready' })
    const stopped = (await started)()
    expect(process.postMessage.mock.calls).toEqual([[{ type: 'stop' }]])
    process.emit('exit', 0)
    await stopped
    expect(process.kill).not.toHaveBeenCalled()
    expect(onCrash).not.toHaveBeenCalled()
  })

  it('is killed when it does not stop', async () => {
    const process = child()
    process.kill.mockImplementation(() => process.emit('exit', 9))
    const started = watch(process)
    process.emit('message', { type: 'ready' })
    await (await started)()
    expect(process.kill).toHaveBeenCalledOnce()
  })
})
