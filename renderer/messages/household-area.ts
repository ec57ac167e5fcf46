import type { AreaSource } from '#core/register/area-source.ts'

const SOURCE_WORD: Readonly<Record<AreaSource, string>> = {
  certificate: '产权登记面积', survey: '测绘面积', contract: '合同面积',
}

export const areaText = {
  title: '面积依据',
  record: '登记面积依据',
  recordTitle: '登记面积依据',
  rule: '以产权登记的面积为准；没有登记的用测绘面积；都没有的用买卖合同面积。登记依据不改变楼盘表，要改请再点“采用”。',
  empty: '还没有登记产权证、测绘或合同上的面积。',
  source: '来源',
  sources: SOURCE_WORD,
  area: '面积（㎡）',
  areaHint: '平方米，两位小数',
  onDate: '日期',
  basis: '依据',
  basisExample: '例如：产权证号、测绘报告号、合同编号',
  counts: '采用',
  countsYes: '以此为准',
  agrees: (standing: string) => `与楼盘表一致（${standing} ㎡）`,
  differs: (standing: string, difference: string, isMore: boolean) =>
    `楼盘表 ${standing} ㎡，应${isMore ? '增加' : '减少'} ${difference} ㎡`,
  due: (before: string, after: string) => `首期应交由 ${before} 元调整为 ${after} 元，`,
  settled: '已交足，不补不退。',
  toPay: (amount: string) => `还应补交 ${amount} 元。`,
  toRefund: (amount: string) => `多交 ${amount} 元，可从“返还”退还。`,
  notByArea: '首期不是按面积和单价计的，或单价不详：面积变动不影响已定的首期金额。',
  adopt: '采用',
  adoptTitle: (area: string) => `楼盘表面积改为 ${area} ㎡`,
  adoptHint: '面积按生效日期变更，以后的分摊按新面积计算，已保存的分摊表不变。',
  effectiveOn: '生效日期',
  save: '登记',
  required: '请填写',
} as const
