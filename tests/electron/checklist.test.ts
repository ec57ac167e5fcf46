/** The rules of Electron's security checklist that can be read off the sources; the others run in the files beside. */
import fs from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'

import { describe, expect, it } from 'vitest'
import { inProject } from '../../scripts/paths.ts'

const files = fs.readdirSync(inProject('electron')).filter((name) => name.endsWith('.ts'))
const textOf = (file: string) => fs.readFileSync(inProject('electron', file), 'utf8')

/** What a file imports at run time from the package electron: types are gone by then. */
function electronImports(file: string): string[] {
  const outputText = stripTypeScriptTypes(textOf(file))
  const [, names] = /import \{([^}]*)\} from 'electron'/.exec(outputText) ?? []
  return names === undefined ? [] : names.split(',').map((name) => name.trim()).sort()
}

describe('the desktop shell', () => {
  it('stays below 300 lines, all of it', () => {
    const lines = files.map((file) => textOf(file).split('\n').length - 1)
    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(300)
  })

  it('imports electron in its entry only, and there neither shell, nor IPC, nor a preload bridge', () => {
    const importing = files.filter((file) => electronImports(file).length > 0)
    expect(importing).toEqual(['main.ts'])
    const used = ['app', 'BrowserWindow', 'dialog', 'Menu', 'protocol', 'session', 'utilityProcess']
    expect(electronImports('main.ts')).toEqual(used.sort())
  })

  it.each([
    'openExternal', 'openPath', 'preload', 'ipcMain', 'contextBridge', 'enableBlinkFeatures', 'openDevTools',
    'setAsDefaultProtocolClient', 'autoUpdater', 'crashReporter', 'loadFile', 'executeJavaScript', 'bypassCSP',
    'http://', 'https://', 'file://',
  ])('has no %s', (word) => {
    expect(files.filter((file) => textOf(file).includes(word))).toEqual([])
  })

  it('pins Electron and what packs it to exact versions', () => {
    const contents: unknown = JSON.parse(fs.readFileSync(inProject('package.json'), 'utf8'))
    const exact = expect.stringMatching(/^\d+\.\d+\.\d+$/)
    expect(contents).toMatchObject({
      devDependencies: { electron: exact, 'electron-builder': exact, '@electron/fuses': exact },
    })
  })
})
