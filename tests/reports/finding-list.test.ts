import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { fen } from '#core/money.ts'
import { findingListDocument, type FindingLine, type FindingListModel } from '#reports/finding-list.ts'

const LINE: FindingLine = {
  level: 'warn', title: '凭证没有附件', complex: '示例花园', message: '记-0001号 没有附件', amountFen: fen(100),
  basis: '会计基础工作规范第51条', vouchers: ['2025-09-10 记-0001号'], foundOn: parseDate('2025-10-01'), answer: '已补（张制单，2025-10-02）',
  closing: '已核对原件（李审核，2025-10-03）', state: 'closed',
}
const MODEL: FindingListModel = {
  office: '示例市维修资金中心', complex: null, from: null, to: parseDate('2025-10-09'), printedOn: parseDate('2025-10-09'),
  printedBy: '李审核', lines: [LINE, { ...LINE, amountFen: null, level: 'hint' }], notes: ['“报价疑似串通”没有检查。'],
}

describe('the list of findings', () => {
  it('names problem, amount, basis, vouchers, answer, close-out and state, and adds up the amounts', () => {
    const [table] = findingListDocument(MODEL).tables
    const texts = table?.rows.map(({ cells }) => cells.map((cell) => (cell.kind === 'text' ? cell.text : cell.kind)))
    expect(texts?.[0]).toEqual([
      'count', '警示', '示例花园', '凭证没有附件：记-0001号 没有附件', 'money', '会计基础工作规范第51条', '2025-09-10 记-0001号',
      '已补（张制单，2025-10-02）', '已核对原件（李审核，2025-10-03）', '已销号，2025-10-01 查出',
    ])
    expect(table?.rows.at(-1)?.cells[4]).toEqual({ kind: 'money', fen: 100 })
  })

  it('says that nothing was found, and always that findings are only suspected', () => {
    const empty = findingListDocument({ ...MODEL, lines: [], from: parseDate('2025-09-01') })
    expect(empty.tables[0]).toMatchObject({ rows: [], empty: '自查没有发现疑点' })
    expect(empty.periodText).toBe('2025-09-01 至 2025-10-09')
    expect(empty.notes[0]).toContain('疑似')
  })
})
