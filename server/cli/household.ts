/** `household`: one household's account, as a table, a paper or JSON. Names stand on the paper alone, masked, once unlocked. */
import { parseDate, type BusinessDate } from '#core/calendar.ts'
import { HOUSEHOLD_MOVEMENT_WORD } from '#core/household/household-account.ts'
import { HOUSEHOLD_PART_WORD, HOUSEHOLD_PARTS, type HouseholdBalance } from '#core/household/household-entry.ts'
import type { HouseholdId } from '#core/id.ts'
import { formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { createRenderPool } from '#reports/pool.ts'
import { complexByCode, type Complex } from '#services/register/complex.ts'
import { householdAccount, requireSubLedger, type HouseholdAccount } from '#services/household/household-account.ts'
import { listHouseholds } from '#services/register/household-list.ts'
import { commandLineActor } from '#services/people/user.ts'
import { statementsModel } from '../print-household.ts'
import { readArguments } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { saveNamedFile } from './files.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'
import { unlockForNames } from './vault.ts'

const usage = 'household FILE --complex CODE --household "1幢 2单元 301" [--from DATE] [--to DATE] [--pdf OUT] ' +
  '[--passphrase-file PATH|-] [--json]'

const PAGE = 500

/** By its address, spaces aside: `1幢2单元301`. Throws `household.missing`. */
function householdAt(ledger: Ledger, complex: Complex, address: string, today: BusinessDate): HouseholdId {
  const wanted = address.replace(/\s/g, '')
  for (let after: HouseholdId | undefined; ;) {
    const page = listHouseholds(ledger, { complexId: complex.id, limit: PAGE, ...(after !== undefined && { after }) }, today)
    const found = page.find((row) => row.address.replace(/\s/g, '') === wanted)
    if (found !== undefined) return found.id
    after = page.at(-1)?.id
    if (page.length < PAGE) break
  }
  const message = `${complex.name}没有“${address}”这一户：请照户室列表的写法，例如 1幢 2单元 301`
  throw new Problem({ code: 'household.missing', message, field: '--household' })
}

function partsAsJson(balance: HouseholdBalance): Record<string, string> {
  return Object.fromEntries([...HOUSEHOLD_PARTS, 'totalFen' as const].map((part) =>
    [part === 'totalFen' ? 'total' : part, plainYuan(balance[part])]))
}

function accountAsJson(account: HouseholdAccount): void {
  printJson({
    complex: account.complex, household: account.address, from: account.from, to: account.to,
    opening: partsAsJson(account.opening),
    lines: account.lines.map(({ date, word, summary, movement, part, amountFen, balanceFen }) => ({
      date, voucher: word, summary, movement, part, amount: plainYuan(amountFen), balance: plainYuan(balanceFen),
    })),
    closing: partsAsJson(account.closing),
  })
}

function printAccount(account: HouseholdAccount): void {
  const { opening, closing } = account
  print(`${account.complex} ${account.address}　${account.from} 至 ${account.to}　单位：元`)
  printTable(
    [{ title: '日期' }, { title: '凭证' }, { title: '事项' }, { title: '部分' }, { title: '摘要' },
      { title: '金额', align: 'right' }, { title: '余额', align: 'right' }],
    [
      ['', '', '期初余额', '', '', '', formatYuan(opening.totalFen)],
      ...account.lines.map((line) => [
        line.date, line.word, HOUSEHOLD_MOVEMENT_WORD[line.movement], HOUSEHOLD_PART_WORD[line.part], line.summary,
        formatYuan(line.amountFen), formatYuan(line.balanceFen),
      ]),
    ],
  )
  const parts = HOUSEHOLD_PARTS.filter((part) => closing[part] !== 0)
    .map((part) => `${HOUSEHOLD_PART_WORD[part]} ${formatYuan(closing[part])}`)
  print(`期末余额 ${formatYuan(closing.totalFen)} 元${parts.length === 0 ? '' : `（${parts.join('，')}）`}`)
}

export const household: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: {
        complex: { type: 'string' }, household: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' },
        pdf: { type: 'string' }, 'passphrase-file': { type: 'string' }, json: { type: 'boolean' },
      },
    })
    const { complex: code, household: address, pdf } = values
    if (code === undefined || address === undefined) {
      const message = `缺少小区编号或户室。 用法：mingzhang ${usage}`
      throw new Problem({ code: 'cli.arguments', message, field: code === undefined ? '--complex' : '--household' })
    }
    return readingLedger(positional('FILE'), async (ledger, clock): Promise<ExitCode> => {
      const complex = complexByCode(ledger, code)
      requireSubLedger(ledger, complex.id)
      const today = clock.today()
      const to = values.to === undefined ? today : parseDate(values.to, { field: '--to' })
      const from = values.from === undefined ? parseDate(`${to.slice(0, 4)}-01-01`) : parseDate(values.from, { field: '--from' })
      const id = householdAt(ledger, complex, address, today)
      if (pdf !== undefined) {
        const context = { ledger, clock, actor: commandLineActor(ledger) }
        unlockForNames(context, values['passphrase-file'])
        const pool = createRenderPool()
        try {
          const model = statementsModel(context, [id], { from, to })
          saveNamedFile(pdf, await pool.renderPdf({ kind: 'householdStatements', model }), '--pdf')
        } finally {
          await pool.close()
        }
      }
      const account = householdAccount(ledger, id, { from, to })
      if (values.json === true) accountAsJson(account)
      else printAccount(account)
      return 0
    })
  },
}
