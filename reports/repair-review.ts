/**
 * The record of the review on site, or of a drawn spot check: what section and supervisor each saw, when and where, with their
 * own photos (铜陵 12(3)). Before the visit it is printed blank, to be filled in on site.
 */
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { Fen } from '#core/money.ts'
import { jobFacts, photosTable, repairSheet, yuanText, type PhotoLine, type RepairPaperHead } from './repair-papers.ts'
import type { RepairSheet, SheetBlock } from './repair-sheet.ts'

export type VisitRecord = {
  /** `科室`. */
  readonly party: string
  /** All '' while the visit has still to be made. */
  readonly person: string
  /** `2025-09-10 09:30`. */
  readonly at: string
  readonly place: string
  readonly finding: string
  readonly photos: readonly PhotoLine[]
}

export type ReviewRecord = {
  readonly kind: 'siteReview' | 'spotCheck'
  /** Day on which it was complete; null before. */
  readonly on: BusinessDate | null
  readonly approvedFen: Fen | null
  readonly visits: readonly VisitRecord[]
  /** Who signed; of a spot check its visitors. */
  readonly section: readonly string[]
  readonly supervisor: readonly string[]
}

function visitBlocks({ party, person, at, place, finding, photos }: VisitRecord): readonly SheetBlock[] {
  return [
    { kind: 'facts', rows: [
      [{ label: `${party}到场人`, value: person }, { label: '到场时间', value: at }],
      [{ label: '到场地点', value: place }],
    ] },
    { kind: 'box', label: `${party}：现场情况和结论`, text: finding, signed: '', room: 62 },
    photosTable(`${party}现场照片`, photos),
  ]
}

export function reviewRecord(head: RepairPaperHead, record: ReviewRecord): RepairSheet {
  const isSpotCheck = record.kind === 'spotCheck'
  return repairSheet(head, isSpotCheck ? '小额维修抽查记录' : '现场复核记录', [
    jobFacts(head),
    { kind: 'facts', rows: [[
      { label: isSpotCheck ? '抽查完成日' : '复核完成日', value: record.on === null ? '' : dateInChinese(record.on) },
      { label: '核定金额', value: yuanText(record.approvedFen) },
    ]] },
    ...record.visits.flatMap((visit) => [...visitBlocks(visit), { kind: 'paragraph', text: '' } as const]),
    { kind: 'parties', parties: [
      { title: '科室', persons: record.section, isSealed: true }, { title: '监理单位', persons: record.supervisor, isSealed: true },
    ] },
    { kind: 'notes', items: [
      isSpotCheck
        ? '低于小额维修金额线的项目按比例抽取，抽中的到现场检查，到场各方各自留存时间、地点、照片和结论。'
        : '达到小额维修金额线的项目，由科室和监理到现场复核，各自留存时间、地点、照片和结论后方可办理付款。',
    ] },
  ])
}
