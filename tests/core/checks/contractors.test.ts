import { describe, expect, it } from 'vitest'
import { findUnappointed, findUnscored, type UnscoredJob, type WorkedJob } from '#core/checks/contractors.ts'
import { idOf } from '#core/id.ts'
import { day, yuan } from './facts.ts'

const WORKED: WorkedJob = {
  id: idOf<'repair'>(1), number: 'WX2026-00001', complexId: idOf<'complex'>(1), amountFen: yuan('3000'),
  unappointed: ['施工单位示例修缮公司没有选取记录'],
}
const CLOSED: UnscoredJob = { ...WORKED, closedOn: day('2026-06-30'), unscored: ['施工单位“示例修缮公司”', '监理单位“示例监理公司”'] }

describe('parties that nobody chose', () => {
  it('are named with the job and its amount', () => {
    expect(findUnappointed([WORKED])).toMatchObject([{
      rule: 'repair.contractorNotChosen', amountFen: yuan('3000'), message: expect.stringContaining('示例修缮公司没有选取记录'),
    }])
  })

  it('are not looked for where both were in force on the day of the report', () => {
    expect(findUnappointed([{ ...WORKED, unappointed: [] }])).toEqual([])
  })
})

describe('a closed job that nobody scored', () => {
  it('is named once its quarter is over', () => {
    expect(findUnscored([CLOSED], day('2026-07-01'))).toMatchObject([{
      rule: 'repair.contractorNotScored', level: 'hint', message: expect.stringContaining('施工单位“示例修缮公司”、监理单位“示例监理公司”还没有考核'),
    }])
  })

  it('may still be scored in the quarter it was closed in', () => {
    expect(findUnscored([{ ...CLOSED, closedOn: day('2026-07-01') }], day('2026-07-01'))).toEqual([])
  })
})
