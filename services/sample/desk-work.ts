/** What lies on the desk on the sample's day: vouchers to review, vouchers to post. */
import { addDays, parseDate } from '#core/calendar.ts'
import { parseYuan } from '#core/money.ts'
import { bookCost, receiveIncome } from '../income/public-income.ts'
import { reviewDraft } from '../voucher/voucher-draft.ts'
import { paper, type Desk } from './desk.ts'
import type { SampleEvent } from './income.ts'

export function deskEvents(desk: Desk): SampleEvent[] {
  const date = addDays(parseDate(desk.data.today), -1)
  return desk.complexes.slice(0, 5).map((complex, index): SampleEvent => ({
    date,
    happen: () => {
      const shared = { complexId: complex.id, date, bankAccountId: complex.incomeBank }
      const amountFen = parseYuan(`${180 + index * 45}.00`)
      const isReceipt = index % 2 === 0
      const draftId = isReceipt
        ? receiveIncome(desk.preparer, {
            ...shared, amountFen, summary: '收临时停车费', source: { accountCode: '4001.01' },
            attachments: [paper(desk, `停车费收据 ${complex.data.code} ${date}`, '临停')],
          })
        : bookCost(desk.preparer, {
            ...shared, amountFen, summary: '停车收费系统网络费', accountCode: '5001.05', document: `发票 ${complex.data.code}-1008`,
            attachments: [paper(desk, `发票 ${complex.data.code}-1008`, '网络费')],
          })
      if (index >= 3) reviewDraft(desk.reviewer, draftId)
    },
  }))
}
