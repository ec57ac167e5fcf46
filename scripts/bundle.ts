import fs from 'node:fs'
import path from 'node:path'

import { build, type Plugin } from 'vite'

import { inProject, root } from './paths.ts'

export type Bundle = {
  readonly outDir: string
  /** Name of the bundle to the file it starts with, from the project folder. */
  readonly entries: Readonly<Record<string, string>>
  /**
   * Where a module of ours finds the files lying beside it, once it no longer lies in its room: its own address, relative to
   * `outDir`. Undefined: it reads none.
   */
  readonly addressOf: (file: string) => string | undefined
}

/**
 * A bundled module no longer lies in its room, so `new URL('./migrations/', import.meta.url)` would miss: it keeps the
 * address `addressOf` gives it. A worker named by such an address becomes a bundle of its own, beside the others.
 */
function keepAddresses(addressOf: Bundle['addressOf']): Plugin {
  return {
    name: 'keep-addresses',
    transform(code, id) {
      const file = path.relative(root, id.split('?')[0] ?? id).replaceAll(path.sep, '/')
      if (/^\.\.|node_modules\//.test(file) || !code.includes('import.meta')) return null
      const withWorkers = code.replace(/new URL\(['"](\.[^'"]+\.ts)['"], import\.meta\.url\)/g, (_text, worker: string) => {
        const name = path.basename(worker, '.ts')
        this.emitFile({ type: 'chunk', id: path.resolve(path.dirname(id), worker), fileName: `${name}.js` })
        return `new URL('./${name}.js', __bundle)`
      })
      const address = addressOf(file)
      const own = address === undefined ? undefined : `new URL(${JSON.stringify(address)}, __bundle)`
      const kept = own === undefined
        ? withWorkers
        : withWorkers
          .replaceAll('import.meta.url', `${own}.href`)
          .replaceAll('import.meta.dirname', `__toPath(new URL('.', ${own}))`)
          .replaceAll('import.meta.filename', `__toPath(${own})`)
      // At the end: a command's first line may be its `#!`.
      const toPath = kept.includes('__toPath') ? "\nimport { fileURLToPath as __toPath } from 'node:url'\n" : ''
      return { code: kept.replaceAll('__bundle', 'import.meta.url') + toPath, map: null }
    },
  }
}

/** Everything ends up in `outDir` but Electron and better-sqlite3. Flat, so that one relative address fits every bundle. */
export async function bundle({ outDir, entries, addressOf }: Bundle): Promise<void> {
  await build({
    configFile: false,
    root: inProject(),
    publicDir: false,
    logLevel: 'warn',
    plugins: [keepAddresses(addressOf)],
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
        input: Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, inProject(file)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js', format: 'es' },
      },
    },
  })
  // The solver looks for its module beside the bundle that loads it.
  fs.copyFileSync(inProject('node_modules/highs/build/highs.wasm'), path.join(outDir, 'highs.wasm'))
}
