/** Charts in the page's colours, each with its figures as a table for those who do not see it or want the numbers. */
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { Button } from 'antd'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use as register, type EChartsCoreOption } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { partsText } from '../messages/parts.ts'
import { FONT_FAMILY, GRID_FONT_SIZE, PALETTE, type Palette } from '../theme.ts'
import { useThemeMode } from '../theme-mode.ts'

register([BarChart, LineChart, GridComponent, TooltipComponent, LegendComponent, MarkLineComponent, CanvasRenderer])

export type ChartTable = { readonly head: readonly string[]; readonly rows: readonly (readonly ReactNode[])[] }

type Props = {
  readonly title: string
  /** Made from the palette, so that light and dark both read; tooltips are drawn, never HTML (the policy refuses it). */
  readonly option: (palette: Palette) => EChartsCoreOption
  readonly table: ChartTable
  /** Pixels. */
  readonly height: number
}

function inHouseStyle(option: EChartsCoreOption, palette: Palette): EChartsCoreOption {
  return {
    color: [palette.accent, palette.due, palette.quiet, palette.good],
    animation: false,
    textStyle: { fontFamily: FONT_FAMILY, fontSize: GRID_FONT_SIZE, color: palette.ink },
    ...option,
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      backgroundColor: palette.paper,
      borderColor: palette.rule,
      textStyle: { color: palette.ink, fontSize: GRID_FONT_SIZE, fontFamily: FONT_FAMILY },
      ...(typeof option['tooltip'] === 'object' ? option['tooltip'] : {}),
      renderMode: 'richText',
    },
  }
}

export function Chart({ title, option, table, height }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const tableId = useId()
  const [isTableShown, setTableShown] = useState(false)
  const palette = PALETTE[useThemeMode()]

  useEffect(() => {
    const element = place.current
    if (element === null) return undefined
    const chart = init(element)
    chart.setOption(inHouseStyle(option(palette), palette))
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(element)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [option, palette])

  return (
    <figure className="chart">
      <figcaption>
        <h2>{title}</h2>
        <Button
          type="link"
          size="small"
          aria-expanded={isTableShown}
          aria-controls={tableId}
          onClick={() => setTableShown(!isTableShown)}
        >
          {isTableShown ? partsText.chart.hideTable : partsText.chart.showTable}
        </Button>
      </figcaption>
      <div ref={place} style={{ height }} role="img" aria-label={title} aria-describedby={tableId} />
      <table id={tableId} className={isTableShown ? 'plain-table' : 'visually-hidden'}>
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) =>
                column === 0 ? <th key={column} scope="row">{cell}</th> : <td key={column}>{cell}</td>,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}
