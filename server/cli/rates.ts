/** `rates`: a city's rates of the first contribution, with their papers; filled in by one person and confirmed by another. */
import { parseDate } from '#core/calendar.ts'
import { Problem } from '#core/problem.ts'
import { openLedger } from '#db/ledger.ts'
import { systemClock } from '#services/clock.ts'
import {
  contributionRates, setContributionRates, type ContributionRate, type RateTable,
} from '#services/household/contribution-rate.ts'
import { signIn } from '#services/people/user.ts'
import { clockFor } from '#services/sample/sample-day.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'
import { secretFrom } from './vault.ts'

const usage = 'rates FILE --profile CODE [--date DATE] [--json] [--lift YUAN] [--no-lift YUAN] [--other YUAN] ' +
  '[--price PERCENT] [--from DATE --source TEXT --reason TEXT --by LOGIN --approver LOGIN [--passwords PATH|-]]'

const RATE_WORD: Readonly<Record<ContributionRate, string>> = {
  lift: '住宅，有电梯（元/㎡）', noLift: '住宅，无电梯（元/㎡）', otherUse: '非住宅（元/㎡）', price: '按购房款（%）',
}

function printTableOf({ profile, profileCode, date, inForce, history }: RateTable): void {
  print(`${profile}（${profileCode}）　${date} 有效的首期交存标准`)
  printTable(
    [{ title: '类别' }, { title: '标准', align: 'right' }, { title: '自' }, { title: '出处' }],
    inForce.map(({ rate, text, validFrom, source }) => [RATE_WORD[rate], text ?? '待填写', validFrom ?? '', source]),
  )
  if (history.length === 0) return
  print('历次填写：')
  printTable(
    [{ title: '自' }, { title: '类别' }, { title: '标准', align: 'right' }, { title: '出处' }, { title: '填写' }, { title: '确认' }],
    history.map(({ validFrom, rate, text, source, setBy, approvedBy }) =>
      [validFrom, RATE_WORD[rate], text ?? '撤回', source, setBy, approvedBy]),
  )
}

function asked(value: string | undefined, option: string): string {
  if (value !== undefined) return value
  throw new Problem({ code: 'cli.arguments', message: `填写标准还缺 ${option}。 用法：mingzhang ${usage}`, field: option })
}

/** Two lines: of who fills in, of who confirms. As arguments they would stay in the shell's history. Errors: `cli.arguments`. */
function twoPasswords(path: string | undefined): readonly [string, string] {
  const text = asked(secretFrom(path, { option: '--passwords', variable: 'MINGZHANG_PASSWORDS' }), '--passwords')
  const [own, second] = text.split(/\r?\n/)
  return [own ?? '', asked(second, '--passwords')]
}

export const rates: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: {
        profile: { type: 'string' }, date: { type: 'string' }, json: { type: 'boolean' }, lift: { type: 'string' },
        'no-lift': { type: 'string' }, other: { type: 'string' }, price: { type: 'string' }, from: { type: 'string' },
        source: { type: 'string' }, reason: { type: 'string' }, by: { type: 'string' }, approver: { type: 'string' },
        passwords: { type: 'string' },
      },
    })
    const profileCode = asked(values.profile, '--profile')
    const { lift, 'no-lift': noLift, other: otherUse, price } = values
    const given = {
      ...(lift !== undefined && { lift }), ...(noLift !== undefined && { noLift }), ...(otherUse !== undefined && { otherUse }),
      ...(price !== undefined && { price }),
    }
    const file = positional('FILE')
    if (Object.keys(given).length > 0) {
      const ledger = openLedger(file, { now: systemClock.now() })
      try {
        const clock = clockFor(ledger, systemClock)
        const [password, approverPassword] = twoPasswords(values.passwords)
        const actor = signIn(ledger, clock, { login: asked(values.by, '--by'), password })
        setContributionRates({ ledger, clock, actor }, {
          profileCode, rates: given, validFrom: asked(values.from, '--from'), source: asked(values.source, '--source'),
          reason: asked(values.reason, '--reason'),
        }, { login: asked(values.approver, '--approver'), password: approverPassword })
      } finally {
        ledger.close()
      }
    }
    return readingLedger(file, (ledger, clock) => {
      const shown = values.date ?? values.from
      const date = shown === undefined ? clock.today() : parseDate(shown, { field: '--date' })
      const table = contributionRates(ledger, profileCode, date)
      if (values.json === true) printJson(table)
      else printTableOf(table)
      return 0
    })
  },
}
