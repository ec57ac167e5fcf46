/** The printed papers of a repair as finished sheets, from what the ledger holds of the job. */
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { isPrintable, PRINTED_PAPER_WORD, type PrintedPaper } from '#core/repair/printed-papers.ts'
import { PARTY_WORD } from '#core/repair/person.ts'
import { isSpotChecked, REPAIR_STEP_WORD, standingAmount } from '#core/repair/repair.ts'
import { PAPER_WORD } from '#core/repair/repair-papers.ts'
import { visitMoment } from '#core/repair/site-visit.ts'
import { warrantyFoundText } from '#core/repair/builder-warranty.ts'
import { EXCLUDED_USE_WORD, EXCLUDED_USES } from '#core/repair/repair-place.ts'
import {
  acceptanceSlip, drawRecord, opinionSheet, visaSheet, type FiledPaperLine, type RepairPaperHead,
} from '#reports/repair-papers.ts'
import { pathSheet } from '#reports/repair-path-sheet.ts'
import { reviewRecord, type VisitRecord } from '#reports/repair-review.ts'
import type { RepairSheet } from '#reports/repair-sheet.ts'
import { useAnswerOf } from '#services/authority/use-answer.ts'
import { businessDateOf, chinaMinuteOf } from '#services/clock.ts'
import { officeName } from '#services/office.ts'
import { drawRecordOf, latestDrawOf } from '#services/repair/repair-draw-record.ts'
import { keptWarranty } from '#services/repair/repair-warranty.ts'
import { repairJob, type RepairJob, type StoredPaper } from '#services/repair/repair-record.ts'
import { answeredLines } from './repair-findings.ts'
import { visitingParties } from '#services/repair/repair-review.ts'
import { opinionLine } from './repair-opinion.ts'
import { latestEvent, personsOf, type LatestEvent, type Reader } from './repair-job-facts.ts'
import { moneySheets } from './repair-paper-money.ts'
import { paperPhotos, type PaperPhotos } from './repair-paper-photos.ts'
import { pathSheetOf } from './repair-path-sheet.ts'

function headOf({ ledger, clock }: Reader, { repair }: RepairJob, printedBy: string): RepairPaperHead {
  const place = [repair.buildingName, repair.entrance, repair.part, repair.facility]
    .filter((part) => part !== null && part !== '')
  return {
    office: officeName(ledger) ?? '', number: repair.number, complex: repair.complexName, place: place.join(' '),
    title: repair.title, reportedOn: repair.reportedOn, quotedFen: repair.quotedFen, contractor: repair.contractorName,
    supervisor: repair.supervisorName, printedOn: clock.today(), printedBy,
  }
}

function filed({ kind, name, at }: StoredPaper): FiledPaperLine {
  return { kind: PAPER_WORD[kind], name, on: businessDateOf(at) }
}

type WindowChecked = LatestEvent<'windowChecked'>

/** What the window asked and was answered, in the order of the form. */
function windowOpinion({ ledger }: Reader, job: RepairJob, checked: WindowChecked): string {
  const uses = EXCLUDED_USES.map((use) => `${EXCLUDED_USE_WORD[use]}：${checked.excludedUses[use] ? '是' : '否'}`)
  const answer = useAnswerOf(ledger, job.repair.id)
  const warranty = keptWarranty(ledger, job.repair.id)
  const item = answer === null || answer.itemName === '' ? '项目字典中没有对应项目' : `属“${answer.itemName}”`
  const agreed = answer?.confirmedBy == null ? '' : `；名称与不得动用的项目相近，经${answer.confirmedBy}当面确认`
  return [
    '1．第165号令第25条不得列支的情形，逐项询问：',
    ...uses.map((use, index) => `　　${use}${index < uses.length - 1 ? '；' : '。'}`),
    `2．用途：${item}${answer === null || answer.explanation === '' ? '' : `，依据：${answer.explanation}`}${agreed}。`,
    `3．${warranty === null ? '建设单位保修期未核对' : warrantyFoundText(warranty)}。`,
    `4．同一部位：${checked.hits.length === 0 ? '没有重复报修' : `有 ${checked.hits.length} 项在先维修，须三方到场核实`}。`,
    '初审通过。',
  ].join('\n')
}

function slip(reader: Reader, head: RepairPaperHead, job: RepairJob): RepairSheet {
  const checked = job.state.doneBy.windowCheck === undefined ? null : latestEvent(job, 'windowChecked')
  return acceptanceSlip(head, {
    // Printed again later it still lists what the window had received.
    papers: job.folder.papers.filter(({ at }) => checked === null || at <= checked.recordedAt).map(filed),
    opinion: checked === null ? '' : windowOpinion(reader, job, checked),
    checkedBy: checked?.actorName ?? '',
    checkedOn: checked?.recordedOn ?? null,
  })
}

function draw({ ledger, clock }: Reader, job: RepairJob, printedBy: string): RepairSheet {
  const drawId = latestDrawOf(ledger, job.repair.id)
  if (drawId === null) throw notPrintable('drawRecord', job)
  return drawSheet({ ledger, clock }, drawId, printedBy)
}

/** Throws `repair.drawMissing`. */
export function drawSheet({ ledger, clock }: Reader, drawId: number, printedBy: string): RepairSheet {
  const record = drawRecordOf(ledger, drawId)
  return drawRecord({
    office: officeName(ledger) ?? '', drawId, at: chinaMinuteOf(record.at), person: record.actorName, seed: record.seed,
    strata: record.strata.map(({ contractorName, percent, repairs }) => ({
      contractor: contractorName, percent,
      repairs: repairs.map(({ number, title, rank, isDrawn }) =>
        ({ number, title, rank: rank.toString(16).padStart(8, '0'), isDrawn })),
    })),
    printedOn: clock.today(), printedBy,
  })
}

function review(head: RepairPaperHead, job: RepairJob, photos: PaperPhotos): RepairSheet {
  const { state, policy } = job
  const kind = isSpotChecked(state) ? ('spotChecked' as const) : ('siteReviewed' as const)
  const found = state.reviewedOn === null ? null : latestEvent(job, kind)
  const visits = visitingParties(kind, policy).map((party): VisitRecord => {
    const visit = found?.visits.find((one) => one.party === party)
    return {
      party: PARTY_WORD[party], person: visit?.person ?? '', at: visit === undefined ? '' : visitMoment(visit),
      place: visit?.place ?? '', finding: visit?.finding ?? '',
      photos: (visit?.photos ?? []).flatMap((sha256) => photos.bySha.get(sha256) ?? []),
    }
  })
  const signers = (party: 'section' | 'supervisor') =>
    (kind === 'siteReviewed' ? personsOf(job, 'siteReview', party) : visits.filter((visit) => visit.party === PARTY_WORD[party])
      .map(({ person }) => person).filter((person) => person !== ''))
  return reviewRecord(head, {
    kind: kind === 'spotChecked' ? 'spotCheck' : 'siteReview', on: found?.on ?? null, approvedFen: state.approvedFen, visits,
    section: signers('section'), supervisor: signers('supervisor'),
  })
}

/** One sheet a visa; a blank form where there is none yet. */
function visas(head: RepairPaperHead, job: RepairJob, photos: PaperPhotos): readonly RepairSheet[] {
  const blank = {
    seq: null, on: null, content: '', items: [], addedFen: null, section: [], supervisor: [], contractor: [], photos: [],
  }
  if (job.visas.length === 0) return [visaSheet(head, blank)]
  return job.visas.map((visa) => {
    const signed = (party: string) => visa.signers.filter((signer) => signer.party === party).map(({ person }) => person)
    return visaSheet(head, {
      seq: visa.seq, on: visa.on, content: visa.work,
      items: [{ item: visa.work, quantity: visa.quantity }],
      addedFen: visa.changeFen, section: signed('section'), supervisor: signed('supervisor'), contractor: signed('contractor'),
      photos: photos.ofVisa.get(visa.id) ?? [],
    })
  })
}

function notPrintable(paper: PrintedPaper, { repair, state }: RepairJob): Problem {
  return new Problem({
    code: 'repair.notPrintable',
    message: `${repair.number} 现在到“${REPAIR_STEP_WORD[state.step]}”，还不能打印${PRINTED_PAPER_WORD[paper]}`,
  })
}

/** Throws `repair.missing`, `repair.notPrintable`. */
export async function repairSheets(
  reader: Reader, id: RepairId, paper: PrintedPaper, printedBy: string,
): Promise<readonly RepairSheet[]> {
  const job = repairJob(reader.ledger, id, reader.clock.today())
  if (!isPrintable(paper, job.state)) throw notPrintable(paper, job)
  const head = headOf(reader, job, printedBy)
  const photos = await paperPhotos(reader.ledger, job)
  switch (paper) {
    case 'acceptanceSlip':
      return [slip(reader, head, job)]
    case 'pathSheet':
      return [pathSheet(head, pathSheetOf(reader, job))]
    case 'opinionSheet':
      return [opinionSheet(head, {
        opinions: job.events.map(opinionLine), standing: REPAIR_STEP_WORD[job.state.step], amountFen: standingAmount(job.state),
        answered: answeredLines(reader, job, reader.clock.today(), latestEvent(job, 'paymentInstructed')?.actorName ?? null),
      })]
    case 'drawRecord':
      return [draw(reader, job, printedBy)]
    case 'reviewRecord':
      return [review(head, job, photos)]
    case 'visa':
      return visas(head, job, photos)
    case 'summaryTable':
    case 'acceptanceRecord':
    case 'settlement':
    case 'paymentOrder':
    case 'useDisclosure':
      return moneySheets(reader, head, job, { paper, photos })
  }
}
