/** The sample bank files (`MINGZHANG_SAMPLES`, by default beside the repository) and what becomes of each of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { readStatement } from '#core/statement/read.ts'
import { isAccepted, type ParsedStatement } from '#core/statement/statement.ts'

/** A relative path is read from the repository root. */
export const sampleFolder = path.resolve(
  import.meta.dirname, '..', process.env['MINGZHANG_SAMPLES'] ?? '../shared/samples', 'bank',
)

export const hasSamples = existsSync(path.join(sampleFolder, 'expected.json'))

const goldenSchema = z.object({
  encoding: z.string(), rows: z.number(), in_count: z.number(), in_fen: z.number(), out_count: z.number(),
  out_fen: z.number(), balance_chain_ok: z.boolean().nullable(),
})

const golden = hasSamples
  ? z.record(z.string(), goldenSchema).parse(JSON.parse(readFileSync(path.join(sampleFolder, 'expected.json'), 'utf8')))
  : {}

/** Descriptions of the samples and their licences are no statements. */
const NO_STATEMENT = /^(?:INDEX\.|layouts\.json$|expected\.json$|licenses\/)/

export const sampleFiles: readonly string[] = hasSamples
  ? readdirSync(sampleFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(sampleFolder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
      .filter((file) => !NO_STATEMENT.test(file))
      .toSorted()
  : []

export function readSample(file: string): ParsedStatement {
  return readStatement(readFileSync(path.join(sampleFolder, file)), { fileName: path.basename(file) })
}

/** Reading a file of a few thousand bytes; far more means that something does not end. */
const PATIENCE_MS = 10_000

export type Judgement =
  | { readonly file: string; readonly verdict: 'ok' | 'refused'; readonly message: string }
  | { readonly file: string; readonly verdict: 'FAILED'; readonly message: string }

/** Whether the file is read exactly as listed, or refused by a sentence with line and cause. Never throws. */
export function judgeSample(file: string): Judgement {
  try {
    const begun = performance.now()
    const statement = readSample(file)
    const fault = performance.now() - begun > PATIENCE_MS ? 'takes too long' : faultOf(file, statement)
    if (fault !== null) return { file, verdict: 'FAILED', message: fault }
    const [first] = statement.errors
    return first === undefined
      ? { file, verdict: 'ok', message: '' }
      : { file, verdict: 'refused', message: first.message }
  } catch (error) {
    return { file, verdict: 'FAILED', message: error instanceof Error ? `crashed: ${error.message}` : 'crashed' }
  }
}

function faultOf(file: string, statement: ParsedStatement): string | null {
  const wanted = golden[file]
  const isOurs = file.startsWith('synthetic-corporate/')
  if (isOurs && wanted === undefined) return 'expected.json does not list it'
  const [first] = statement.errors
  if (first !== undefined) {
    if (isOurs) return `refused: ${first.message}`
    if (first.line === null) return `refused without a line: ${first.message}`
    if (!/[\u4e00-\u9fff]{4}/.test(first.message)) return `refused without a sentence: ${first.message}`
  }
  // Refused while reading: nothing is handed on. Refused by a check, or accepted: the figures are the listed ones.
  if (statement.rows.length === 0) {
    return isAccepted(statement) || statement.inFen !== 0 || statement.outFen !== 0 ? 'half read' : null
  }
  if (wanted === undefined) return null
  const found = {
    encoding: statement.encoding, rows: statement.rows.length, in_count: statement.inCount, in_fen: statement.inFen,
    out_count: statement.outCount, out_fen: statement.outFen,
    balance_chain_ok: wanted.balance_chain_ok === null ? null : statement.balanceChain === 'ok',
  }
  const off = goldenSchema.keyof().options.filter((key) => found[key] !== wanted[key])
  return off.length === 0 ? null : off.map((key) => `${key} is ${String(found[key])}, expected ${String(wanted[key])}`).join('; ')
}
