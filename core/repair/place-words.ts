/**
 * Where a repair is, in the several spellings clerks use, so that the same place is found again however it was written
 * (铜陵日常维修工程管理 12(2): repeat claims). What is read alike is asked about on site, so a doubt counts as alike; numbers
 * never do: entrance 1 is not entrance 11, lift 1 is not lift 2.
 */
import { readEntrance } from '../register/words.ts'
import { toHalfWidth } from '../statement/cells.ts'

/** Other words for a listed part (REPAIR_PARTS); whole words only. */
const PART_WORDS: Readonly<Record<string, readonly string[]>> = {
  屋面: ['屋顶', '楼顶', '房顶', '天面', '顶楼', '屋面防水', '屋顶防水', '楼面顶', '天台'],
  外墙: ['外墙面', '外立面', '外墙体', '墙面', '外墙防水'],
  楼道: ['楼梯', '楼梯间', '走廊', '过道', '走道'],
  门厅: ['大堂', '大厅', '入户大厅', '单元大堂'],
  地下室: ['地下车库', '车库', '地库', '地下停车场', '地下停车库'],
  电梯: ['升降机', '客梯', '货梯', '消防电梯', '电梯设备'],
  消防设施: ['消防', '消防系统', '消防设备', '消防管道'],
  给水: ['供水', '上水', '自来水', '给水管', '给水管道', '供水管道', '二次供水', '给水系统'],
  排水: ['下水', '下水道', '污水', '排污', '排水管', '排水管道', '污水管', '污水管道', '下水管'],
  化粪池: ['粪池'],
  雨落管: ['雨水管', '落水管', '雨落水管', '水落管'],
  供电照明: ['供电', '照明', '配电', '路灯', '楼道灯', '电路', '供配电'],
  安防监控: ['安防', '监控', '门禁', '监控系统', '安防系统', '对讲'],
  单元门: ['楼宇门', '防盗门', '楼栋门', '单元防盗门'],
  主体结构: ['结构', '承重墙', '梁', '柱', '楼板', '地基', '基础', '地基基础'],
  供暖系统: ['供暖', '采暖', '暖气', '供热', '供热系统', '采暖系统'],
  供冷系统: ['供冷', '中央空调', '空调', '制冷'],
  道路: ['路面', '小区道路', '车道'],
  围墙: ['围栏', '院墙'],
  绿化: ['绿地', '绿化带'],
}
const PART_OF = new Map(
  Object.entries(PART_WORDS).flatMap(([part, words]) => [part, ...words].map((word) => [word, part] as const)),
)

function bare(text: string): string {
  return toHalfWidth(text).replaceAll(/[\s·•・.,。、_'"()[\]-]/g, '').toLowerCase()
}

/**
 * `屋顶`, `屋 面`, `屋面防水层` → `屋面`. Text that speaks of no listed part, or of two (`单元门厅`), is only freed of blanks and
 * full-width letters.
 */
export function readPart(text: string): string {
  const word = bare(text)
  const exact = PART_OF.get(word)
  if (exact !== undefined) return exact
  const spoken = new Set([...PART_OF].filter(([each]) => each.length > 1 && word.includes(each)).map(([, part]) => part))
  const [only, ...others] = spoken
  return only !== undefined && others.length === 0 ? only : word
}

/** Entrances named, `1、2单元` and `1-3单元` one by one; empty: none named, or all of them. */
function entrancesIn(text: string): readonly string[] {
  if (/^(?:全部|所有|各|全楼|整幢|整栋)/.test(text.trim())) return []
  return toHalfWidth(text).split(/[、,;/和及与]/).flatMap((one) => {
    const range = /^\s*(\d{1,2})\s*(?:单元)?\s*[-~至到]\s*(\d{1,2})\s*(?:单元|门|梯)?\s*$/.exec(one)
    const [from, to] = [Number(range?.[1] ?? 0), Number(range?.[2] ?? 0)]
    if (range !== null && from <= to) return Array.from({ length: to - from + 1 }, (_, index) => String(from + index))
    const entrance = readEntrance(one).toLowerCase()
    return entrance === '' ? [] : [entrance]
  })
}

export function mayBeSameEntrance(a: string, b: string): boolean {
  const [some, others] = [entrancesIn(a), entrancesIn(b)]
  return some.length === 0 || others.length === 0 || some.some((entrance) => others.includes(entrance))
}

type FacilityWords = { readonly text: string; readonly numbers: readonly string[] }

/** `一号梯` as `1号梯`; numbers apart from words, and words without the ones that add nothing to a place. */
function facilityWords(text: string): FacilityWords {
  const spelt = bare(text).replaceAll(/[一二三四五六七八九十]+(?=号|#|台|部)/g, (digits) => readEntrance(digits))
  const numbers = (spelt.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, ''))
  const words = spelt.replaceAll(/\d+/g, '')
  const short = words.replaceAll(/[号#台部侧边面处]/g, '')
  return { text: short === '' ? words.replaceAll(/[号#]/g, '') : short, numbers }
}

/** Nothing said on one side, or the one inside the other: `东` and `东侧`, `电梯1` and `1号梯`; never `东` and `西`. */
export function mayBeSameFacility(a: string, b: string): boolean {
  const [one, other] = [facilityWords(a), facilityWords(b)]
  const sameNumber = one.numbers.length === 0 || other.numbers.length === 0
    || one.numbers.some((number) => other.numbers.includes(number))
  return sameNumber && (one.text.includes(other.text) || other.text.includes(one.text))
}
