/** The printed papers of a repair as finished sheets, from what the ledger holds of the job. */
import type { RepairId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { isPrintable, PRINTED_PAPER_WORD, type PrintedPaper } from '#core/repair/printed-papers.ts'
import { REPAIR_STEP_WORD, standingAmount } from '#core/repair/repair.ts'
import { PAPER_WORD } from '#core/repair/repair-papers.ts'
import {
  acceptanceSlip, drawRecord, opinionSheet, reviewRecord, visaSheet, type FiledPaperLine, type RepairPaperHead,
} from '#reports/repair-papers.ts'
import type { RepairSheet } from '#reports/repair-sheet.ts'
import { businessDateOf } from '#services/clock.ts'
import { officeName } from '#services/office.ts'
import { drawRecordOf, latestDrawOf } from '#services/repair/repair-draw-record.ts'
import { repairJob, type RepairJob, type StoredPaper } from '#services/repair/repair-record.ts'
import { opinionLine } from './repair-opinion.ts'
import { latestEvent, personsOf, type Reader } from './repair-job-facts.ts'
import { moneySheets } from './repair-paper-money.ts'
import { paperPhotos, type PaperPhotos } from './repair-paper-photos.ts'

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

function slip(head: RepairPaperHead, job: RepairJob): RepairSheet {
  const checked = latestEvent(job, 'windowChecked')
  const hits = checked === null || checked.hits.length === 0 ? '未发现同一部位重复报修' : `同一部位有 ${checked.hits.length} 项在先维修，须三方到场核实`
  return acceptanceSlip(head, {
    papers: job.folder.papers.map(filed),
    opinion: checked === null ? '' : `已逐项核对第165号令第25条不得列支的情形，均不属于；建设单位保修期已过或无保修责任；${hits}。初审通过。`,
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
    office: officeName(ledger) ?? '', drawId, at: businessDateOf(record.at), person: record.actorName, seed: record.seed,
    strata: record.strata.map(({ contractorName, percent, repairs }) => ({
      contractor: contractorName, percent,
      repairs: repairs.map(({ number, title, rank, isDrawn }) =>
        ({ number, title, rank: rank.toString(16).padStart(8, '0'), isDrawn })),
    })),
    printedOn: clock.today(), printedBy,
  })
}

function review(head: RepairPaperHead, job: RepairJob, photos: PaperPhotos): RepairSheet {
  const kind = job.state.isDrawn === true ? ('spotCheck' as const) : ('siteReview' as const)
  const found = latestEvent(job, kind === 'spotCheck' ? 'spotChecked' : 'siteReviewed')
  return reviewRecord(head, {
    kind, on: found?.on ?? null, finding: found?.finding ?? '', approvedFen: job.state.approvedFen,
    section: personsOf(job, 'siteReview', 'section'), supervisor: personsOf(job, 'siteReview', 'supervisor'),
    photos: photos.site,
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
      return [slip(head, job)]
    case 'opinionSheet':
      return [opinionSheet(head, {
        opinions: job.events.map(opinionLine), standing: REPAIR_STEP_WORD[job.state.step], amountFen: standingAmount(job.state),
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
