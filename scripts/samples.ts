/** npm run samples: the sample bank files (MINGZHANG_SAMPLES) alone, one line each; ends `N passed, N failed, N skipped`. */
import './node-version.ts'

import fs from 'node:fs'

import { hasSamples, judgeSample, sampleFiles, sampleFolder } from '../tests/sample-files.ts'
import { closingLine, vitestCounts } from './counts.ts'
import { inProject } from './paths.ts'
import { runTool } from './run-tool.ts'

if (hasSamples) {
  for (const file of sampleFiles) {
    const { verdict, message } = judgeSample(file)
    console.log(`${file}: ${message === '' ? verdict : `${verdict}: ${message}`}`)
  }
  const report = inProject('test-results/samples.json')
  fs.rmSync(report, { force: true })
  const exitCode = await runTool(inProject('node_modules/vitest/vitest.mjs'), [
    'run',
    'tests/samples.test.ts',
    '--reporter=dot',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const counts = vitestCounts(report, exitCode)
  process.exitCode = counts.failed > 0 ? 1 : 0
  console.log(counts.skipped > 0 ? closingLine(counts) : `${closingLine(counts)}, 0 skipped`)
} else {
  // Nothing ran, and that is not a failure: a stranger's clone has no such folder.
  console.log(`SKIPPED: no sample files at ${sampleFolder} (set MINGZHANG_SAMPLES)`)
  console.log('0 passed, 0 failed, 1 skipped')
}
