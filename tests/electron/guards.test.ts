import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { guardContents, guardSession } from '../../electron/guards.ts'
import { windowOptions } from '../../electron/window-options.ts'

type Asked = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void
type Judge = (details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void

function guardedSession() {
  const session = {
    setPermissionRequestHandler: vi.fn<(handler: Asked) => void>(),
    setPermissionCheckHandler: vi.fn<(handler: (contents: unknown, permission: string) => boolean) => void>(),
    setDevicePermissionHandler: vi.fn<(handler: (device: { deviceType: string }) => boolean) => void>(),
    setSpellCheckerEnabled: vi.fn(),
    webRequest: { onBeforeRequest: vi.fn<(handler: Judge) => void>() },
  }
  guardSession(session as unknown as Session)
  return session
}

function guardedContents() {
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: vi.fn<(handler: (details: { url: string }) => { action: string }) => void>(),
    setWebRTCIPHandlingPolicy: vi.fn(),
  })
  guardContents(contents as unknown as WebContents)
  return contents
}

describe('the session', () => {
  it('grants no permission, whether the page asks or the browser checks, and no device', () => {
    const session = guardedSession()
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'unknown']) {
      const answer = vi.fn()
      session.setPermissionRequestHandler.mock.lastCall?.[0]({}, permission, answer)
      expect(answer.mock.calls).toEqual([[false]])
      expect(session.setPermissionCheckHandler.mock.lastCall?.[0]({}, permission)).toBe(false)
    }
    expect(session.setDevicePermissionHandler.mock.lastCall?.[0]({ deviceType: 'usb' })).toBe(false)
    expect(session.setSpellCheckerEnabled.mock.calls).toEqual([[false]])
  })

  it('cancels every request but those of the page itself', () => {
    const [judge] = guardedSession().webRequest.onBeforeRequest.mock.lastCall ?? []
    const verdict = (url: string): unknown => {
      const answer = vi.fn()
      judge?.({ url }, answer)
      return answer.mock.lastCall?.[0]
    }
    expect(verdict('app://mingzhang/assets/a.js')).toEqual({ cancel: false })
    for (const url of ['https://evil.example/', 'http://127.0.0.1/', 'ws://x/', 'file:///etc/passwd', 'devtools://x']) {
      expect(verdict(url)).toEqual({ cancel: true })
    }
  })
})

describe('the contents of a window', () => {
  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stays at home on %s', (event) => {
    const contents = guardedContents()
    const timesPrevented = (url: string) => {
      const preventDefault = vi.fn()
      contents.emit(event, { url, preventDefault })
      return preventDefault.mock.calls.length
    }
    expect(timesPrevented('app://mingzhang/vouchers')).toBe(0)
    expect(timesPrevented('https://evil.example/')).toBe(1)
    expect(timesPrevented('app://mingzhang@evil/')).toBe(1)
  })

  it('opens no window, holds no webview and no socket of its own', () => {
    const contents = guardedContents()
    expect(contents.setWindowOpenHandler.mock.lastCall?.[0]({ url: 'app://mingzhang/' })).toEqual({ action: 'deny' })
    const preventDefault = vi.fn()
    contents.emit('will-attach-webview', { preventDefault })
    expect(preventDefault).toHaveBeenCalledOnce()
    expect(contents.setWebRTCIPHandlingPolicy.mock.calls).toEqual([['disable_non_proxied_udp']])
  })
})

describe('the window', () => {
  it('has every switch at its safe side, developer tools only before release', () => {
    expect(windowOptions(true)).toMatchInlineSnapshot(`
      {
        "height": 800,
        "minHeight": 700,
        "minWidth": 1024,
        "show": false,
        "title": "明账",
        "webPreferences": {
          "allowRunningInsecureContent": false,
          "contextIsolation": true,
          "devTools": false,
          "experimentalFeatures": false,
          "nodeIntegration": false,
          "nodeIntegrationInSubFrames": false,
          "nodeIntegrationInWorker": false,
          "sandbox": true,
          "spellcheck": false,
          "webSecurity": true,
          "webviewTag": false,
        },
        "width": 1280,
      }
    `)
    const { webPreferences: release } = windowOptions(true)
    expect(windowOptions(false).webPreferences).toEqual({ ...release, devTools: true })
  })
})
