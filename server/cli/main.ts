#!/usr/bin/env node
/** `mingzhang COMMAND …`. Everything it does goes through the same services as the screens. */
import path from 'node:path'

// Before any other import: better-sqlite3 13 ends an older Node with a segmentation fault and not a word.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`Node.js ${process.versions.node} 太旧：请用 npm run mingzhang -- … 运行，或安装 Node.js 24。\n`)
  process.exit(2)
}

// `mingzhang … | head` closes the pipe early; that is not an error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})

// Half of a command's start is reading its own text; kept beside the packages, never in a folder others may write to.
const { enableCompileCache } = await import('node:module')
enableCompileCache(path.join(import.meta.dirname, '../../node_modules/.cache/mingzhang'))

const { runCommandLine } = await import('./run.ts')
process.exitCode = await runCommandLine(process.argv.slice(2))
