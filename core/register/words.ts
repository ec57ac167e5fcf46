/** One cell of a register: numbers, words, and codes such as `01_电梯_75元/㎡`. Refusals name what to write instead. */
import type { HouseholdNature, HouseholdUse } from './household.ts'
import { parseYuan, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { toHalfWidth } from '../statement/cells.ts'

const DIGITS = '零一二三四五六七八九'

/** `二` → `2`, `十二` → `12`, `二十` → `20`; other text unchanged. */
function arabic(text: string): string {
  const match = /^([一二三四五六七八九]?)(十?)([一二三四五六七八九]?)$/.exec(text)
  if (!match || text === '') return text
  const [, tens = '', ten = '', ones = ''] = match
  if (ten === '') return String(DIGITS.indexOf(tens || ones))
  return String((tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' ? 0 : DIGITS.indexOf(ones)))
}

/** `3幢`, `3#`, `3号楼`, `第三栋`, `03` → `3`; a name such as `会所` stays. */
export function readBuilding(cell: string): string {
  const bare = toHalfWidth(cell).replaceAll(/\s/g, '').replace(/^第/, '').replace(/(?:号楼|号|幢|栋|座|楼|#)+$/, '')
  return arabic(bare).replace(/^0+(?=\d)/, '')
}

/** `2单元`, `二单元`, `02` → `2`. */
export function readEntrance(cell: string): string {
  const bare = toHalfWidth(cell).replaceAll(/\s/g, '').replace(/^第/, '').replace(/(?:单元|门|梯)$/, '')
  return bare === '-' || bare === '/' ? '' : arabic(bare).replace(/^0+(?=\d)/, '')
}

export function readRoom(cell: string): string {
  return toHalfWidth(cell).replaceAll(/\s/g, '').replace(/(?:室|号)$/, '')
}

/** `3层`, `3F`, `-1`, `B1`, `负一层`, `地下1层`. Throws `register.floor`. */
export function readFloor(cell: string): number | null {
  const text = toHalfWidth(cell).replaceAll(/\s/g, '').replace(/^第/, '').replace(/(?:层|楼|F)$/i, '')
  if (text === '' || text === '/' || text === '-') return null
  const below = /^(?:-|B|负|地下)(.+)$/i.exec(text)?.[1]
  const number = arabic(below ?? text)
  if (!/^\d{1,3}$/.test(number) || Number(number) === 0) {
    throw new Problem({ code: 'register.floor', message: `“${cell}”不是楼层：请写数字，地下层写 -1` })
  }
  return below === undefined ? Number(number) : -Number(number)
}

/** `01_电梯_75元/㎡` → `电梯`, `75元/㎡`: old systems put their code first. */
function partsOf(cell: string): readonly string[] {
  const parts = toHalfWidth(cell).replaceAll(/\s/g, '').split(/[_|]/).filter((part) => part !== '')
  const [first = '', ...others] = parts
  return others.length > 0 && /^[0-9A-Z]{1,4}$/i.test(first) ? others : parts
}

type Word<Meaning> = readonly [RegExp, Meaning]

function meaningOf<Meaning>(cell: string, words: readonly Word<Meaning>[]): Meaning | undefined {
  for (const part of partsOf(cell)) {
    const found = words.find(([pattern]) => pattern.test(part))
    if (found !== undefined) return found[1]
  }
  return undefined
}

export type ReadUse = { readonly use: HouseholdUse; readonly isExcluded: boolean }

const USES: readonly Word<ReadUse>[] = [
  // 物管房 (status -1 in old systems) stays in the register and out of every share.
  [/物管|物业(?:管理)?(?:用房|办公)|社区用房|业委会|居委会|配电|门卫|公共用房|公建/, { use: 'other', isExcluded: true }],
  [/^非住宅|其他|其它/, { use: 'other', isExcluded: false }],
  [/住宅|公寓|别墅|住房/, { use: 'house', isExcluded: false }],
  [/商铺|商业|店|商服|门面|网点|营业|经营/, { use: 'shop', isExcluded: false }],
  [/办公|写字/, { use: 'office', isExcluded: false }],
  [/车库|车位|车棚/, { use: 'garage', isExcluded: false }],
  [/储藏|储物|杂物|地下室|阁楼|仓/, { use: 'storage', isExcluded: false }],
]

/** Blank is a dwelling. Throws `register.use`. */
export function readUse(cell: string): ReadUse {
  if (cell === '') return { use: 'house', isExcluded: false }
  const found = meaningOf(cell, USES)
  if (found !== undefined) return found
  throw new Problem({
    code: 'register.use',
    message: `不认识的用途“${cell}”：请写住宅、商铺、办公、车库、储藏室、物管用房或其他`,
  })
}

const NATURES: readonly Word<HouseholdNature>[] = [
  [/公房|房改|公有住房|售后公/, 'soldPublic'],
  [/商品|安置|回迁|经济适用|限价|共有产权|私|非公/, 'commodity'],
]

/** Blank is commodity housing. Throws `register.nature`. */
export function readNature(cell: string): HouseholdNature {
  if (cell === '') return 'commodity'
  const found = meaningOf(cell, NATURES)
  if (found !== undefined) return found
  throw new Problem({ code: 'register.nature', message: `不认识的房屋性质“${cell}”：请写商品房或已售公房` })
}

const LIFTS: readonly Word<boolean>[] = [
  [/无电梯|非电梯|不带电梯|^多层$|^否$|^无$|^0$|^N$/i, false],
  [/电梯|高层|^是$|^有$|^1$|^Y$|^√$/i, true],
]

/** Null where the cell says nothing of a lift (`住宅`, or nothing at all). */
export function readLift(cell: string): boolean | null {
  return cell === '' ? null : (meaningOf(cell, LIFTS) ?? null)
}

/** Fen per m²: `75`, `75元/㎡`, `01_电梯_75元/㎡`; null for blank. Throws `register.rate`. */
export function readRate(cell: string): Fen | null {
  if (cell === '') return null
  const parts = partsOf(cell)
  const figure = parts.length === 1 ? parts[0] : parts.findLast((part) => /\d/.test(part))
  const digits = /^(\d+(?:\.\d{1,2})?)(?:元?(?:\/(?:㎡|平方米|平米|m2|m²))?)?$/i.exec(figure ?? '')?.[1]
  if (digits !== undefined && Number(digits) > 0) return parseYuan(digits)
  throw new Problem({ code: 'register.rate', message: `不认识的交存标准“${cell}”：请写每平方米多少元，例如 75，或 01_电梯_75元/㎡` })
}

/** Throws `register.yesNo`. */
export function readYesNo(cell: string): boolean {
  const text = toHalfWidth(cell).trim()
  if (/^(?:|否|无|0|N|NO|×)$/i.test(text)) return false
  if (/^(?:是|有|1|Y|YES|√|不分摊|未售)$/i.test(text)) return true
  throw new Problem({ code: 'register.yesNo', message: `“${cell}”看不出是或否：请写“是”或“否”` })
}
