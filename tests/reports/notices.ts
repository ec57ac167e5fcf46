/** Notices the report tests draw and people look at: short, long, empty, negative opening, correction, preview. */
import { parseDate } from '#core/calendar.ts'
import { shortCode } from '#core/disclosure/digest.ts'
import type { IncomeRow, UseRow } from '#core/disclosure/quarter-input.ts'
import { buildQuarterSheet, type QuarterSheet } from '#core/disclosure/sheet.ts'
import { parseYuan } from '#core/money.ts'
import type { NoticeModel } from '#reports/notice-model.ts'
import { cost, figure, income, plainInput, rekeyedHalfYear, transfer, use } from '#tests/core/disclosure/sheets.ts'

const SHA = '7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069'

export function noticeOf(sheet: QuarterSheet, more: Partial<NoticeModel> = {}): NoticeModel {
  const code = shortCode({ complexCode: sheet.complex.code, quarter: sheet.quarter, version: 1, sha256Hex: SHA })
  return {
    sheet,
    version: { date: parseDate('2025-10-12'), no: 1, correction: null, code },
    preparedByUnit: sheet.manager,
    preparedBy: '陈会计',
    reviewedBy: '林主管',
    posting: {
      from: parseDate('2025-10-15'),
      to: parseDate('2025-11-14'),
      untilNext: false,
      places: ['小区公告栏', '各楼幢门厅', '电梯轿厢'],
    },
    objection: {
      until: parseDate('2025-11-14'),
      phones: [
        { office: '示例街道办事处', number: '0592-1234567' },
        { office: '示例区住房和建设局', number: '0592-7654321' },
      ],
    },
    ...more,
  }
}

export function shortNotice(): NoticeModel {
  return noticeOf(buildQuarterSheet(plainInput()))
}

export function emptyNotice(): NoticeModel {
  return noticeOf(
    buildQuarterSheet(
      plainInput({
        openings: [],
        income: [],
        costs: [],
        uses: [],
        transfers: [],
        banks: [],
        reconciling: [],
        previous: null,
        reasons: { parking: '道路改造，6月30日起停止收费，预计2026年1月恢复。' },
        earlier: [
          {
            id: 'parking',
            quarter: plainInput().previous?.quarter ?? plainInput().quarter,
            category: '共用场地停车',
            counterparty: { kind: 'individual' },
            place: '小区道路车位 42 个',
            contractNo: null,
            received: parseYuan('8000.00'),
          },
        ],
      }),
    ),
  )
}

export function negativeNotice(): NoticeModel {
  return noticeOf(buildQuarterSheet(rekeyedHalfYear()))
}

export function previewNotice(): NoticeModel {
  const notice = shortNotice()
  return {
    ...notice,
    version: { ...notice.version, code: null },
    posting: { from: null, to: null, untilNext: false, places: [] },
  }
}

export function correctedNotice(): NoticeModel {
  const notice = shortNotice()
  const sheet = notice.sheet
  return {
    ...notice,
    version: {
      date: parseDate('2025-10-20'),
      no: 2,
      correction: { replaces: 1, reason: '第 1 版把 9 月 30 日停车费 500.00 元漏记，现补入收入，期末结余相应增加。' },
      code: shortCode({ complexCode: sheet.complex.code, quarter: sheet.quarter, version: 2, sha256Hex: SHA }),
    },
  }
}

/** Three pages and more, with names as long as registers really hold. */
export function longNotice(rows = 26): NoticeModel {
  const categories = ['共用场地停车', '电梯广告', '场地租赁和摆摊', '快递柜和售水机', '通信基站', '物业用房租金']
  const incomes = Array.from({ length: rows }, (_, index): IncomeRow =>
    income(
      `i${index}`,
      categories[index % categories.length] ?? '',
      `示例市海峡两岸文化传媒与户外广告经营发展股份有限公司第${index + 1}分公司`,
      `${1234 + index * 977}.${10 + (index % 90)}`,
      {
        place: `${index + 1}幢至${index + 3}幢电梯轿厢、门厅外墙和地下车库出入口道闸`,
        contractNo: `HT-2025-GGSY-${String(index + 1).padStart(4, '0')}`,
        covered: { from: parseDate('2025-07-01'), to: parseDate('2025-09-30') },
        yearToDate: figure(`${1_234_567 + index * 31_977}.05`, 1),
      },
    ),
  )
  const uses = Array.from({ length: 9 }, (_, index): UseRow =>
    use(`u${index}`, `${index + 1}幢消防给水管道及室外绿化喷淋系统局部更换和恢复`, `${820 + index * 113}.50`, {
      kind: index === 7 ? 'distribution' : index === 8 ? 'offset' : 'use',
    }),
  )
  const input = plainInput({
    complex: { code: 'XM-118', name: '示例市滨海新区国际花园城邻里中心住宅小区三期南区' },
    serviceArea: '滨海大道与环湖东路交叉口以南、三期南区 1 至 28 幢及配套商业裙楼公共部位',
    income: incomes,
    costs: [
      cost('tax', '增值税及附加', '1200.00'),
      cost('energy', '广告灯箱用电', '356.78', { document: '电费分割单 2025-09' }),
      cost('staff', '停车管理人员工资', '9000.00', { document: '服务合同第 12 条，工资表 2025年7至9月' }),
    ],
    uses,
    transfers: [
      transfer('t1', '2025-08-31', '60000.00', { note: '7、8月净收益' }),
      transfer('t2', '2025-09-30', '40000.00', { note: '9月净收益' }),
    ],
    topUp: {
      required: parseYuan('100000.00'),
      strict: true,
      transferred: parseYuan('100000.00'),
      dueBy: parseDate('2025-10-31'),
      rule: '净收益的 50% 以上按季转入',
    },
    dailyFund: {
      opening: figure('210000.00'),
      income: figure('35000.00'),
      spending: figure('12000.00'),
      closing: figure('233000.00'),
      bankBalance: parseYuan('233000.00'),
    },
    utilities: [
      { id: 'w', item: '绿化和消防用水', period: '2025年7至9月', usage: '1,280 立方米', amount: figure('4352.00'), paidFrom: '物业费' },
      { id: 'e', item: '公共照明和水泵用电', period: '2025年7至9月', usage: '36,420 千瓦时', amount: figure('21852.00'), paidFrom: '业主分摊' },
    ],
    notes: [
      '停车收入按实际到账列示，月卡预收款在所属月份确认。',
      '第 8 项分配业主按专有部分面积计算，每户金额另行书面通知，不在本表列示。',
      '本表金额均为人民币元。',
    ],
  })
  const sheet = buildQuarterSheet(input)
  // The bank is made to tie out to whatever the rows above add up to.
  const banks = [
    { name: '中国银行湖滨支行', last4: '0123', demand: parseYuan('50000.00'), term: parseYuan('100000.00') },
    { name: '示例农村商业银行滨海新区支行', last4: '8866', demand: parseYuan('500.00'), term: parseYuan('0.00') },
  ]
  const rest = sheet.closing.amount - 15_050_000
  return noticeOf(
    buildQuarterSheet({
      ...input,
      banks,
      reconciling: [
        { id: 'r', item: '在途停车费', amount: { ...figure('0.00'), amount: parseYuan((rest / 100).toFixed(2)) } },
      ],
    }),
  )
}
