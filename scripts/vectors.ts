/** npm run vectors: the published vectors (MINGZHANG_VECTORS) alone; last line `N passed, N failed, N skipped`. */
import './node-version.ts'

import fs from 'node:fs'

import { vectorFile } from '../tests/vectors/vector-file.ts'
import { closingLine, vitestCounts } from './counts.ts'
import { inProject } from './paths.ts'
import { runTool } from './run-tool.ts'

if (fs.existsSync(vectorFile)) {
  const report = inProject('test-results/vectors.json')
  fs.rmSync(report, { force: true })
  const exitCode = await runTool(inProject('node_modules/vitest/vitest.mjs'), [
    'run',
    'tests/vectors/vectors.test.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const counts = vitestCounts(report, exitCode)
  process.exitCode = counts.failed > 0 ? 1 : 0
  // Topics not built yet are always named, also when there are none.
  console.log(counts.skipped > 0 ? closingLine(counts) : `${closingLine(counts)}, 0 skipped`)
} else {
  // Nothing ran, and that is not a failure: a stranger's clone has no such file.
  console.log(`SKIPPED: no vectors at ${vectorFile} (set MINGZHANG_VECTORS)`)
  console.log('0 passed, 0 failed, 1 skipped')
}
