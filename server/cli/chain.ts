/** `chain`: where a certificate's money came from and went, what was paid on the way, and what it really earned a year. */
import type { CertificateStatus } from '#core/deposit/deposit.ts'
import { fen, formatYuan, plainYuan, type Fen } from '#core/money.ts'
import { formatPercent } from '#core/rate.ts'
import { chainOf, type CertificateChain } from '#services/deposit/certificate-chain.ts'
import { certificateByNumber } from '#services/deposit/certificate.ts'
import { readArguments } from './arguments.ts'
import type { Command } from './commands.ts'
import { readingLedger } from './ledger.ts'
import { print, printJson, printTable } from './output.ts'

const usage = 'chain FILE NUMBER [--json]'

const STATUS_WORD: Readonly<Record<CertificateStatus, string>> = {
  pending: '待记账', inForce: '在存', withdrawn: '已支取', withdrawnEarly: '已提前支取', rolledOver: '已转存', cancelled: '已撤销',
}

type Shown = CertificateChain['certificates'][number]

/** Numbers of what a certificate was rolled into, `+` between parts of a split. */
function nextOf({ certificates, links }: CertificateChain, { id }: Shown): string {
  return links
    .filter(({ fromId, isReversed }) => fromId === id && isReversed === 0)
    .flatMap(({ toId }) => certificates.find((one) => one.id === toId)?.certificateNo ?? [])
    .join(' + ')
}

function interestOf({ events }: Shown, write: (amount: Fen) => string): string {
  const paid = events.filter(({ isReversed }) => isReversed === 0).reduce((sum, { interestPaidFen }) => sum + interestPaidFen, 0)
  return write(fen(paid))
}

export const chain: Command = {
  usage,
  run: (argv) => {
    const { positional, values } = readArguments(argv, {
      usage, positionals: ['FILE', 'NUMBER'], options: { json: { type: 'boolean' } },
    })
    return readingLedger(positional('FILE'), (ledger) => {
      const shown = chainOf(ledger, certificateByNumber(ledger, positional('NUMBER')).id)
      const yieldText = shown.yieldMicro === null ? null : formatPercent(shown.yieldMicro)
      if (values.json === true) {
        printJson({
          certificates: shown.certificates.map((one) => ({
            number: one.certificateNo, status: one.status, placed: plainYuan(one.placedFen),
            principal: plainYuan(one.principalFen), from: one.valueDate, due: one.dueDate,
            rate: formatPercent(one.rateMicro), interestPaid: interestOf(one, plainYuan),
            next: nextOf(shown, one).split(' + ').filter((number) => number !== ''),
          })),
          interestPaid: plainYuan(shown.interestPaidFen), yield: yieldText,
        })
        return 0
      }
      const money = (title: string) => ({ title, align: 'right' as const })
      printTable(
        [{ title: '证实书号' }, money('存入本金'), { title: '起息日' }, { title: '到期日' }, money('年利率'), money('已付利息'), { title: '状态' },
          { title: '转入' }],
        shown.certificates.map((one) => [
          one.certificateNo, formatYuan(one.placedFen), one.valueDate, one.dueDate, `${formatPercent(one.rateMicro)}%`,
          interestOf(one, formatYuan), STATUS_WORD[one.status], nextOf(shown, one),
        ]),
      )
      print(`累计已收利息 ${formatYuan(shown.interestPaidFen)} 元${yieldText === null ? '' : `，实现年化 ${yieldText}%`}`)
      return 0
    })
  },
}
