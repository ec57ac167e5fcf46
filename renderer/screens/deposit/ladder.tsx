/** The ladder: how much falls due month by month, what is overdue apart. */
import { useMemo } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { EChartsCoreOption } from 'echarts/core'
import { addFen, fen, formatYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { monthOf, nextMonth, type Month } from '#core/calendar.ts'
import { api } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { Chart } from '../../parts/chart.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import type { Palette } from '../../theme.ts'
import { DepositSections, PlaceButton, useComplexFilter } from './sections.tsx'

type Rung = { readonly month: Month; readonly count: number; readonly overdueFen: Fen; readonly comingFen: Fen }

/** Every month from the first to the last, the empty ones too: a gap in the ladder is what the reader looks for. */
function rungsOf(months: Answers['deposit']['ladder'], thisMonth: Month): readonly Rung[] {
  const first = months[0]?.month
  const last = months.at(-1)?.month
  if (first === undefined || last === undefined) return []
  const rungs: Rung[] = []
  for (let month = first < thisMonth ? first : thisMonth; month <= last; month = nextMonth(month)) {
    const here = months.filter((row) => row.month === month)
    const sum = (isOverdue: 0 | 1) => here.find((row) => row.isOverdue === isOverdue)?.principalFen ?? ZERO_FEN
    rungs.push({ month, count: here.reduce((count, row) => count + row.count, 0), overdueFen: sum(1), comingFen: sum(0) })
  }
  return rungs
}

const FEN_PER_WAN = 1_000_000
const HEIGHT = 380

function ladderOption(rungs: readonly Rung[], palette: Palette): EChartsCoreOption {
  const { ladder: text } = depositText
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
  const text = depositText.ladder
  const { today } = useScope()
  const { data: months, error } = useQuery(api.deposit.ladder.queryOptions(useComplexFilter()))
  const rungs = useMemo(() => rungsOf(months ?? [], monthOf(today)), [months, today])
  const option = useMemo(() => (palette: Palette) => ladderOption(rungs, palette), [rungs])
  const table = {
    head: [text.month, text.count, text.overdue, text.coming],
    rows: rungs
      .filter(({ count }) => count > 0)
      .map(({ month, count, overdueFen, comingFen }) => [
        month, count, <Money key="overdue" fen={overdueFen} />, <Money key="coming" fen={comingFen} />,
      ]),
  }
  const total = addFen(...rungs.flatMap(({ overdueFen, comingFen }) => [overdueFen, comingFen]))
  return (
    <Page title={depositText.title} actions={<PlaceButton />} toolbar={<DepositSections current="ladder" />}>
      {error !== null && <ProblemNote error={error} />}
      {months?.length === 0 && <p className="quiet">{text.empty}</p>}
      {rungs.length > 0 && (
        <>
          <p className="ladder-total">
            {text.hint(rungs.reduce((count, rung) => count + rung.count, 0))} <Money fen={total} unit="¥" />
          </p>
          <Chart title={text.chart} option={option} table={table} height={HEIGHT} />
        </>
      )}
    </Page>
  )
}
