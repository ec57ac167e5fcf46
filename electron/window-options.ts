import type { BrowserWindowConstructorOptions } from 'electron'

/** Every safety switch is spelled out, also where it is Electron's default: a default may change under us. */
export function windowOptions(release: boolean): BrowserWindowConstructorOptions {
  const webPreferences = {
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    spellcheck: false,
    devTools: !release,
  }
  return { width: 1280, height: 800, minWidth: 1024, minHeight: 700, show: false, title: '明账', webPreferences }
}
