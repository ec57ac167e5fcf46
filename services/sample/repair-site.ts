/** What is seen on site in the sample office: papers and pictures of a job, and the visits of its review. */
import { addDays, parseDate } from '#core/calendar.ts'
import type { RepairId } from '#core/id.ts'
import type { PaperKind } from '#core/repair/repair-papers.ts'
import { VISIT_PARTIES, type VisitParty } from '#core/repair/site-visit.ts'
import { repairCard } from '../repair/repair-list.ts'
import { addRepairPaper, signRepairSheet } from '../repair/repair-papers.ts'
import { addRepairPhoto } from '../repair/repair-photo.ts'
import { repairJob } from '../repair/repair-record.ts'
import { photosOfStep, recordReview } from '../repair/repair-review.ts'
import type { SampleRepair } from './data.ts'
import { paper, type Desk } from './desk.ts'
import { sitePhoto } from './photo.ts'

/** Pictures of the place, by part; `photos` are the bytes of assets/sample/*.png. */
export type SamplePhotos = Readonly<Record<'roof' | 'lift' | 'pipe', Uint8Array>>

const OLD_PHOTO_DAYS = 60

export function file(desk: Desk, id: RepairId, kind: PaperKind, name: string, text: string): void {
  addRepairPaper(desk.preparer, id, kind, paper(desk, `${name}（${text}）`, text))
}

/** Far beyond the sample's jobs: the supervisor's picture is another file. */
const OTHER_CAMERA = 1017
const VISITOR = {
  section: { person: '科室甲', time: '09:20', finding: '现场情况与报价单一致，工程量核对无误，同意施工' },
  supervisor: { person: '监理甲', time: '09:40', finding: '损坏部位、范围属实，施工方案可行' },
} as const

/** `by`: whose picture of the same place it is. */
export function photo(desk: Desk, id: RepairId, repair: SampleRepair, photos: SamplePhotos, by: VisitParty = 'section'): void {
  const scene = repair.part === '电梯' ? 'lift' : repair.part === '屋面' || repair.part === '外墙' ? 'roof' : 'pipe'
  // One of them was taken long before anything was reported: that is asked about.
  const on = repair.oldPhoto ? addDays(parseDate(repair.reported), -OLD_PHOTO_DAYS) : desk.clock.today()
  const complex = desk.complexes.findIndex(({ data }) => data.code === repair.complex)
  const bytes = sitePhoto(photos[scene], { on, complex, job: by === 'section' ? id : id + OTHER_CAMERA })
  addRepairPhoto(desk.preparer, id, { name: `现场照片-${scene}.png`, bytes, mediaType: 'image/png' })
}

/** The review or the drawn spot check, when it is the job's turn: each party with own person, time, finding and picture. */
export function reviewOf(desk: Desk, id: RepairId, repair: SampleRepair, photos: SamplePhotos): void {
  const { step } = repairCard(desk.reviewer, id).state
  if (step !== 'spotCheck' && step !== 'siteReview') return
  for (const party of VISIT_PARTIES) photo(desk, id, repair, photos, party)
  file(desk, id, step, step === 'spotCheck' ? '抽查记录' : '现场复核记录', repair.title)
  if (step === 'siteReview') {
    signRepairSheet(desk.reviewer, id, { sheet: 'siteReview', party: 'section', person: '科室甲' })
    signRepairSheet(desk.reviewer, id, { sheet: 'siteReview', party: 'supervisor', person: '监理甲' })
  }
  const taken = photosOfStep(repairJob(desk.ledger, id, desk.clock.today()))
  recordReview(desk.reviewer, id, step === 'spotCheck' ? 'spotChecked' : 'siteReviewed', VISIT_PARTIES.map((party, index) => ({
    party, ...VISITOR[party], on: desk.clock.today(), place: `${repair.building}幢${repair.part}`,
    photos: taken.slice(index, index + 1).map(({ sha256 }) => sha256),
  })))
}
