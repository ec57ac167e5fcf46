/** Demand and term by fund, and each bank's share, as bars with their figures. */
import { useMemo } from 'react'
import type { EChartsCoreOption } from 'echarts/core'
import { FUND_KINDS } from '#core/fund.ts'
import { addFen, divideRoundHalfUp, fen, formatYuan, type Fen } from '#core/money.ts'
import { todayText } from '../../messages/today.ts'
import { FUND_WORD } from '../../messages/words.ts'
import { Chart, type ChartTable } from '../../parts/chart.tsx'
import { Money } from '../../parts/money.tsx'
import type { Answers } from '../../records.ts'
import type { Palette } from '../../theme.ts'

type Balances = Answers['book']['bankBalances']
type Bar = { readonly name: string; readonly demandFen: Fen; readonly termFen: Fen; readonly totalFen: Fen }

function sumOf(name: string, balances: Balances): Bar {
  const demandFen = addFen(...balances.map((balance) => balance.demandFen))
  const termFen = addFen(...balances.map((balance) => balance.termFen))
  return { name, demandFen, termFen, totalFen: addFen(demandFen, termFen) }
}

function byFund(balances: Balances): readonly Bar[] {
  return FUND_KINDS.map((fund) => [fund, balances.filter((balance) => balance.fundKind === fund)] as const)
    .filter(([, ofFund]) => ofFund.length > 0)
    .map(([fund, ofFund]) => sumOf(FUND_WORD[fund], ofFund))
}

function byBank(balances: Balances): readonly Bar[] {
  return [...Map.groupBy(balances, ({ bankName }) => bankName)]
    .map(([name, ofBank]) => sumOf(name, ofBank))
    .toSorted((one, other) => other.totalFen - one.totalFen)
}

const FEN_PER_WAN = 1_000_000

/** Horizontal stacked bars, measured in fen; only the axis is shortened to 万元. */
function barOption(bars: readonly Bar[], palette: Palette): EChartsCoreOption {
  // The first category stands at the bottom of a horizontal chart.
  const shown = bars.toReversed()
  const series = (name: string, side: 'demandFen' | 'termFen', color: string) => ({
    name,
    type: 'bar',
    stack: 'balance',
    barMaxWidth: 18,
    itemStyle: { color },
    data: shown.map((bar) => bar[side]),
  })
  return {
    grid: { left: 4, right: 20, top: 26, bottom: 2, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: palette.ink } },
    tooltip: { valueFormatter: (value: unknown) => (typeof value === 'number' ? formatYuan(fen(value)) : '') },
    xAxis: {
      type: 'value',
      splitNumber: 3,
      axisLabel: { color: palette.quiet, formatter: (value: number) => todayText.inWan(value / FEN_PER_WAN) },
      splitLine: { lineStyle: { color: palette.rule } },
    },
    yAxis: {
      type: 'category',
      data: shown.map(({ name }) => name),
      axisLabel: { color: palette.ink, width: 120, overflow: 'truncate' },
      axisLine: { lineStyle: { color: palette.rule } },
      axisTick: { show: false },
    },
    series: [series(todayText.demand, 'demandFen', palette.accent), series(todayText.term, 'termFen', palette.barTerm)],
  }
}

/** Tenths of a percent, `63.2%`; blank while there is nothing to share. */
function shareText(part: Fen, whole: Fen): string {
  if (whole <= 0) return ''
  const tenths = divideRoundHalfUp(BigInt(part) * 1000n, BigInt(whole))
  return `${tenths / 10n}.${tenths % 10n}%`
}

function tableOf(head: string, bars: readonly Bar[]): ChartTable {
  const all = addFen(...bars.map(({ totalFen }) => totalFen))
  return {
    head: [head, todayText.demand, todayText.term, todayText.total, todayText.share],
    rows: bars.map(({ name, demandFen, termFen, totalFen }) => [
      name,
      <Money key="demand" fen={demandFen} />,
      <Money key="term" fen={termFen} />,
      <Money key="total" fen={totalFen} />,
      shareText(totalFen, all),
    ]),
  }
}

const BAR_HEIGHT = 30
const AXIS_HEIGHT = 54

type Props = {
  readonly balances: Balances
  /** The sentence when there is no bank account to show. */
  readonly empty: string
}

export function MoneyOverview({ balances, empty }: Props) {
  const funds = useMemo(() => byFund(balances), [balances])
  const banks = useMemo(() => byBank(balances), [balances])
  const fundOption = useMemo(() => (palette: Palette) => barOption(funds, palette), [funds])
  const bankOption = useMemo(() => (palette: Palette) => barOption(banks, palette), [banks])
  if (balances.length === 0) return <p className="quiet">{empty}</p>
  const total = addFen(...funds.map(({ totalFen }) => totalFen))
  return (
    <>
      <p className="today-total">
        {todayText.total} <Money fen={total} unit="¥" />
      </p>
      <Chart
        title={todayText.byFund}
        option={fundOption}
        table={tableOf(todayText.fund, funds)}
        height={AXIS_HEIGHT + BAR_HEIGHT * funds.length}
      />
      <Chart
        title={todayText.byBank}
        option={bankOption}
        table={tableOf(todayText.bank, banks)}
        height={AXIS_HEIGHT + BAR_HEIGHT * banks.length}
      />
    </>
  )
}
