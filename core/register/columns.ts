/** Columns of a property register by the titles offices write; the title rows found by their words. */
import { Problem } from '../problem.ts'
import { titleOf } from '../statement/cells.ts'
import type { TableRecord } from '../statement/table.ts'

/** In the order of the template. The first title of each is the template's own. */
export const REGISTER_COLUMNS = {
  building: ['幢号', '幢', '栋', '栋号', '楼号', '楼幢', '楼栋', '楼幢号', '楼栋号', '幢名'],
  entrance: ['单元', '单元号', '门洞'],
  floor: ['层', '楼层', '所在层', '层次', '所在楼层'],
  room: ['房号', '室号', '房间号', '户号', '房屋号', '室'],
  owner: ['产权人', '业主', '业主姓名', '产权人姓名', '权利人', '姓名', '产权人(业主)'],
  identity: ['身份证号', '身份证', '身份证号码', '证件号', '证件号码', '产权人证件号', '证件编号'],
  share: ['产权份额', '份额', '共有份额', '共有比例', '所占份额'],
  phone: ['联系电话', '电话', '手机', '手机号', '手机号码', '联系方式'],
  nature: ['房屋性质', '性质', '产权性质'],
  use: ['房屋用途', '用途', '规划用途'],
  area: ['建筑面积', '面积', '产权面积', '专有面积', '房屋面积', '登记面积'],
  price: ['房款', '购房款', '房价款', '房屋总价', '合同总价'],
  lift: ['房屋类型', '电梯', '有无电梯', '是否有电梯', '是否电梯房'],
  rate: ['交存标准', '缴存标准', '归集标准', '交存标准(元/㎡)'],
  due: ['应交资金', '应交金额', '应缴资金', '应缴金额', '首期应交', '应交'],
  paid: ['实交本金', '实缴本金', '实交金额', '实缴金额', '已交金额', '实交'],
  interest: ['实交利息', '实缴利息', '利息', '累计利息'],
  balance: ['账户余额', '余额', '资金余额', '当前余额', '分户余额'],
  excluded: ['不分摊', '不参与分摊', '是否不分摊'],
  developer: ['开发商持有', '开发单位持有', '未售', '是否未售'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type RegisterColumn = keyof typeof REGISTER_COLUMNS

/** Known, of no use to the register, and therefore no reason for a remark. */
const UNUSED = new Set(['序号', '编号', '备注', '上报日期', '登记日期', 'X', 'Y', '坐标X', '坐标Y'])

function isColumn(text: string): text is RegisterColumn {
  return Object.hasOwn(REGISTER_COLUMNS, text)
}

/** In the order of the template. */
export const TEMPLATE_COLUMNS: readonly RegisterColumn[] = Object.keys(REGISTER_COLUMNS).filter(isColumn)

const BY_TITLE = new Map<string, RegisterColumn>(
  Object.entries(REGISTER_COLUMNS).flatMap(([column, titles]) =>
    isColumn(column) ? titles.map((title): [string, RegisterColumn] => [title, column]) : []),
)

export function titleOfColumn(column: RegisterColumn): string {
  return REGISTER_COLUMNS[column][0]
}

/** `建筑面积（㎡）`, `*房号` and `应交资金 (元)` are the same columns without their marks. */
function bareTitle(cell: string): string {
  return titleOf(cell).replaceAll(/^[*＊]+|[*＊]+$/g, '').replace(/\((?:㎡|平方米|平米|m2|m²|元|必填|选填)\)$/i, '')
}

export function columnOf(cell: string): RegisterColumn | undefined {
  return BY_TITLE.get(bareTitle(cell)) ?? BY_TITLE.get(titleOf(cell))
}

/** Titles may stand under a page heading and a line of notes. */
const SEARCHED_RECORDS = 30

export type RegisterHeader = {
  /** Number of the first record of rows. */
  readonly firstRow: number
  readonly at: ReadonlyMap<RegisterColumn, number>
  readonly titles: readonly { readonly title: string; readonly meaning: RegisterColumn | null }[]
  readonly ignored: readonly string[]
}

function countOf(record: TableRecord | undefined): number {
  return new Set(record?.cells.flatMap((cell) => columnOf(cell) ?? [])).size
}

/**
 * A row of titles above or below the main one: it names a column the main row leaves open. A household's own row may hold
 * words that are titles elsewhere (`电梯`), but never without a figure.
 */
function isTitleRow(record: TableRecord | undefined, main: TableRecord | undefined): boolean {
  if (record === undefined || record.cells.some((cell) => /\d/.test(bareTitle(cell)))) return false
  return record.cells.some((cell, index) => columnOf(cell) !== undefined && columnOf(main?.cells[index] ?? '') === undefined)
}

/**
 * Titles merged over two rows (`产权人信息` above `姓名` and `证件号`, `房号` beside it) are read together: the lower one
 * counts where it says something. Throws `register.header`, `register.columnTwice`, `register.columns`.
 */
export function findHeader(records: readonly TableRecord[], hasBuilding: boolean): RegisterHeader {
  const head = records.slice(0, SEARCHED_RECORDS)
  const best = head.reduce((found, record, index) => (countOf(record) > countOf(head[found]) ? index : found), 0)
  if (countOf(head[best]) < 2) {
    throw new Problem({
      code: 'register.header',
      message: '没有找到列名：请在一行里写明“幢号、单元、层、房号、产权人、建筑面积”等列名，或下载模板填写',
    })
  }
  const upper = isTitleRow(head[best - 1], head[best]) ? best - 1 : best
  const lower = isTitleRow(head[best + 1], head[best]) ? best + 1 : best
  const rows = head.slice(upper, lower + 1)
  const width = Math.max(...rows.map(({ cells }) => cells.length))
  const titles = Array.from({ length: width }, (_, index) => {
    const written = rows.map(({ cells }) => cells[index] ?? '').filter((cell) => cell !== '')
    const title = written.findLast((cell) => columnOf(cell) !== undefined) ?? written.at(-1) ?? ''
    return { title, meaning: columnOf(title) ?? null }
  })
  return { firstRow: lower + 1, ...positionsOf(titles, hasBuilding) }
}

function positionsOf(titles: RegisterHeader['titles'], hasBuilding: boolean): Omit<RegisterHeader, 'firstRow'> {
  const at = new Map<RegisterColumn, number>()
  for (const [index, { title, meaning }] of titles.entries()) {
    if (meaning === null) continue
    const first = at.get(meaning)
    if (first !== undefined) {
      const other = titles[first]?.title ?? ''
      throw new Problem({
        code: 'register.columnTwice',
        message: `第 ${first + 1} 列“${other}”和第 ${index + 1} 列“${title}”是同一项内容：请删去或改名其中一列`,
      })
    }
    at.set(meaning, index)
  }
  const needed: readonly RegisterColumn[] = hasBuilding ? ['room', 'area'] : ['building', 'room', 'area']
  const missing = needed.filter((column) => !at.has(column))
  if (missing.length > 0) {
    const found = titles.map(({ title }) => title).filter((title) => title !== '').join('、')
    const hint = missing.includes('building') ? '；整个文件是同一幢时，可在导入时填写幢号' : ''
    throw new Problem({
      code: 'register.columns',
      message: `缺少列：${missing.map(titleOfColumn).join('、')}。读到的列名是：${found}。请补上列名，每列一个，不要横向合并${hint}`,
    })
  }
  const ignored = titles
    .filter(({ title, meaning }) => meaning === null && title !== '' && !UNUSED.has(titleOf(title)))
    .map(({ title }) => title)
  return { at, titles, ignored }
}
