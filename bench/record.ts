/** docs/benchmarks.md: the last recorded run, with the machine and the commit it ran on. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { inProject } from '../scripts/paths.ts'
import type { Measure } from './measure.ts'

function git(...words: readonly string[]): string {
  return execFileSync('git', words, { cwd: inProject('.'), encoding: 'utf8' }).trim()
}

/** The commit, and whether the files differed from it. */
function commitText(): string {
  const isClean = git('status', '--porcelain') === ''
  return `${git('rev-parse', '--short', 'HEAD')}${isClean ? '' : ' with uncommitted changes'}`
}

function machineText(): string {
  const [cpu] = cpus()
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`
  const platform = `${process.platform}-${process.arch}`
  return `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${memory}, ${platform}, Node ${process.versions.node}`
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

export function recordText(
  measures: readonly Measure[],
  run: { readonly lines: number; readonly seconds: number },
  facts: { readonly machine: string; readonly commit: string; readonly day: string },
): string {
  const verdict = (within: boolean | null): string => (within === null ? 'no bound' : within ? 'yes' : '**no**')
  return [
    '# Speed',
    '',
    'Written by `npm run bench -- --write`; what is measured and how stands in [bench](../bench/README.md). Ratios are taken',
    'in one run on one machine, both sides in turn, medians; absolute times are this machine’s.',
    '',
    `- day: ${facts.day}`,
    `- commit: ${facts.commit}`,
    `- machine: ${facts.machine}`,
    `- big book: ${run.lines} voucher lines; whole run ${run.seconds.toFixed(0)} s`,
    '',
    row(['What', 'Bound', 'Measured', 'Within', 'Medians']),
    row(['---', '---', '--:', '---', '---']),
    ...measures.map((one) => row([one.what, one.bound, one.measured, verdict(one.within), one.medians])),
    '',
  ].join('\n')
}

export function writeRecord(
  measures: readonly Measure[],
  run: { readonly lines: number; readonly seconds: number },
): void {
  const facts = { machine: machineText(), commit: commitText(), day: new Date().toISOString().slice(0, 10) }
  writeFileSync(inProject('docs/benchmarks.md'), recordText(measures, run, facts))
}
