import fs from 'node:fs'
import path from 'node:path'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

const FUSES = 9

/** The fuse wire as an unset Electron carries it: sentinel, version 1, how many, each off. */
function fuseWire(): Buffer {
  const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX')
  return Buffer.concat([sentinel, Buffer.from([1, FUSES]), Buffer.alloc(FUSES, '0')])
}

/** A valid program that does nothing, with the version block electron-builder edits, and the fuse wire. */
function windowsProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false)
  const resources = NtExecutableResource.from(program)
  const version = Resource.VersionInfo.createEmpty()
  version.lang = 1033
  version.setStringValues({ lang: 1033, codepage: 1200 }, { FileDescription: 'Electron', ProductName: 'Electron' })
  version.outputToResourceEntries(resources.entries)
  resources.entries.push({ type: 'FUSES', id: 1, lang: 1033, codepage: 1200, bin: new Uint8Array(fuseWire()).buffer })
  resources.outputResource(program)
  return Buffer.from(program.generate())
}

const PLIST = (name: string) => `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict><key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>com.github.${name.replaceAll(/[ ()]/g, '')}</string></dict></plist>`

function macBundle(folder: string, name: string): void {
  fs.mkdirSync(path.join(folder, `${name}.app/Contents/MacOS`), { recursive: true })
  fs.writeFileSync(path.join(folder, `${name}.app/Contents/Info.plist`), PLIST(name))
  fs.writeFileSync(path.join(folder, `${name}.app/Contents/MacOS/${name}`), 'program', { mode: 0o755 })
}

/**
 * A folder electron-builder takes for an unpacked Electron: right names, right formats, nothing that runs. It proves
 * what is packed around Electron, and nothing about Electron.
 */
export function layOutElectron(folder: string, platform: 'linux' | 'win32' | 'darwin'): void {
  fs.mkdirSync(path.join(folder, 'resources'), { recursive: true })
  fs.writeFileSync(path.join(folder, 'version'), '45.4.1')
  fs.writeFileSync(path.join(folder, 'LICENSE'), 'licence')
  fs.writeFileSync(path.join(folder, 'LICENSES.chromium.html'), 'licences')
  if (platform === 'linux') fs.writeFileSync(path.join(folder, 'electron'), fuseWire(), { mode: 0o755 })
  if (platform === 'win32') fs.writeFileSync(path.join(folder, 'electron.exe'), windowsProgram())
  if (platform !== 'darwin') return
  macBundle(folder, 'Electron')
  const frameworks = path.join(folder, 'Electron.app/Contents/Frameworks')
  for (const helper of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) macBundle(frameworks, `Electron Helper${helper}`)
  const framework = path.join(frameworks, 'Electron Framework.framework')
  fs.mkdirSync(framework, { recursive: true })
  fs.writeFileSync(path.join(framework, 'Electron Framework'), fuseWire())
}
