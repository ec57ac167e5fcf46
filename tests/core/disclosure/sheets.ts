/** Sheets the disclosure and report tests share: a plain quarter, and a real half-year statement re-keyed. */
import { parseDate, parseQuarter } from '#core/calendar.ts'
import type { CostRow, Figure, IncomeRow, QuarterInput, TransferRow, UseRow } from '#core/disclosure/quarter-input.ts'
import { idOf, type VoucherId } from '#core/id.ts'
import { parseYuan } from '#core/money.ts'

export function figure(yuan: string, ...vouchers: readonly number[]): Figure {
  return { amount: parseYuan(yuan), refs: vouchers.map((id): VoucherId => idOf<'voucher'>(id)) }
}

export function income(
  id: string,
  category: string,
  company: string,
  received: string | null,
  more: Partial<IncomeRow> = {},
): IncomeRow {
  return {
    id,
    category,
    counterparty: { kind: 'company', name: company },
    place: '',
    contractNo: null,
    covered: null,
    receivable: received === null ? null : figure(received, 1),
    received: received === null ? null : figure(received, 1),
    yearToDate: received === null ? null : figure(received, 1),
    basis: 'gross',
    note: '',
    attachments: 1,
    ...more,
  }
}

export function cost(id: string, item: string, amount: string, more: Partial<CostRow> = {}): CostRow {
  return { id, item, document: '发票 03812277', amount: figure(amount, 2), note: '', attachments: 1, ...more }
}

export function use(id: string, item: string, amount: string, more: Partial<UseRow> = {}): UseRow {
  return {
    id,
    kind: 'use',
    item,
    decision: { no: '业大决〔2025〕3号', date: parseDate('2025-06-20') },
    payeeType: '施工单位',
    voucherNo: '付-12',
    amount: figure(amount, 3),
    note: '',
    attachments: 2,
    ...more,
  }
}

export function transfer(id: string, date: string, amount: string, more: Partial<TransferRow> = {}): TransferRow {
  return { id, date: parseDate(date), amount: figure(amount, 4), voucherNo: '转-7', note: '', attachments: 1, ...more }
}

/** 10 000.00 + (8 400.00 + 3 000.00 − 400.00) − 1 500.00 − 6 000.00 = 13 500.00, at the bank 13 000.00 + 500.00. */
export function plainInput(more: Partial<QuarterInput> = {}): QuarterInput {
  return {
    complex: { code: 'XM-003', name: '湖畔新村' },
    serviceArea: '湖畔新村一期、二期',
    manager: '示例物业服务有限公司',
    holder: { kind: 'committee', name: '湖畔新村业主委员会' },
    quarter: parseQuarter('2025Q3'),
    profile: { id: 'FJ-2025', name: '福建省住宅小区公共收益管理办法', ruleNo: '2025年3月1日起施行' },
    balanceDate: parseDate('2025-09-30'),
    openings: [{ id: 'boc', label: '中国银行湖滨支行（尾号0123）', amount: figure('10000.00', 9) }],
    income: [
      income('parking', '共用场地停车', '业主和临时停车人', '8400.00', { counterparty: { kind: 'individual' }, place: '小区道路车位 42 个' }),
      income('lift-ad', '电梯广告', '示例传媒有限公司', '3000.00', {
        place: '1至6幢电梯轿厢',
        contractNo: 'HT-2025-08',
        covered: { from: parseDate('2025-07-01'), to: parseDate('2025-09-30') },
      }),
    ],
    costs: [cost('tax', '增值税及附加', '400.00')],
    uses: [use('lights', '更换车道照明', '1500.00')],
    transfers: [transfer('t1', '2025-09-28', '6000.00')],
    banks: [{ name: '中国银行湖滨支行', last4: '0123', demand: parseYuan('13000.00'), term: parseYuan('0.00') }],
    reconciling: [{ id: 'r1', item: '9月30日停车费在途', amount: figure('500.00', 8) }],
    dailyFund: null,
    utilities: [],
    previous: { quarter: parseQuarter('2025Q2'), version: 1, closing: parseYuan('10000.00') },
    earlier: [],
    topUp: null,
    reasons: {},
    notes: [],
    ...more,
  }
}

/**
 * XQ2017H1: a service station's half-year statement with a negative opening, two-level spending and a note of how many
 * households owe. Names invented; the figures are the published ones. Details of an item are rows of their own.
 */
export function rekeyedHalfYear(): QuarterInput {
  const spend = (id: string, item: string, yuan: string): UseRow =>
    use(id, item, `${yuan}.00`, {
      decision: { no: '业委会年度预算', date: parseDate('2017-01-08') },
      payeeType: '个体户',
      voucherNo: '付-1',
    })
  const details: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    ['wages', '人员工资', [['保安保洁人员', '53600']]],
    ['water', '水电费', [['公共部位', '4318']]],
    ['repair', '维修费用', [
      ['清淘和下水', '2538'], ['方砖地面', '1481'], ['视频监控', '535'], ['单元门', '230'], ['车库门', '400'],
      ['门杆和车位线、牌等', '881'], ['落水管', '742'], ['其他设施', '1940'],
    ]],
    ['green', '绿化费用', [
      ['葡萄架维修', '2365'], ['绿化工具等', '1683'], ['种子秧苗', '200'], ['肥料农药', '68'],
    ]],
    ['office', '办公和保洁费用', [
      ['办公用品', '140'], ['劳动保护', '366'], ['清扫工具', '96'], ['其他', '245'],
    ]],
  ]
  return plainInput({
    complex: { code: 'XQ-017', name: '青禾家园' },
    serviceArea: '青禾家园全区',
    manager: '青禾物业服务站',
    holder: { kind: 'company', name: '青禾物业服务站' },
    quarter: parseQuarter('2017Q2'),
    profile: { id: 'CN-NATIONAL', name: '物业管理条例', ruleNo: '第五十四条' },
    balanceDate: parseDate('2017-06-30'),
    openings: [{ id: 'short', label: '上年超支，由物业服务站垫付', amount: figure('-1332.00', 1) }],
    income: [
      income('fee', '服务费', '', '52886.00', { counterparty: { kind: 'individual' }, note: '应交 267 户，已交 179 户，未交 88 户' }),
      income('park', '占道停车费', '', '28550.00', { counterparty: { kind: 'individual' }, note: '78 辆' }),
      income('rent', '办公室租金', '青禾便民服务部', '1200.00'),
    ],
    costs: [],
    uses: details.flatMap(([id, item, rows]) =>
      rows.map(([name, yuan], index) => spend(`${id}-${index}`, `${item}·${name}`, yuan)),
    ),
    transfers: [],
    banks: [{ name: '青禾农村信用社', last4: '7788', demand: parseYuan('9476.00'), term: parseYuan('0.00') }],
    reconciling: [],
    previous: null,
    notes: ['上期结余为负，系上年超支 1,332.00 元，由物业服务站垫付。', '本表为 2017 年上半年合并公示，原公示于 2017 年 7 月 15 日。'],
  })
}
