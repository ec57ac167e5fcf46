import { describe, expect, it } from 'vitest'
import { pictureOf } from '#core/register/building-picture.ts'
import { parseDate } from '#core/calendar.ts'
import type { HouseholdStanding } from '#core/register/household.ts'
import { fen } from '#core/money.ts'
import { buildingPicturePaper, type BuildingPictureModel, type BuildingPictureRoom } from '#reports/building-picture.ts'
import { renderPaper } from '#reports/render.ts'
import { readPdf, textOf } from './pdf-text.ts'

const STANDINGS: readonly HouseholdStanding[] = ['paid', 'paid', 'paid', 'owing', 'low', 'none', 'unknown']

function model(entrances: number, floors: number, perFloor: number): BuildingPictureModel {
  const rooms: BuildingPictureRoom[] = []
  for (let entrance = 1; entrance <= entrances; entrance += 1) {
    for (let floor = 1; floor <= floors; floor += 1) {
      for (let place = 1; place <= perFloor; place += 1) {
        rooms.push({
          entrance: String(entrance), floor, room: `${floor}${String(place).padStart(2, '0')}`, areaDm2: 8950 + place,
          isExcluded: floor === 1 && place === 1, isDeveloperHeld: floor === 2 && place === 1,
          standing: STANDINGS[(floor * 3 + place) % STANDINGS.length] ?? 'paid',
        })
      }
    }
  }
  const count = (standing: HouseholdStanding) => rooms.filter((room) => room.standing === standing).length
  return {
    office: '示例市维修资金中心', complex: '望江花园', building: '1幢', entrances: pictureOf(rooms),
    totals: {
      households: rooms.length, areaDm2: rooms.reduce((sum, { areaDm2 }) => sum + areaDm2, 0), dueFen: fen(123456789),
      paidFen: fen(100000000), balanceFen: fen(87654321),
      standings: {
        paid: count('paid'), owing: count('owing'), low: count('low'), none: count('none'), unknown: count('unknown'),
      },
    },
    asOf: parseDate('2026-10-09'), printedBy: '赵主管',
  }
}

async function drawn(picture: BuildingPictureModel): Promise<string[]> {
  return (await readPdf(await renderPaper(buildingPicturePaper(picture)))).pages.map(textOf)
}

describe('the picture of a building on paper', () => {
  it('shows every room once with its area and its state in words, and counts what the legend says', async () => {
    const picture = model(2, 6, 3)
    const text = (await drawn(picture)).join('')
    expect(text).toContain('望江花园1幢楼盘图')
    for (const word of ['1单元', '2单元', '6层', '603', '89.53㎡', '欠交', '须续交', '不分摊', '未售']) expect(text).toContain(word)
    expect(text.split('㎡').length - 1).toBe(picture.totals.households + 1)
    expect(text).toContain(`已交${picture.totals.standings.paid}户`)
  })

  it('of a narrow tower of fifteen storeys stands upright on one page', async () => {
    const pages = await drawn(model(1, 15, 4))
    expect(pages).toHaveLength(1)
    expect(pages.join('').split('㎡').length - 1).toBe(15 * 4 + 1)
  })

  it('of a tower goes on to further pages, and of a long slab in strips, without losing a room', async () => {
    const tower = await drawn(model(1, 33, 6))
    expect(tower.length).toBeGreaterThan(1)
    expect(tower.join('').split('㎡').length - 1).toBe(33 * 6 + 1)
    const slab = (await drawn(model(1, 4, 20))).join('')
    expect(slab).toContain('（2/2）')
    expect(slab.split('㎡').length - 1).toBe(80 + 1)
  })

  it('is the same file each time, and says so when there is nothing to draw', async () => {
    const bytes = await Promise.all([1, 2].map(async () => renderPaper(buildingPicturePaper(model(1, 2, 2)))))
    expect(bytes[0]).toEqual(bytes[1])
    expect((await drawn(model(0, 0, 0))).join('')).toContain('本幢还没有登记户室')
  })
})
