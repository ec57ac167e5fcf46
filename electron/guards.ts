import type { Session, WebContents } from 'electron'
import { isAllowedUrl, isPageAddress } from './addresses.ts'

/** Grants nothing and loads nothing remote. The spell checker is off because it fetches dictionaries. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isAllowedUrl(details.url) }))
}

/** Keeps a page at `app://mingzhang`. WebRTC is named because it opens sockets that `webRequest` never sees. */
export function guardContents(contents: WebContents): void {
  const stayHome = (leaving: { readonly url: string; preventDefault(): void }) => {
    if (!isPageAddress(leaving.url)) leaving.preventDefault()
  }
  contents.on('will-navigate', stayHome)
  contents.on('will-redirect', stayHome)
  contents.on('will-frame-navigate', stayHome)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
}
