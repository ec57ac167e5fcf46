/** One line of the file to one household, or everything that is wrong with it. */
import { parseAreaDm2 } from './area.ts'
import { contributionByArea } from './area-source.ts'
import { floorOfRoom, type HouseholdOpening } from './household.ts'
import { addFen, formatYuan, ZERO_FEN, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { readAmount } from '../statement/cells.ts'
import type { TableRecord } from '../statement/table.ts'
import type { RegisterColumn, RegisterHeader } from './columns.ts'
import { titleOfColumn } from './columns.ts'
import { readOwners, type ReadOwners } from './owners.ts'
import type { RegisterIssue, RegisterRow } from './register.ts'
import {
  readBuilding, readEntrance, readFloor, readLift, readNature, readRate, readRoom, readUse, readYesNo, type ReadUse,
} from './words.ts'

export type RowOutcome = {
  readonly row: RegisterRow | null
  readonly errors: readonly RegisterIssue[]
  readonly warnings: readonly RegisterIssue[]
}

class RowReader {
  readonly errors: RegisterIssue[] = []
  readonly warnings: RegisterIssue[] = []
  readonly record: TableRecord
  readonly header: RegisterHeader

  constructor(record: TableRecord, header: RegisterHeader) {
    this.record = record
    this.header = header
  }

  titleOf(column: RegisterColumn): string {
    return this.header.titles[this.header.at.get(column) ?? -1]?.title ?? titleOfColumn(column)
  }

  cell(column: RegisterColumn): string {
    const index = this.header.at.get(column)
    return index === undefined ? '' : (this.record.cells[index] ?? '')
  }

  /** Runs a cell's reader; a refusal becomes an error of the row, and the next cells are read all the same. */
  read<Value>(column: RegisterColumn, reader: (cell: string) => Value, instead: Value): Value {
    try {
      return reader(this.cell(column))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      this.refuse(column, error.code, error.message)
      return instead
    }
  }

  refuse(column: RegisterColumn, code: string, message: string): void {
    this.errors.push({ code, message, line: this.record.line, column: this.titleOf(column) })
  }

  doubt(column: RegisterColumn, code: string, message: string): void {
    this.warnings.push({ code, message, line: this.record.line, column: this.titleOf(column) })
  }

  amount(column: RegisterColumn): Fen | null {
    return this.read(column, (cell) => {
      const amount = readAmount(cell, { row: this.record.line, field: column })
      if (amount === null) return null
      if (amount.fen < 0 || amount.bracketed) {
        throw new Problem({ code: 'register.negative', message: `金额“${cell}”是负数：户室账户不能为负，请核对` })
      }
      return amount.fen
    }, null)
  }
}

function needed(cell: string, word: string): string {
  if (cell === '') {
    const message = `${word}为空：请填写；合并的单元格只有第一行有值，请取消合并并填满每一行`
    throw new Problem({ code: 'register.blank', message })
  }
  return cell
}

/** `building`: of a file that has no column for it. */
export function readRow(record: TableRecord, header: RegisterHeader, building: string | null): RowOutcome {
  const reader = new RowReader(record, header)
  const own = building ?? reader.read('building', (cell) => readBuilding(needed(cell, '幢号')), '')
  const entrance = reader.read('entrance', readEntrance, '')
  const room = reader.read('room', (cell) => readRoom(needed(cell, '房号')), '')
  const floor = reader.read('floor', readFloor, null) ?? floorOfRoom(room)
  const areaDm2 = reader.read('area', (cell) => parseAreaDm2(needed(cell, '建筑面积')), 0)
  const use = reader.read<ReadUse>('use', readUse, { use: 'house', isExcluded: false })
  const nature = reader.read('nature', readNature, 'commodity')
  const rateFen = reader.read('rate', readRate, null)
  const hasLift = readLift(reader.cell('lift')) ?? readLift(reader.cell('rate')) ?? false
  const isExcluded = reader.read('excluded', readYesNo, false) || use.isExcluded
  const isDeveloperHeld = reader.read('developer', readYesNo, false)
  const price = reader.amount('price')
  const money = readMoney(reader, areaDm2, rateFen)
  const owners = ownersOf(reader)
  const facts = {
    entrance, floor, room, areaDm2, use: use.use, hasLift, nature, isExcluded, isDeveloperHeld,
    priceFen: price === 0 ? null : price, rateFen, firstDueFen: money.dueFen,
  }
  const row: RegisterRow = { line: record.line, building: own, facts, opening: money.opening, owners }
  return { row: reader.errors.length === 0 ? row : null, errors: reader.errors, warnings: reader.warnings }
}

type RowMoney = { readonly dueFen: Fen | null; readonly opening: HouseholdOpening | null }

function readMoney(reader: RowReader, areaDm2: number, rateFen: Fen | null): RowMoney {
  const written = reader.amount('due')
  const reckoned = rateFen === null || areaDm2 === 0 ? null : contributionByArea(areaDm2, rateFen)
  if (written !== null && reckoned !== null && written !== reckoned) {
    reader.doubt('due', 'register.due',
      `应交 ${formatYuan(written)}，按面积 × 标准是 ${formatYuan(reckoned)}：按文件登记，请核对`)
  }
  const paid = reader.amount('paid')
  const interest = reader.amount('interest')
  const balance = reader.amount('balance')
  const isBlank = paid === null && interest === null && balance === null
  const sum = addFen(paid ?? ZERO_FEN, interest ?? ZERO_FEN)
  if (balance !== null && balance > sum) {
    reader.refuse('balance', 'register.balance',
      `余额 ${formatYuan(balance)} 大于实交本金与利息之和 ${formatYuan(sum)}：请补上实交本金和利息，或更正余额`)
  }
  return {
    dueFen: written ?? reckoned,
    opening: isBlank ? null : { paidFen: paid ?? ZERO_FEN, interestFen: interest ?? ZERO_FEN, balanceFen: balance ?? sum },
  }
}

function ownersOf(reader: RowReader): ReadOwners['owners'] {
  const cells = {
    owner: reader.cell('owner'), identity: reader.cell('identity'), share: reader.cell('share'), phone: reader.cell('phone'),
  }
  try {
    const { owners, doubtful } = readOwners(cells)
    if (doubtful.length > 0) {
      // The number itself is personal data: a message may be copied into a mail.
      reader.doubt('identity', 'register.identity', `${doubtful.length} 个身份证号的校验码或出生日期不符：请按证件核对`)
    }
    return owners
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const column = error.field === 'owner' || error.field === 'share' ? error.field : 'identity'
    reader.refuse(column, error.code, error.message)
    return []
  }
}
