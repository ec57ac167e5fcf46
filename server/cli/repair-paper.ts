/** `repair-paper`: a job's printed papers as PDF files, or which of them can be printed at its step. */
import { basename, dirname, extname, join } from 'node:path'
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { PRINTED_PAPER_WORD, PRINTED_PAPERS, printablePapers, type PrintedPaper } from '#core/repair/printed-papers.ts'
import type { Ledger } from '#db/ledger.ts'
import { createRenderPool } from '#reports/pool.ts'
import { findRepairs } from '#services/repair/repair-board.ts'
import { repairJob } from '#services/repair/repair-record.ts'
import { repairSheets } from '../repair-paper.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { saveNamedFile } from './files.ts'
import { readingLedger } from './ledger.ts'
import { print } from './output.ts'

const usage = 'repair-paper FILE --repair NUMBER [--paper KIND --out OUT.pdf]'

const PRINTED_BY = '命令行'
const LISTED = 20

/** Throws `repair.missing`. */
function repairByNumber(ledger: Ledger, number: string): RepairId {
  const found = findRepairs(ledger, { text: number, limit: LISTED }).find((repair) => repair.number === number)
  if (found !== undefined) return found.id
  throw new Problem({ code: 'repair.missing', message: `没有编号为“${number}”的维修，请核对编号`, field: '--repair' })
}

function paperOf(kind: string): PrintedPaper {
  const paper = PRINTED_PAPERS.find((each) => each === kind)
  if (paper !== undefined) return paper
  throw new Problem({ code: 'cli.paper', message: `没有“${kind}”这种单据：${PRINTED_PAPERS.join('、')}`, field: '--paper' })
}

/** `visa.pdf`, `visa-2.pdf`, … where a paper has several sheets. */
function sheetPath(out: string, index: number): string {
  if (index === 0) return out
  const extension = extname(out)
  return join(dirname(out), `${basename(out, extension)}-${index + 1}${extension}`)
}

export const repairPaper: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'], options: { repair: { type: 'string' }, paper: { type: 'string' }, out: { type: 'string' } },
    })
    const { repair: number, paper: kind, out } = values
    if (number === undefined || (kind === undefined) !== (out === undefined)) {
      throw new Problem({ code: 'cli.arguments', message: `请给出维修编号；要打印，再给出单据种类和文件。用法：mingzhang ${usage}` })
    }
    return readingLedger(positional('FILE'), async (ledger, clock): Promise<ExitCode> => {
      const id = repairByNumber(ledger, number)
      if (kind === undefined || out === undefined) {
        const { state } = repairJob(ledger, id, clock.today())
        for (const paper of printablePapers(state)) print(`${paper}\t${PRINTED_PAPER_WORD[paper]}`)
        return 0
      }
      const pool = createRenderPool()
      try {
        const sheets = await repairSheets({ ledger, clock }, id, paperOf(kind), PRINTED_BY)
        for (const [index, model] of sheets.entries()) {
          saveNamedFile(sheetPath(out, index), await pool.renderPdf({ kind: 'repairSheet', model }), '--out')
        }
      } finally {
        await pool.close()
      }
      return 0
    })
  },
}
