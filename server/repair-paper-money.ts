/** The sheets of a repair from acceptance to payment, as finished models. */
import { APPORTIONMENT_BASIS_WORD } from '#core/household/apportionment.ts'
import { ZERO_FEN, type Fen } from '#core/money.ts'
import { countingVisas } from '#core/repair/repair-actions.ts'
import { visaChangeFen } from '#core/repair/repair-visa.ts'
import { workLines, worksAmount, type WorkLine } from '#core/repair/work-lines.ts'
import { actualPeriod, agreedPeriod } from '#core/repair/works-period.ts'
import {
  acceptanceRecord, paymentOrder, settlementSheet, summaryTable, useDisclosure, type Signers, type WorksFacts,
} from '#reports/repair-papers-money.ts'
import type { RepairPaperHead } from '#reports/repair-papers.ts'
import type { RepairSheet } from '#reports/repair-sheet.ts'
import { apportionmentOf } from '#services/household/apportionment.ts'
import { repairApportionments } from '#services/household/apportionment-repair.ts'
import { paymentOrders } from '#services/repair/payment-order.ts'
import type { RepairJob } from '#services/repair/repair-record.ts'
import { answeredLines } from './repair-findings.ts'
import { latestEvent, personsOf, type Reader } from './repair-job-facts.ts'
import type { PaperPhotos } from './repair-paper-photos.ts'

function signersOf(job: RepairJob): Signers {
  const of = (party: 'section' | 'supervisor' | 'contractor') => personsOf(job, 'acceptance', party)
  return { section: of('section'), supervisor: of('supervisor'), contractor: of('contractor') }
}

function linesOf({ repair, state, visas }: RepairJob): readonly WorkLine[] {
  return workLines(repair, state, visas)
}

function worksOf({ state }: RepairJob): WorksFacts {
  return { agreed: agreedPeriod(state), actual: actualPeriod(state) }
}

/** How the households bear it. */
function chargedText({ ledger }: Reader, { repair }: RepairJob): string {
  const [latest] = repairApportionments(ledger, repair.id)
  if (latest === undefined) return '由小区维修资金列支，未建分户账'
  return `${APPORTIONMENT_BASIS_WORD[apportionmentOf(ledger, latest.id).basis]}，${latest.households} 户分摊`
}

function auditText(needsAudit: boolean, auditedBy: string): string {
  if (needsAudit) return `须经审计，审计机构：${auditedBy}`
  return auditedBy === '' ? '未达审计金额，不需审计' : `未达审计金额，自行委托审计，审计机构：${auditedBy}`
}

function settlement(head: RepairPaperHead, job: RepairJob, settledFen: Fen): RepairSheet {
  const { state } = job
  const visas = countingVisas(state, job.visas)
  const settled = latestEvent(job, 'settled')
  return settlementSheet(head, {
    approvedFen: state.approvedFen, contractFen: state.contract?.amountFen ?? null,
    addedFen: visas.length === 0 ? null : visaChangeFen(visas), settledFen, lines: linesOf(job), works: worksOf(job),
    audit: auditText(state.needsAudit, settled?.auditedBy ?? ''),
    retentionFen: state.retentionFen === ZERO_FEN ? null : state.retentionFen,
    retentionDue: state.retentionDue,
  })
}

function payment(reader: Reader, head: RepairPaperHead, job: RepairJob): readonly RepairSheet[] {
  const orders = paymentOrders(reader.ledger, job.repair.id)
  const settledFen = job.state.settledFen ?? ZERO_FEN
  return orders.map((order, index) => paymentOrder(head, {
    ...order, settledFen,
    payee: order.payee === '' ? job.repair.contractorName : order.payee,
    instalment: orders.length === 1 && order.amountFen === settledFen ? '' : `第 ${index + 1} 次付款`,
    charged: chargedText(reader, job),
    answered: answeredLines(reader, job, order.on, order.preparedBy),
  }))
}

function disclosure(reader: Reader, head: RepairPaperHead, job: RepairJob, settledFen: Fen): RepairSheet {
  const { state, policy } = job
  const published = latestEvent(job, 'published')
  return useDisclosure(head, {
    settledFen, paidFen: state.paidFen, acceptedOn: state.acceptedOn, warrantyUntil: state.warrantyUntil,
    authority: state.authority?.basis ?? '小额维修，按政策口径免表决',
    charged: chargedText(reader, job), from: published?.from ?? null, to: published?.to ?? null,
    place: published?.place ?? '', phones: policy.value('disclosure.supervisionPhones') ?? [], lines: linesOf(job),
  })
}

export type MoneyPaper = 'summaryTable' | 'acceptanceRecord' | 'settlement' | 'paymentOrder' | 'useDisclosure'

export function moneySheets(
  reader: Reader, head: RepairPaperHead, job: RepairJob, { paper, photos }: { paper: MoneyPaper; photos: PaperPhotos },
): readonly RepairSheet[] {
  const { state } = job
  const settledFen = state.settledFen ?? ZERO_FEN
  switch (paper) {
    case 'summaryTable':
      return [summaryTable(head, {
        lines: linesOf(job), totalFen: worksAmount(state, job.repair.quotedFen, job.visas), works: worksOf(job),
        signers: signersOf(job),
      })]
    case 'acceptanceRecord': {
      const accepted = state.acceptedOn === null ? null : latestEvent(job, 'accepted')
      return [acceptanceRecord(head, {
        on: state.acceptedOn, works: worksOf(job), finding: accepted?.finding ?? '', sectionStaff: accepted?.sectionStaff ?? [],
        followUp: accepted?.followUp ?? '', warrantyUntil: state.warrantyUntil, signers: signersOf(job), photos: photos.site,
      })]
    }
    case 'settlement':
      return [settlement(head, job, settledFen)]
    case 'paymentOrder':
      return payment(reader, head, job)
    case 'useDisclosure':
      return [disclosure(reader, head, job, settledFen)]
  }
}
