/** The picture of a building (楼盘图): floors × rooms per entrance, each cell with its state in words, A4 the way it fits. */
import type { Content, TableCell } from 'pdfmake/interfaces'
import { formatArea } from '#core/register/area.ts'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { PictureEntrance } from '#core/register/building-picture.ts'
import { householdAddress, type HouseholdStanding } from '#core/register/household.ts'
import { formatYuan, type Fen } from '#core/money.ts'
import type { FieldText } from './font.ts'
import { covered, headCell, listPage, ruledLayout, type Paper } from './paper.ts'

export type BuildingPictureRoom = {
  readonly entrance: string
  readonly floor: number | null
  readonly room: string
  readonly areaDm2: number
  readonly isExcluded: boolean
  readonly isDeveloperHeld: boolean
  readonly standing: HouseholdStanding
}

export type BuildingPictureModel = {
  readonly office: string
  readonly complex: string
  readonly building: string
  readonly entrances: readonly PictureEntrance<BuildingPictureRoom>[]
  readonly totals: {
    readonly households: number
    readonly areaDm2: number
    readonly dueFen: Fen
    readonly paidFen: Fen
    readonly balanceFen: Fen
    readonly standings: Readonly<Record<HouseholdStanding, number>>
  }
  readonly asOf: BusinessDate
  readonly printedBy: string
}

const MARGIN = { side: 36, top: 36, bottom: 44 }

/** Light enough that the words stay black on them, and different in grey on a monochrome printer. */
const FILL: Readonly<Record<HouseholdStanding, string | null>> = {
  paid: '#dff0e4', owing: '#f6c9c4', low: '#ffe9b8', none: '#eeeeee', unknown: null,
}
const WORD: Readonly<Record<HouseholdStanding, string>> = {
  paid: '已交', owing: '欠交', low: '须续交', none: '免交', unknown: '未登记',
}

function wordsOf(room: BuildingPictureRoom): string {
  const marks = [WORD[room.standing], room.isExcluded ? '不分摊' : '', room.isDeveloperHeld ? '未售' : '']
  return marks.filter((mark) => mark !== '').join('\n')
}

function roomCell(rooms: readonly BuildingPictureRoom[]): TableCell {
  const [first] = rooms
  if (first === undefined) return { text: '' }
  const fill = rooms.length === 1 ? FILL[first.standing] : null
  return {
    stack: rooms.map((room): Content => ({
      text: [
        { text: room.room, bold: true },
        { text: `\n${formatArea(room.areaDm2)}㎡\n${wordsOf(room)}`, fontSize: 7 },
      ],
    })),
    alignment: 'center',
    ...(fill !== null && { fillColor: fill }),
  }
}

function floorWord(floor: number | null): string {
  if (floor === null) return '未注明'
  return floor < 0 ? `地下${-floor}层` : `${floor}层`
}

const STOREY = 38
const PADDING = 2
const GAP = 14
const WIDEST_ROOM = 90

type Sheet = {
  readonly orientation: 'landscape' | 'portrait'
  readonly width: number
  /** Wider than the page would not be readable: an entrance of many rooms is drawn in several strips. */
  readonly columns: number
  /** So many storeys fit a page under the title; taller towers may break. */
  readonly storeys: number
}
const LANDSCAPE: Sheet = { orientation: 'landscape', width: 842 - 2 * MARGIN.side, columns: 14, storeys: 10 }
const PORTRAIT: Sheet = { orientation: 'portrait', width: 595 - 2 * MARGIN.side, columns: 9, storeys: 13 }

type Strip = {
  readonly title: string
  readonly columns: number
  readonly floors: PictureEntrance<BuildingPictureRoom>['floors']
}

/** The storeys' names take about as much as half a room. */
function neededBy(columns: number): number {
  return columns + 0.5
}

/** Upright where the building is a tower that fits beside itself: across, its last storeys would stand on a second page. */
function sheetFor({ entrances }: BuildingPictureModel): Sheet {
  const needed = entrances.reduce((sum, { columns }) => sum + neededBy(columns.length), 0)
  const isTall = entrances.some(({ floors }) => floors.length > LANDSCAPE.storeys)
  return isTall && needed <= PORTRAIT.columns ? PORTRAIT : LANDSCAPE
}

function stripsOf(
  { entrance, columns, floors }: PictureEntrance<BuildingPictureRoom>, sheet: Sheet,
): readonly Strip[] {
  const name = householdAddress('', entrance, '')
  const count = Math.ceil(columns.length / sheet.columns)
  return Array.from({ length: count }, (_, index): Strip => {
    const start = index * sheet.columns
    const end = Math.min(start + sheet.columns, columns.length)
    return {
      title: count === 1 ? name : `${name}（${index + 1}/${count}）`,
      columns: end - start,
      floors: floors.map(({ floor, cells }) => ({ floor, cells: cells.slice(start, end) })),
    }
  })
}

/** Entrances beside each other while their rooms fit the page. */
function bandsOf(strips: readonly Strip[], sheet: Sheet): readonly (readonly Strip[])[] {
  const bands: Strip[][] = []
  let taken = sheet.columns
  for (const strip of strips) {
    const needed = neededBy(strip.columns)
    if (taken + needed > sheet.columns) {
      bands.push([])
      taken = 0
    }
    bands.at(-1)?.push(strip)
    taken += needed
  }
  return bands
}

function stripTable({ title, columns, floors }: Strip, roomWidth: number): Content {
  const body: TableCell[][] = floors.map(({ floor, cells }) => [
    { text: floorWord(floor), alignment: 'center', fontSize: 8 },
    ...cells.map(roomCell),
  ])
  const head = title === '' ? [] : [[headCell(title, { colSpan: columns + 1 }), ...covered(columns)]]
  return {
    table: {
      headerRows: head.length, dontBreakRows: true, body: [...head, ...body],
      widths: [STOREY, ...Array.from({ length: columns }, () => roomWidth)],
    },
    layout: ruledLayout({ x: PADDING, y: 2 }),
  }
}

function bandContent(band: readonly Strip[], sheet: Sheet): Content {
  const rooms = band.reduce((sum, { columns }) => sum + columns, 0)
  const cells = rooms + band.length
  const free = sheet.width - GAP * (band.length - 1) - STOREY * band.length - cells * (2 * PADDING + 1)
  const roomWidth = Math.min(WIDEST_ROOM, Math.floor(free / rooms))
  const isLow = band.every(({ floors }) => floors.length <= sheet.storeys)
  return {
    columns: band.map((strip) => ({ width: 'auto', stack: [stripTable(strip, roomWidth)] })),
    columnGap: GAP, margin: [0, 0, 0, 10], unbreakable: isLow,
  }
}

function texts(model: BuildingPictureModel): readonly FieldText[] {
  return [
    { field: '单位', text: model.office },
    { field: '小区', text: model.complex },
    { field: '楼幢', text: model.building },
    { field: '打印人', text: model.printedBy },
    ...model.entrances.flatMap(({ entrance, floors }) =>
      floors.flatMap(({ cells }) => cells.flat().map((room): FieldText => ({ field: '房号', text: entrance + room.room })))),
  ]
}

function legend({ totals }: BuildingPictureModel): Content {
  const states: readonly HouseholdStanding[] = ['paid', 'owing', 'low', 'none', 'unknown']
  const shown = states.filter((state) => totals.standings[state] > 0)
  return {
    table: {
      widths: shown.map(() => 'auto'),
      body: [shown.map((state): TableCell => {
        const fill = FILL[state]
        return { text: `${WORD[state]} ${totals.standings[state]} 户`, ...(fill !== null && { fillColor: fill }) }
      })],
    },
    layout: ruledLayout({ x: 6, y: 1 }),
    margin: [0, 0, 0, 8],
  }
}

function drawing(model: BuildingPictureModel, sheet: Sheet): readonly Content[] {
  if (model.totals.households === 0) return [{ text: '本幢还没有登记户室。' }]
  const bands = bandsOf(model.entrances.flatMap((entrance) => stripsOf(entrance, sheet)), sheet)
  return [legend(model), ...bands.map((band) => bandContent(band, sheet))]
}

export function buildingPicturePaper(model: BuildingPictureModel): Paper {
  const { totals } = model
  const sheet = sheetFor(model)
  const title = `${model.complex}${model.building}楼盘图`
  const sums = `${totals.households} 户　${formatArea(totals.areaDm2)} ㎡　应交 ${formatYuan(totals.dueFen)}　` +
    `实交 ${formatYuan(totals.paidFen)}　余额 ${formatYuan(totals.balanceFen)} 元`
  return {
    title: `${title} ${model.asOf}`,
    date: model.asOf,
    keywords: null,
    texts: texts(model),
    definition: listPage({
      title,
      orientation: sheet.orientation,
      margin: MARGIN,
      fontSize: 9,
      foot: `打印：${model.printedBy}　${dateInChinese(model.asOf)}　不含业主个人信息`,
      content: [
        {
          columns: [
            { text: `单位：${model.office}`, width: '*' },
            { text: dateInChinese(model.asOf), width: 'auto', alignment: 'right' },
          ],
          margin: [0, 8, 0, 2],
        },
        { text: sums, margin: [0, 0, 0, 6] },
        ...drawing(model, sheet),
      ],
    }),
  }
}
