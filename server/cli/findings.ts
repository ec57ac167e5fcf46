/** `findings`: the register of 疑点 over a period, close-outs included, or an earlier run's list as it stood; as table or PDF. */
import { parseDate } from '#core/calendar.ts'
import { FINDING_LEVEL_WORD } from '#core/checks/finding.ts'
import { FINDING_STATE_WORD } from '#core/checks/standing.ts'
import { idOf } from '#core/id.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { findingListDocument, type FindingListModel } from '#reports/finding-list.ts'
import { createRenderPool } from '#reports/pool.ts'
import type { Clock } from '#services/clock.ts'
import { complexByCode } from '#services/register/complex.ts'
import { findingListModel, periodFindings, runFindings } from '../finding.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { saveNamedFile } from './files.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'findings FILE [--from DATE] [--to DATE] [--complex CODE | --run N] [--pdf OUT] [--json]'

const PRINTED_BY = '命令行'

type Asked = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly complex?: string | undefined
  readonly run?: string | undefined
}

/** Throws `check.period`, `finding.noRun`, `complex.missing`. */
function modelFor(ledger: Ledger, clock: Clock, { from, to, complex, run }: Asked): FindingListModel {
  if (run !== undefined) {
    if (!/^[1-9]\d{0,8}$/.test(run)) throw new Problem({ code: 'finding.noRun', message: '--run 写自查的序号，例如 3', field: '--run' })
    return findingListModel(ledger, clock.today(), PRINTED_BY, runFindings(ledger, idOf<'findingRun'>(Number(run))))
  }
  const period = {
    from: from === undefined ? null : parseDate(from, { field: '--from' }),
    to: to === undefined ? clock.today() : parseDate(to, { field: '--to' }),
  }
  if (period.from !== null && period.from > period.to) {
    throw new Problem({ code: 'check.period', message: '起始日不能晚于截止日，请核对日期。', field: '--from' })
  }
  const complexId = complex === undefined ? null : complexByCode(ledger, complex).id
  return findingListModel(ledger, clock.today(), PRINTED_BY, periodFindings(ledger, { ...period, complexId }))
}

async function savePaper(path: string, model: FindingListModel): Promise<void> {
  const pool = createRenderPool()
  try {
    saveNamedFile(path, await pool.renderPdf({ kind: 'table', model: findingListDocument(model) }), '--pdf')
  } finally {
    await pool.close()
  }
}

function printList({ lines }: FindingListModel): void {
  if (lines.length === 0) {
    print('这段时间没有疑点')
    return
  }
  printTable(
    [{ title: '查出' }, { title: '级别' }, { title: '状态' }, { title: '问题' }, { title: '金额', align: 'right' },
      { title: '情况' }, { title: '说明' }, { title: '销号' }],
    lines.map((line) => [
      line.foundOn, FINDING_LEVEL_WORD[line.level], FINDING_STATE_WORD[line.state], line.title,
      line.amountFen === null ? '' : formatYuan(line.amountFen), line.message, line.answer, line.closing,
    ]),
  )
}

export const findings: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: {
        from: { type: 'string' }, to: { type: 'string' }, complex: { type: 'string' }, run: { type: 'string' },
        pdf: { type: 'string' }, json: { type: 'boolean' },
      },
    })
    return readingLedger(positional('FILE'), async (ledger, clock): Promise<ExitCode> => {
      const model = modelFor(ledger, clock, values)
      if (values.pdf !== undefined) await savePaper(values.pdf, model)
      if (values.json === true) {
        printJson({
          from: model.from, to: model.to,
          findings: model.lines.map(({ amountFen, ...line }) =>
            ({ ...line, amount: amountFen === null ? null : plainYuan(amountFen) })),
        })
      } else printList(model)
      return 0
    })
  },
}
