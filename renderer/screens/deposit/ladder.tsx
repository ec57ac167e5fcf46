/** The ladder: how much falls due month by month, how it is spread over banks, and where it exceeds a limit. */
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { EChartsCoreOption } from 'echarts/core'
import { fen, formatYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { monthOf, nextMonth, type Month } from '#core/calendar.ts'
import { roundedPercent } from '#core/deposit/deposit-ladder.ts'
import { api } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { dueWords } from '../../messages/due.ts'
import { Chart } from '../../parts/chart.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import type { Palette } from '../../theme.ts'
import { BankShares, Findings } from './ladder-limits.tsx'
import { DepositSections, PlaceButton } from './sections.tsx'

const text = dueWords.ladder

type DepositLadder = Answers['due']['ladder']
type Rung = { readonly month: Month; readonly count: number; readonly overdueFen: Fen; readonly comingFen: Fen }

/** Every month from the first to the last, the empty ones too: a gap in the ladder is what the reader looks for. */
function rungsOf(months: DepositLadder['months'], thisMonth: Month): readonly Rung[] {
  const first = months[0]?.month
  const last = months.at(-1)?.month
  if (first === undefined || last === undefined) return []
  const byMonth = new Map(months.map((row) => [row.month, row]))
  const rungs: Rung[] = []
  for (let month = first < thisMonth ? first : thisMonth; month <= last; month = nextMonth(month)) {
    rungs.push(byMonth.get(month) ?? { month, count: 0, overdueFen: ZERO_FEN, comingFen: ZERO_FEN })
  }
  return rungs
}

const FEN_PER_WAN = 1_000_000
const HEIGHT = 300

function ladderOption(rungs: readonly Rung[], palette: Palette): EChartsCoreOption {
  const series = (name: string, side: 'overdueFen' | 'comingFen', color: string) => ({
    name, type: 'bar', stack: 'month', barMaxWidth: 26, itemStyle: { color }, data: rungs.map((rung) => rung[side]),
  })
  return {
    grid: { left: 4, right: 16, top: 32, bottom: 4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: palette.ink } },
    tooltip: { valueFormatter: (value: unknown) => (typeof value === 'number' ? formatYuan(fen(value)) : '') },
    xAxis: {
      type: 'category',
      data: rungs.map(({ month }) => month),
      axisLabel: { color: palette.ink },
      axisLine: { lineStyle: { color: palette.rule } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      axisLabel: { color: palette.quiet, formatter: (value: number) => text.inWan(value / FEN_PER_WAN) },
      splitLine: { lineStyle: { color: palette.rule } },
    },
    series: [series(text.overdue, 'overdueFen', palette.bad), series(text.coming, 'comingFen', palette.accent)],
  }
}

export function Ladder() {
  const { complexId } = useScope()
  const { data: ladder, error } = useQuery(api.due.ladder.queryOptions({ complexId }))
  return (
    <Page title={depositText.title} actions={<PlaceButton />} toolbar={<DepositSections current="ladder" />}>
      {error !== null && <ProblemNote error={error} />}
      {ladder?.count === 0 && <p className="quiet">{text.empty}</p>}
      {ladder !== undefined && ladder.count > 0 && (
        <>
          <LadderFacts ladder={ladder} />
          <MonthChart months={ladder.months} />
          <div className="ladder-limits">
            <BankShares ladder={ladder} />
            <Findings ladder={ladder} />
          </div>
        </>
      )}
    </Page>
  )
}

function LadderFacts({ ladder }: { readonly ladder: DepositLadder }) {
  const { count, principalFen, averageRate, averageDays, largest, limits } = ladder
  return (
    <div className="ladder-facts">
      <Facts
        facts={[
          { label: text.total, value: <><strong><Money fen={principalFen} unit="¥" /></strong> {text.certificates(count)}</> },
          { label: text.averageRate, value: averageRate === null ? text.none : `${roundedPercent(averageRate, 4)}%` },
          { label: text.averageDays, value: averageDays === null ? text.none : text.days(averageDays) },
          {
            label: text.largest,
            value: largest === null
              ? text.none
              : (
                  <>
                    <Money fen={largest.principalFen} unit="¥" />{' '}
                    <Go to={{ screen: 'deposits', path: [largest.id] }}>{largest.certificateNo}</Go>{' '}
                    <span className="quiet">
                      {limits.largest.value === null ? text.noLimit : text.limit(formatYuan(limits.largest.value))}
                    </span>
                  </>
                ),
          },
          {
            label: text.longest,
            value: limits.longestMonths.value === null
              ? <span className="quiet">{text.noLimit}</span>
              : text.months(limits.longestMonths.value),
          },
        ]}
      />
    </div>
  )
}

function MonthChart({ months }: Pick<DepositLadder, 'months'>) {
  const { today } = useScope()
  const rungs = useMemo(() => rungsOf(months, monthOf(today)), [months, today])
  const option = useMemo(() => (palette: Palette) => ladderOption(rungs, palette), [rungs])
  const table = {
    head: [text.month, text.count, text.overdue, text.coming],
    rows: rungs
      .filter(({ count }) => count > 0)
      .map(({ month, count, overdueFen, comingFen }) => [
        month, count, <Money key="overdue" fen={overdueFen} />, <Money key="coming" fen={comingFen} />,
      ]),
  }
  return <Chart title={text.chart} option={option} table={table} height={HEIGHT} />
}
