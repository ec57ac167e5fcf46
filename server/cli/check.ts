/** `check`: the self-check without writing anything; 1 while anything of level 阻止 or 警示 is not closed out. */
import { parseDate } from '#core/calendar.ts'
import { FINDING_LEVEL_WORD, type Finding } from '#core/checks/finding.ts'
import { checkRule } from '#core/checks/rules.ts'
import { FINDING_STATE_WORD, type FindingState } from '#core/checks/standing.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import { stateOfFindings } from '#services/finding/finding-register.ts'
import { findNow } from '#services/finding/self-check.ts'
import { skippedSentences } from '../finding.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printProgress, printTable } from './output.ts'

const usage = 'check FILE [--from DATE] [--to DATE] [--json]'

type Standing = { readonly finding: Finding; readonly state: FindingState }

function mustBeSettled({ finding, state }: Standing): boolean {
  return finding.level === 'block' || (finding.level === 'warn' && state !== 'closed')
}

export const check: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE'],
      options: { from: { type: 'string' }, to: { type: 'string' }, json: { type: 'boolean' } },
    })
    const from = values.from === undefined ? null : parseDate(values.from, { field: '--from' })
    const until = values.to === undefined ? null : parseDate(values.to, { field: '--to' })
    return readingLedger(positional('FILE'), (ledger, clock): ExitCode => {
      const to = until ?? clock.today()
      if (from !== null && from > to) {
        throw new Problem({ code: 'check.period', message: '起始日不能晚于截止日，请核对日期。', field: '--from' })
      }
      const { findings, skipped } = findNow(ledger, clock.today(), { from, to, complexId: null, bookId: null })
      const states = stateOfFindings(ledger, findings, to < clock.today() ? 'earlier' : 'now')
      const standing = findings.map((finding, index): Standing => ({ finding, state: states[index] ?? 'open' }))
      if (values.json === true) {
        printJson({
          from, to,
          findings: standing.map(({ finding, state }) => ({
            rule: finding.rule, level: finding.level, state, title: checkRule(finding.rule).title,
            basis: checkRule(finding.rule).basis, message: finding.message,
            amount: finding.amountFen === null ? null : plainYuan(finding.amountFen), links: finding.links,
          })),
          skipped,
        })
      } else if (findings.length === 0) print('自查没有发现疑点')
      else {
        printTable(
          [{ title: '级别' }, { title: '状态' }, { title: '问题' }, { title: '金额', align: 'right' }, { title: '说明' }],
          standing.map(({ finding, state }) => [
            FINDING_LEVEL_WORD[finding.level], FINDING_STATE_WORD[state], checkRule(finding.rule).title,
            finding.amountFen === null ? '' : formatYuan(finding.amountFen), finding.message,
          ]),
        )
      }
      if (values.json !== true) for (const sentence of skippedSentences(skipped)) printProgress(sentence)
      return standing.some(mustBeSettled) ? 1 : 0
    })
  },
}
