import { describe, expect, it } from 'vitest'
import { isAllowedUrl, isPageAddress } from '../../electron/addresses.ts'

const HOME = ['app://mingzhang/', 'app://mingzhang/vouchers/12?x=1#y', 'app://mingzhang', 'APP://mingzhang/']

const ELSEWHERE = [
  'app://mingzhang.evil/', 'app://mingzhang@evil/', 'app://x@mingzhang/', 'app://:y@mingzhang/', 'app://evil/mingzhang',
  'app://mingzhang:80/', 'app:mingzhang', 'app:///mingzhang/', 'app://MINGZHANG/', 'app://ming zhang/',
  'apps://mingzhang/', 'xapp://mingzhang/', 'https://mingzhang/', 'ws://mingzhang/', 'http://localhost:5173/',
  'https://evil.example/?app://mingzhang/', 'file:///etc/passwd', 'about:blank', 'javascript:alert(1)',
  'devtools://devtools/bundled/inspector.html', 'view-source:app://mingzhang/', 'chrome://version/',
  '', 'mingzhang', '//mingzhang/',
]

describe('the one address of the page', () => {
  it.each(HOME)('%s is home', (url) => {
    expect(isPageAddress(url)).toBe(true)
    expect(isAllowedUrl(url)).toBe(true)
  })

  it.each(ELSEWHERE)('%j is elsewhere: neither opened nor loaded', (url) => {
    expect(isPageAddress(url)).toBe(false)
    expect(isAllowedUrl(url)).toBe(false)
  })

  it('loads previews and icons that never left the machine, without letting the page go there', () => {
    for (const url of ['blob:app://mingzhang/0b5e', 'data:image/png;base64,AA==']) {
      expect(isAllowedUrl(url)).toBe(true)
      expect(isPageAddress(url)).toBe(false)
    }
    for (const url of ['blob:https://evil.example/0b5e', 'blob:blob:app://mingzhang/', 'blob:null/0b5e']) {
      expect(isAllowedUrl(url)).toBe(false)
    }
  })
})
