/** `households`: a complex's register as it stands; owners counted, or with `--names` named, masked as on every screen. */
import { formatArea } from '#core/register/area.ts'
import type { HouseholdStanding, HouseholdUse } from '#core/register/household.ts'
import type { HouseholdId } from '#core/id.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { Ledger } from '#db/ledger.ts'
import { complexByCode, type Complex } from '#services/register/complex.ts'
import { listHouseholds, registerTotals, type ListedHousehold } from '#services/register/household-list.ts'
import { commandLineActor } from '#services/people/user.ts'
import { requireKeys } from '#services/register/identity-vault.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'
import { unlockForNames } from './vault.ts'

const usage = 'households FILE --complex CODE [--names [--passphrase-file PATH|-]] [--json]'

const STANDING_WORD: Readonly<Record<HouseholdStanding, string>> = {
  paid: '已交', owing: '欠交', low: '须续交', none: '免交', unknown: '未登记',
}
const USE_WORD: Readonly<Record<HouseholdUse, string>> = {
  house: '住宅', shop: '商铺', office: '办公', garage: '车库', storage: '储藏室', other: '其他',
}

const PAGE = 500

function allHouseholds(ledger: Ledger, complex: Complex, today: BusinessDate): readonly ListedHousehold[] {
  const all: ListedHousehold[] = []
  for (let after: HouseholdId | undefined; ;) {
    const page = listHouseholds(ledger, { complexId: complex.id, limit: PAGE, ...(after !== undefined && { after }) }, today)
    all.push(...page)
    after = page.at(-1)?.id
    if (page.length < PAGE) return all
  }
}

function yuan(amount: Fen | null): string {
  return amount === null ? '' : formatYuan(amount)
}

export const households: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: {
        complex: { type: 'string' }, names: { type: 'boolean' }, 'passphrase-file': { type: 'string' }, json: { type: 'boolean' },
      },
    })
    const code = values.complex
    if (code === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少小区编号。 用法：mingzhang ${usage}`, field: '--complex' })
    }
    return readingLedger(positional('FILE'), (ledger, clock) => {
      const complex = complexByCode(ledger, code)
      const isNamed = values.names === true
      if (isNamed) unlockForNames({ ledger, clock, actor: commandLineActor(ledger) }, values['passphrase-file'])
      if (isNamed) requireKeys(ledger)
      const listed = allHouseholds(ledger, complex, clock.today())
      const totals = registerTotals(ledger, { complexId: complex.id }, clock.today())
      if (values.json === true) {
        printJson({
          complex: complex.code,
          totals,
          households: listed.map(({ owners, buildingId: _building, ...row }) =>
            ({ ...row, owners: isNamed ? owners : owners.length })),
        })
        return 0
      }
      printTable(
        [{ title: '户室' }, { title: '用途' }, { title: '面积', align: 'right' }, { title: '应交', align: 'right' },
          { title: '余额', align: 'right' }, { title: '状态' }, { title: '业主', align: isNamed ? 'left' : 'right' }],
        listed.map((row) => [row.address, USE_WORD[row.use], formatArea(row.areaDm2), yuan(row.firstDueFen), yuan(row.balanceFen),
          STANDING_WORD[row.standing],
          isNamed ? row.owners.join('、') : String(row.owners.length)]),
      )
      print(`${complex.name}：${totals.households} 户，${formatArea(totals.areaDm2)} 平方米，余额 ${formatYuan(totals.balanceFen)} 元`)
      return 0
    })
  },
}
