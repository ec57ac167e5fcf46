/** `self-funding`: what a complex's households were asked to pay in, what came in and how old it is; letters with `--letters`. */
import { CLAIM_STATE_WORD } from '#core/household/self-funding.ts'
import { idOf, type SelfFundingClaimId } from '#core/id.ts'
import { addFen, formatYuan, plainYuan } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { Ledger } from '#db/ledger.ts'
import { createRenderPool } from '#reports/pool.ts'
import { listClaims, type ListedClaim } from '#services/household/self-funding.ts'
import { commandLineActor } from '#services/people/user.ts'
import { complexByCode, type Complex } from '#services/register/complex.ts'
import { selfFundingLetters } from '../print-self-funding.ts'
import { readArguments, readWholeNumber } from './arguments.ts'
import type { Command, ExitCode } from './commands.ts'
import { saveNamedFile } from './files.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'
import { unlockForNames } from './vault.ts'

const usage = 'self-funding FILE --complex CODE [--sheet NUMBER] [--open] [--letters OUT.pdf] [--passphrase-file PATH|-] [--json]'

const PAGE = 500
const MOST_SHEETS = 1_000_000_000

type Asked = { readonly sheet: string | undefined; readonly isOpen: boolean }

function claimsOf(ledger: Ledger, complex: Complex, asked: Asked, today: BusinessDate): readonly ListedClaim[] {
  const sheet = asked.sheet === undefined
    ? {}
    : { apportionmentId: idOf<'apportionment'>(readWholeNumber(asked.sheet, '--sheet', 1, MOST_SHEETS)) }
  const all: ListedClaim[] = []
  for (let after: SelfFundingClaimId | undefined; ;) {
    const page = listClaims(ledger, {
      complexId: complex.id, isOpen: asked.isOpen, limit: PAGE, ...sheet, ...(after !== undefined && { after }),
    }, today)
    all.push(...page)
    after = page.at(-1)?.id
    if (page.length < PAGE) return all
  }
}

function claimsAsJson(complex: Complex, claims: readonly ListedClaim[]): void {
  printJson({
    complex: complex.code,
    claims: claims.map((claim) => ({
      household: claim.address, sheet: claim.apportionmentId, title: claim.title, part: claim.part, state: claim.state,
      owed: plainYuan(claim.owedFen), collected: plainYuan(claim.collectedFen), pending: plainYuan(claim.pendingFen),
      left: plainYuan(claim.leftFen), demandedOn: claim.demandedOn, dueOn: claim.dueOn, ageDays: claim.ageDays,
      overdueDays: claim.overdueDays,
    })),
  })
}

function printClaims(complex: Complex, claims: readonly ListedClaim[]): void {
  if (claims.length === 0) return print(`${complex.name}没有自筹征缴。`)
  printTable(
    [{ title: '户室' }, { title: '分摊表', align: 'right' }, { title: '事项' },
      ...['应交', '已收', '待记账', '未收'].map((title) => ({ title, align: 'right' as const })), { title: '状态' },
      { title: '期限' }, { title: '天数', align: 'right' }],
    claims.map((claim) => [
      claim.address, String(claim.apportionmentId), claim.title,
      ...[claim.owedFen, claim.collectedFen, claim.pendingFen, claim.leftFen].map((amount) => formatYuan(amount)),
      CLAIM_STATE_WORD[claim.state], claim.dueOn, String(claim.ageDays),
    ]),
  )
  const sum = (amountOf: (claim: ListedClaim) => ListedClaim['owedFen']) => formatYuan(addFen(...claims.map(amountOf)))
  print(`${complex.name}：${claims.length} 笔，应交 ${sum(({ owedFen }) => owedFen)} 元，已收 ` +
    `${sum(({ collectedFen }) => collectedFen)} 元，未收 ${sum(({ leftFen }) => leftFen)} 元`)
}

export const selfFunding: Command = {
  usage,
  run: async (argv) => {
    const { positional, values } = readArguments(argv, {
      usage,
      positionals: ['FILE'],
      options: {
        complex: { type: 'string' }, sheet: { type: 'string' }, open: { type: 'boolean' }, letters: { type: 'string' },
        'passphrase-file': { type: 'string' }, json: { type: 'boolean' },
      },
    })
    const { complex: code, letters, sheet } = values
    if (code === undefined) {
      throw new Problem({ code: 'cli.arguments', message: `缺少小区编号。 用法：mingzhang ${usage}`, field: '--complex' })
    }
    return readingLedger(positional('FILE'), async (ledger, clock): Promise<ExitCode> => {
      const complex = complexByCode(ledger, code)
      const claims = claimsOf(ledger, complex, { sheet, isOpen: values.open === true }, clock.today())
      if (letters !== undefined) {
        const context = { ledger, clock, actor: commandLineActor(ledger) }
        unlockForNames(context, values['passphrase-file'])
        const apportionmentId = sheet === undefined ? null : claims[0]?.apportionmentId ?? null
        const pool = createRenderPool()
        try {
          const model = selfFundingLetters(context, { complexId: complex.id, apportionmentId })
          saveNamedFile(letters, await pool.renderPdf({ kind: 'householdLetters', model }), '--letters')
        } finally {
          await pool.close()
        }
      }
      if (values.json === true) claimsAsJson(complex, claims)
      else printClaims(complex, claims)
      return 0
    })
  },
}
