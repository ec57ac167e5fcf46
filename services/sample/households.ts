/** The registers of three sample complexes: what was due adds up to the complex's first contributions, balances to its fund. */
import { allocate } from '#core/allocation.ts'
import { formatArea } from '#core/register/area.ts'
import { parseDate } from '#core/calendar.ts'
import { parseYuan, plainYuan, ZERO_FEN } from '#core/money.ts'
import { readRegister } from '#core/register/read.ts'
import { sha256Of } from '../attachment.ts'
import { finished, importRegister, previewRegister } from '../register/household-import.ts'
import { setUpVault } from '../register/identity-vault.ts'
import type { SampleComplex } from './data.ts'
import { onDay, type Desk } from './desk.ts'

const SURNAMES = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜')
const GIVEN = Array.from('安邦晨德恩芳国浩嘉俊康丽明宁平清荣思涛文晓雅远泽志')
/** Some hundred rooms with areas an office meets; the same on every build. */
const AREAS = [8950, 11862, 9640, 7385, 12806, 10250]

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** Well-formed and nobody's: the place code 340799 was never given out. */
function cardNumber(serial: number): string {
  const month = String((serial % 12) + 1).padStart(2, '0')
  const day = String((serial % 28) + 1).padStart(2, '0')
  const digits = `340799${1950 + (serial % 50)}${month}${day}${String(serial % 1000).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return `${digits}${'10X98765432'[sum % 11] ?? ''}`
}

function nameOf(serial: number): string {
  const given = [GIVEN[(serial * 7) % GIVEN.length], serial % 3 === 0 ? '' : GIVEN[(serial * 11 + 5) % GIVEN.length]]
  // Two names that only GB18030 has, as every register holds a few.
  if (serial % 211 === 5) return '欧阳䶮'
  if (serial % 211 === 6) return '王𬭚'
  return `${SURNAMES[(serial * 5) % SURNAMES.length] ?? ''}${given.join('')}`
}

type SampleRoom = {
  readonly building: number
  readonly entrance: number
  readonly floor: number
  readonly room: string
  readonly areaDm2: number
  /** `paid` stands for all who paid and kept enough. */
  readonly kind: 'paid' | 'owing' | 'low' | 'office' | 'unsold'
}

function kindOf(index: number): SampleRoom['kind'] {
  if (index === 0) return 'office'
  if (index % 61 === 17) return 'unsold'
  if (index % 37 === 9) return 'owing'
  return index % 23 === 11 ? 'low' : 'paid'
}

function roomsOf({ buildings, register }: SampleComplex): readonly SampleRoom[] {
  if (register === undefined) return []
  const rooms: SampleRoom[] = []
  for (let building = 1; building <= buildings; building += 1) {
    for (let entrance = 1; entrance <= register.entrances; entrance += 1) {
      for (let floor = 1; floor <= register.floors; floor += 1) {
        for (let place = 1; place <= register.perFloor; place += 1) {
          const areaDm2 = AREAS[(building + entrance * 2 + place) % AREAS.length] ?? 0
          const room = `${floor}${String(place).padStart(2, '0')}`
          rooms.push({ building, entrance, floor, room, areaDm2, kind: kindOf(rooms.length) })
        }
      }
    }
  }
  return rooms
}

const HEAD = '幢号,单元,层,房号,产权人,身份证号,联系电话,房屋性质,房屋用途,建筑面积,房屋类型,应交资金,实交本金,账户余额,开发商持有'

/** How much of its share of the fund is left: those who never paid have none, those below 30 % little. */
const LEFT: Readonly<Record<SampleRoom['kind'], number>> = { paid: 10, owing: 0, low: 2, office: 0, unsold: 0 }

/** As an old system would export it. */
function sheetOf(complex: SampleComplex): string {
  const rooms = roomsOf(complex)
  const due = allocate(parseYuan(complex.firstDeposit), rooms.map(({ areaDm2, kind }) => (kind === 'office' ? 0 : areaDm2)))
  const left = allocate(parseYuan(complex.fundOpening), rooms.map(({ areaDm2, kind }) => areaDm2 * LEFT[kind]))
  const lift = (complex.register?.floors ?? 0) > 7 ? '电梯' : '多层'
  const rows = rooms.map((room, index) => {
    const { building, entrance, floor, areaDm2, kind } = room
    const hasOwner = kind !== 'office' && kind !== 'unsold'
    const serial = index * 3 + complex.code.length + Number(complex.code.slice(1)) * 1000
    const pair = hasOwner && index % 7 === 3
    const names = hasOwner ? [nameOf(serial), ...(pair ? [nameOf(serial + 1)] : [])] : []
    const cards = hasOwner ? [cardNumber(serial), ...(pair ? [cardNumber(serial + 1)] : [])] : []
    const paid = kind === 'paid' || kind === 'low' ? (due[index] ?? ZERO_FEN) : ZERO_FEN
    return [
      `${building}幢`, `${entrance}单元`, floor, room.room, names.join('、'), cards.join('、'),
      hasOwner ? `1990000${String(serial % 10_000).padStart(4, '0')}` : '', '商品房', kind === 'office' ? '物管用房' : '住宅',
      formatArea(areaDm2), lift, plainYuan(due[index] ?? ZERO_FEN), plainYuan(paid), plainYuan(left[index] ?? ZERO_FEN),
      kind === 'unsold' ? '是' : '否',
    ].join(',')
  })
  return [HEAD, ...rows, ''].join('\n')
}

/** On the day the office opened, with its passphrase. */
export function registerHouseholds(desk: Desk): void {
  const effectiveOn = parseDate(desk.data.openedOn)
  onDay(desk, effectiveOn)
  setUpVault(desk.head, desk.data.ownersPassphrase)
  for (const { data, id } of desk.complexes) {
    if (data.register === undefined) continue
    const bytes = Buffer.from(sheetOf(data), 'utf8')
    const file = { name: `${data.name}楼盘表.csv`, hash: sha256Of(bytes), reading: readRegister(bytes) }
    const preview = finished(previewRegister(desk.ledger, id, file))
    finished(importRegister(desk.head, preview, { effectiveOn, reason: '由原系统移交的楼盘表' }))
  }
}
