/** Builds what the desktop shell runs into `outDir` (`dist/electron`): `main.js` and the server it starts, `server.js`. */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { bundle } from './bundle.ts'
import { inProject, root } from './paths.ts'

/** Rooms that read files lying beside their modules: migrations, sample data, templates. */
const ROOMS_WITH_FILES = ['db', 'services', 'reports', 'assets']
const CODE = new Set(['.ts', '.tsx', '.md'])
/** The installer's own pictures are no data of the app. */
const isData = (file: string) => !CODE.has(path.extname(file)) && !/^assets\/icon/.test(file)

function copyRoomFiles(outDir: string): void {
  for (const room of ROOMS_WITH_FILES) {
    const filter = (from: string) => fs.statSync(from).isDirectory() || isData(path.relative(root, from))
    fs.cpSync(inProject(room), path.join(outDir, 'rooms', room), { recursive: true, filter })
  }
}

export async function buildShell(outDir = inProject('dist/electron')): Promise<void> {
  await bundle({
    outDir,
    entries: { main: 'electron/main.ts', server: 'server/desktop.ts' },
    addressOf: (file) => (ROOMS_WITH_FILES.includes(file.split('/')[0] ?? '') ? `./rooms/${file}` : undefined),
  })
  copyRoomFiles(outDir)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildShell(process.argv[2])
