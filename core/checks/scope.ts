/**
 * The item dictionary: what the fund pays, what it never pays, what has to be explained (165号令 art. 18, 25). Words in a job's
 * title point to an item; they are hints for a person, since `更换户内开关` and `更换楼道开关` differ by two characters.
 */
import type { ComplexId, RepairId } from '../id.ts'
import type { Fen } from '../money.ts'
import { findingOf, type Finding } from './finding.ts'
import { checkRule } from './rules.ts'

export type ScopeAnswer = 'allowed' | 'notAllowed' | 'explain'

export type ScopeItem = {
  readonly words: readonly string[]
  readonly answer: ScopeAnswer
  /** Why, as the clerk reads it. */
  readonly reason: string
}

/** First match wins, so the narrower stands first. */
export const SCOPE_ITEMS: readonly ScopeItem[] = [
  { words: ['户内', '室内', '入户门', '套内', '阳台内'], answer: 'notAllowed', reason: '户内专有部分由业主自己承担' },
  { words: ['自来水表', '电表', '燃气', '供气', '供热管', '有线电视', '宽带', '通讯线'], answer: 'notAllowed',
    reason: '供水、供电、供气、供热、通讯、有线电视的管线和设施由有关单位承担' },
  { words: ['保洁', '清洁', '绿化养护', '绿化修剪', '保安', '垃圾清运', '日常养护', '年检费', '维保费'], answer: 'notAllowed',
    reason: '物业服务合同约定的日常服务由物业企业承担' },
  { words: ['撞坏', '损毁', '被盗', '人为'], answer: 'notAllowed', reason: '当事人人为损坏的由责任人承担' },
  { words: ['交付', '质保', '保修期内', '开发商'], answer: 'explain', reason: '可能仍在建设单位的保修责任内' },
  { words: ['增设', '新增', '加装', '改造', '升级', '更新'], answer: 'explain', reason: '更新、改造须有业主共同决定' },
  { words: ['监控', '道闸', '门禁', '充电桩', '健身'], answer: 'explain', reason: '须确认属共用设施且不是物业企业应承担的' },
  { words: ['绿化', '景观', '水景'], answer: 'explain', reason: '绿化、景观须确认不属日常养护' },
  { words: ['屋面', '外墙', '电梯', '消防', '给水', '排水', '化粪池', '雨落管', '楼道', '门厅', '地下室', '供电', '照明', '道路',
    '围墙', '单元门', '水泵', '水箱', '管道', '防水'], answer: 'allowed', reason: '共用部位、共用设施设备' },
]

/** The item a title points to; null: none known, a person decides. */
export function scopeItemOf(title: string): ScopeItem | null {
  return SCOPE_ITEMS.find(({ words }) => words.some((word) => title.includes(word))) ?? null
}

export type ScopedRepair = {
  readonly id: RepairId
  readonly number: string
  readonly title: string
  readonly complexId: ComplexId
  readonly amountFen: Fen
  /** What a person wrote when the product asked; '' while unanswered. */
  readonly explanation: string
}

export function findOutsideScope(repairs: readonly ScopedRepair[]): readonly Finding[] {
  return repairs.flatMap((repair) => {
    const item = scopeItemOf(repair.title)
    if (item === null || item.answer === 'allowed' || repair.explanation.trim() !== '') return []
    return [findingOf({
      rule: 'repair.outsideScope',
      level: checkRule('repair.outsideScope').level,
      complexId: repair.complexId,
      message: `${repair.number}“${repair.title}”：${item.reason}；` +
        (item.answer === 'notAllowed' ? '疑似不能动用维修资金，请核对' : '请写明可以动用的依据'),
      amountFen: repair.amountFen,
      links: [{ kind: 'repair', id: repair.id, label: repair.number }],
    })]
  })
}
