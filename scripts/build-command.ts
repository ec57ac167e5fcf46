/**
 * Builds the command line into `dist/command/mingzhang.js`, for what starts it again and again: read from its sources it
 * needs a second to find its four hundred modules and those of its libraries. It reads its files where they lie, so it is of use
 * in this folder only.
 */
import { bundle } from './bundle.ts'
import { inProject } from './paths.ts'

export const BUILT_COMMAND = inProject('dist/command/mingzhang.js')

export async function buildCommand(): Promise<void> {
  await bundle({
    outDir: inProject('dist/command'),
    entries: { mingzhang: 'server/cli/main.ts' },
    addressOf: (file) => `../../${file}`,
  })
}
