/** The path of a job on paper (办理流程表): every step with who took it and when, and the rule for each that was skipped. */
import type { BusinessDate } from '#core/calendar.ts'
import { jobFacts, repairSheet, type RepairPaperHead } from './repair-papers.ts'
import type { RepairSheet } from './repair-sheet.ts'

export type PathLine = {
  readonly step: string
  /** `已办`, `当前`, `未到`, `免办`. */
  readonly state: string
  /** Empty where nobody took it yet. */
  readonly person: string
  readonly on: BusinessDate | null
  /** What it left; of a skipped step the rule that lets it. */
  readonly text: string
}

export type PathSheet = {
  readonly lines: readonly PathLine[]
  /** The step it waits at, or how it ended. */
  readonly standing: string
  readonly policy: string
}

export function pathSheet(head: RepairPaperHead, { lines, standing, policy }: PathSheet): RepairSheet {
  return repairSheet(head, '维修项目办理流程表', [
    jobFacts(head),
    { kind: 'facts', rows: [[{ label: '当前步骤', value: standing }, { label: '政策口径', value: policy }]] },
    {
      kind: 'table',
      caption: '办理流程',
      columns: [
        { label: '序号', holds: 'center', width: 26 }, { label: '步骤', holds: 'text', width: 70 },
        { label: '状态', holds: 'center', width: 34 }, { label: '办理人', holds: 'center', width: 46 },
        { label: '日期', holds: 'center', width: 62 }, { label: '内容，或免办的依据', holds: 'text' },
      ],
      rows: lines.map(({ step, state, person, on, text }, index) => [String(index + 1), step, state, person, on ?? '', text]),
      total: null,
      empty: '',
    },
    { kind: 'notes', items: [
      '步骤按办理先后排列。免办只依本小区政策口径中写明的金额和出处；恰为金额线的按较严的步骤办理。',
      '退回重办的，只列重办以后的一次；全部经过见办理意见表。',
    ] },
  ])
}
