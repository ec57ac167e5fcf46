/** What the notice tests add to the income office: the profile's missing values, one earned quarter, and a whole publishing. */
import { parseDate } from '#core/calendar.ts'
import type { DisclosureId } from '#core/id.ts'
import { noticePaper } from '#reports/notice.ts'
import { renderPaper } from '#reports/render.ts'
import {
  prepareDisclosureModel, publishDisclosure, requestDisclosure, type RequestFacts,
} from '#services/disclosure/disclosure.ts'
import { setPolicyValue } from '#services/policy/policy.ts'
import { PASSWORD } from '../office.ts'
import { incomeOffice, Q, type IncomeOffice } from '../income/quarter-office.ts'

export type NoticeOffice = IncomeOffice & {
  request(quarter: string, more?: Partial<RequestFacts>): ReturnType<typeof requestDisclosure>
  /** Asked for by 张制单, published by 李审核; the drawn paper's place is taken by `pdf` where drawing is not the subject. */
  publish(quarter: string, more?: Partial<RequestFacts>, pdf?: string): DisclosureId
  /** The same with the paper really drawn. */
  publishDrawn(quarter: string, more?: Partial<RequestFacts>): Promise<DisclosureId>
}

/** Without it the profile's objection days and phones are 待填写, and nothing may be published. */
export function fillInProfile(office: IncomeOffice, profileCode = 'XM-2024'): void {
  const values = { 'disclosure.objectionDays': 15, 'disclosure.supervisionPhones': ['示例街道办事处 0592-1234567'] }
  for (const [key, value] of Object.entries(values)) {
    setPolicyValue(
      office.head,
      { profileCode, key, value, validFrom: '2024-01-01', source: '示例通知', reason: '补录' },
      { login: 'li', password: PASSWORD },
    )
  }
}

/** Third quarter 2025, today 9 October: 8 000.00 parking received, 500.00 tax, XM-2024 (posted 30 calendar days). */
export function noticeOffice(options: Parameters<typeof incomeOffice>[0] = {}): NoticeOffice {
  const office = incomeOffice({ profile: 'XM-2024', ...options })
  fillInProfile(office, options.profile ?? 'XM-2024')
  const request: NoticeOffice['request'] = (quarter, more = {}) =>
    requestDisclosure(office.preparer, { complexId: office.complexId, quarter: Q(quarter), ...more })
  const prepared = (quarter: string, more: Partial<RequestFacts> = {}) =>
    prepareDisclosureModel(office.reviewer, request(quarter, more))
  return {
    ...office,
    request,
    publish(quarter, more, pdf) {
      const ready = prepared(quarter, more)
      return publishDisclosure(office.reviewer, ready, Buffer.from(pdf ?? `%PDF-1.4 ${ready.code}`))
    },
    async publishDrawn(quarter, more) {
      const ready = prepared(quarter, more)
      return publishDisclosure(office.reviewer, ready, await renderPaper(noticePaper(ready.model)))
    },
  }
}

export function earnQuarter(office: IncomeOffice): void {
  office.income('4001.01', '8000.00', '2025-07-10')
  office.cost('5001.01', '500.00', '2025-08-20')
}

export const day = parseDate
