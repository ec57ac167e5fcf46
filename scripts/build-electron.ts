/**
 * Builds what the desktop shell runs into `outDir` (`dist/electron`): `main.js` and the server it starts, `server.js`.
 * Everything is bundled but Electron and better-sqlite3.
 */
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { build, type Plugin } from 'vite'

import { inProject, root } from './paths.ts'

const ENTRIES = { main: 'electron/main.ts', server: 'server/desktop.ts' }

/** Rooms that read files lying beside their modules: migrations, sample data, templates. */
const ROOMS_WITH_FILES = ['db', 'services', 'reports', 'assets']
const CODE = new Set(['.ts', '.tsx', '.md'])
/** The installer's own pictures are no data of the app. */
const isData = (file: string) => !CODE.has(path.extname(file)) && !/^assets\/icon/.test(file)

/**
 * A bundled module no longer lies in its room, so `new URL('./migrations/', import.meta.url)` would miss. Each module
 * of a room keeps its own address below `rooms/`, and the room's files are copied there. A worker named by such an
 * address becomes a bundle of its own.
 */
function keepRooms(): Plugin {
  return {
    name: 'keep-rooms',
    transform(code, id) {
      const file = path.relative(root, id.split('?')[0] ?? id).replaceAll(path.sep, '/')
      if (!ROOMS_WITH_FILES.includes(file.split('/')[0] ?? '') || !code.includes('import.meta')) return null
      const withWorkers = code.replace(/new URL\(['"](\.[^'"]+\.ts)['"], import\.meta\.url\)/g, (_text, worker: string) => {
        const name = path.basename(worker, '.ts')
        this.emitFile({ type: 'chunk', id: path.resolve(path.dirname(id), worker), fileName: `${name}.js` })
        return `new URL('./${name}.js', __bundle)`
      })
      const address = `new URL(${JSON.stringify(`./rooms/${file}`)}, __bundle)`
      const kept = withWorkers
        .replaceAll('import.meta.url', `${address}.href`)
        .replaceAll('import.meta.dirname', `__toPath(new URL('.', ${address}))`)
        .replaceAll('import.meta.filename', `__toPath(${address})`)
        .replaceAll('__bundle', 'import.meta.url')
      const toPath = kept.includes('__toPath') ? "import { fileURLToPath as __toPath } from 'node:url'\n" : ''
      return { code: toPath + kept, map: null }
    },
  }
}

function copyRoomFiles(outDir: string): void {
  for (const room of ROOMS_WITH_FILES) {
    const filter = (from: string) => fs.statSync(from).isDirectory() || isData(path.relative(root, from))
    fs.cpSync(inProject(room), path.join(outDir, 'rooms', room), { recursive: true, filter })
  }
}

export async function buildShell(outDir = inProject('dist/electron')): Promise<void> {
  await build({
    configFile: false,
    root: inProject(),
    publicDir: false,
    logLevel: 'warn',
    plugins: [keepRooms()],
    // Only what cannot be in a bundle stays outside: the native module and Electron's own.
    ssr: { noExternal: true, external: ['better-sqlite3', 'electron'] },
    // pdfmake is written for CommonJS and asks where it lies.
    define: { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(ENTRIES).map(([name, file]) => [name, inProject(file)])),
        // Flat, so that one relative address fits every bundle.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' },
      },
    },
  })
  copyRoomFiles(outDir)
  // The solver looks for its module beside the bundle that loads it.
  fs.copyFileSync(inProject('node_modules/highs/build/highs.wasm'), path.join(outDir, 'highs.wasm'))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await buildShell(process.argv[2])
