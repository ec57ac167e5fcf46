/** Columns of a list of repairs, for the board and the inbox. */
import { daysBetween, type BusinessDate } from '#core/calendar.ts'
import { isOpenStep, REPAIR_STEP_WORD } from '#core/repair/repair.ts'
import { stepDueOn, waitedDays } from '#core/repair/waiting.ts'
import { api, queryClient } from '../../client.ts'
import { boardText } from '../../messages/repair-board.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { inGivenOrder } from '../../parts/given-order.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'

export type Listed = Answers['repairBoard']['list'][number]
export type Row = Listed & {
  readonly waits: string
  readonly stepWord: string
  /** Last day in time by the profile; null: it sets none for this step, or the job has ended. */
  readonly dueOn: BusinessDate | null
  readonly lateDays: number
}

/** Each job with how long it waits and until when it may. */
export async function rowsOf<Of extends Listed>(jobs: readonly Of[], today: BusinessDate): Promise<readonly (Of & Row)[]> {
  const paces = await queryClient.query({ ...api.repairBoard.paces.queryOptions(), staleTime: 'static' })
  return jobs.map((job) => {
    const pace = paces[job.profileCode]
    const dueOn = pace === undefined || !isOpenStep(job.step) ? null : stepDueOn(job.step, job.sinceOn, pace)
    return {
      ...job,
      waits: boardText.days(waitedDays(job.sinceOn, today)),
      stepWord: REPAIR_STEP_WORD[job.step],
      dueOn,
      lateDays: dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, today)),
    }
  })
}

export function Due({ row }: { readonly row: Row }) {
  if (row.lateDays > 0) return <StateTag tone="bad" icon="clock" word={boardText.overdue(row.lateDays)} />
  return row.dueOn === null ? null : <span className="quiet">{row.dueOn}</span>
}

const { columns: heads } = boardText

export const JOB_COLUMNS = inGivenOrder<Row>([
  { field: 'number', headerName: heads.number, width: 112 },
  { field: 'complexName', headerName: heads.complex, type: 'text', flex: 0, width: 84, minWidth: 76 },
  { field: 'title', headerName: heads.title, type: 'text', minWidth: 90, flex: 1.2 },
  { field: 'place', headerName: heads.place, type: 'text', minWidth: 80 },
  { field: 'contractorName', headerName: heads.contractor, type: 'text', minWidth: 100 },
  { field: 'amountFen', headerName: heads.amount, type: 'money', width: 94 },
  { field: 'waits', headerName: heads.waits, width: 58, headerClass: 'head-right', cellClass: 'cell-number' },
  drawn<Row>({ headerName: heads.due, width: 108 }, (row) => <Due row={row} />),
])

/** Over all steps, the step says more than the contractor. */
export const FOUND_COLUMNS = inGivenOrder<Row>([
  { field: 'number', headerName: heads.number, width: 116 },
  { field: 'complexName', headerName: heads.complex, type: 'text', flex: 0, width: 104, minWidth: 80 },
  { field: 'title', headerName: heads.title, type: 'text', flex: 1.4 },
  { field: 'place', headerName: heads.place, type: 'text', minWidth: 90 },
  { field: 'contractorName', headerName: heads.contractor, type: 'text', minWidth: 80, flex: 0.8 },
  { field: 'stepWord', headerName: heads.step, width: 104 },
  { field: 'amountFen', headerName: heads.amount, type: 'money', width: 104 },
  { field: 'reportedOn', headerName: heads.reportedOn, type: 'date' },
])
