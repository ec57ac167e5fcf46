import { describe, expect, it } from 'vitest'
import { parseDate } from '#core/calendar.ts'
import { findingListModel, periodFindings, runFindings } from '#server/finding.ts'
import { answerFinding, closeFinding } from '#services/finding/finding.ts'
import { listFindings } from '#services/finding/finding-list.ts'
import { recordSelfCheck, runReport } from '#services/finding/finding-run.ts'
import { findNow } from '#services/finding/self-check.ts'
import { makeOffice, type Office } from '../office.ts'
import { codeOf, postWithoutPaper } from './finding-office.ts'

const TODAY = parseDate('2025-10-09')
const WHOLE = { from: null, to: TODAY, complexId: null, bookId: null }

function check(office: Office) {
  return recordSelfCheck(office.head, WHOLE, findNow(office.ledger, office.clock.today(), WHOLE))
}

/** Two vouchers without papers found on 9 October; one of them answered on the 10th and closed out on the 11th. */
function checkedOffice() {
  const office = makeOffice({ today: TODAY })
  postWithoutPaper(office, office.maintenance, '2025-08-10')
  postWithoutPaper(office, office.maintenance, '2025-09-10')
  const { runId, ids: [first] } = check(office)
  if (first === undefined) throw new Error('nothing was found')
  office.clock.set('2025-10-10T02:00:00.000Z')
  answerFinding(office.preparer, first, '原件在装订本内')
  office.clock.set('2025-10-11T02:00:00.000Z')
  closeFinding(office.reviewer, first, '已核对原件')
  return { office, runId, first }
}

describe('the list of a period', () => {
  it('has what stood in it, closed out included, with reason, person and day of the close-out', () => {
    const { office } = checkedOffice()
    const model = findingListModel(office.ledger, office.clock.today(), '张制单',
      periodFindings(office.ledger, { from: parseDate('2025-10-01'), to: parseDate('2025-10-31'), complexId: null }))
    expect(model.lines.map(({ foundOn, answer, closing, state }) => [foundOn, answer, closing, state])).toEqual([
      ['2025-10-09', '原件在装订本内（张制单，2025-10-10）', '已核对原件（李审核，2025-10-11）', 'closed'],
      ['2025-10-09', '', '', 'open'],
    ])
  })

  it('leaves out what was closed out before it and what was found after it', () => {
    const { office, first } = checkedOffice()
    const listed = (from: string, to: string) => listFindings(office.ledger, {
      complexId: null, state: 'all', from: parseDate(from), to: parseDate(to), limit: 10,
    }).map(({ id }) => id === first)
    expect(listed('2025-10-11', '2025-10-31')).toEqual([false, true])
    expect(listed('2025-10-12', '2025-10-31')).toEqual([false])
    expect(listed('2025-01-01', '2025-10-08')).toEqual([])
  })
})

describe('an earlier run printed again', () => {
  it('shows its findings as they stood then, whatever was said since', () => {
    const { office, runId } = checkedOffice()
    const again = check(office)
    const shown = (id: typeof runId) =>
      runReport(office.ledger, id).findings.map(({ state, answer, closing }) => [state, answer, closing])
    expect(shown(runId)).toEqual([['open', '', ''], ['open', '', '']])
    expect(shown(again.runId)).toEqual([['closed', '原件在装订本内', '已核对原件'], ['open', '', '']])
    const { notes, from, to } = runFindings(office.ledger, runId)
    expect([from, to, notes[0]]).toEqual([null, TODAY, expect.stringContaining('2025-10-09 由赵主管自查')])
    expect(notes.some((note) => note.includes('没有检查'))).toBe(true)
  })

  it('takes no line more than the run found', () => {
    const { office, runId, first } = checkedOffice()
    const add = (line: number, seq: number) => codeOf(() => office.ledger.write(() => office.ledger.sqlite
      .prepare('INSERT INTO finding_run_line (run_id, line_no, finding_id, seq) VALUES (?, ?, ?, ?)')
      .run(runId, line, first, seq)))
    expect([add(3, 3), add(1, 3)]).toEqual(['finding.path', 'record.duplicate'])
  })
})
