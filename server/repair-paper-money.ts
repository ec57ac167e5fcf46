/** The sheets of a repair from acceptance to payment, as finished models. */
import { APPORTIONMENT_BASIS_WORD } from '#core/household/apportionment.ts'
import { addFen, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { standingAmount } from '#core/repair/repair.ts'
import { visaChangeFen } from '#core/repair/repair-visa.ts'
import {
  acceptanceRecord, paymentOrder, settlementSheet, summaryTable, useDisclosure, type Signers, type WorkLine,
} from '#reports/repair-papers-money.ts'
import type { RepairPaperHead } from '#reports/repair-papers.ts'
import type { RepairSheet } from '#reports/repair-sheet.ts'
import { apportionmentOf } from '#services/household/apportionment.ts'
import { repairApportionments } from '#services/household/apportionment-repair.ts'
import { paymentOrders } from '#services/repair/payment-order.ts'
import type { RepairJob } from '#services/repair/repair-record.ts'
import { latestEvent, personsOf, type Reader } from './repair-job-facts.ts'
import type { PaperPhotos } from './repair-paper-photos.ts'

function signersOf(job: RepairJob): Signers {
  const of = (party: 'section' | 'supervisor' | 'contractor') => personsOf(job, 'acceptance', party)
  return { section: of('section'), supervisor: of('supervisor'), contractor: of('contractor') }
}

/** The contract's work, each visa, and what the settlement took off: together the amount the job stands at. */
function workLines({ repair, state, visas }: RepairJob): readonly WorkLine[] {
  const total = standingAmount(state)
  const agreed = state.contract?.amountFen ?? state.approvedFen ?? total
  const lines: WorkLine[] = [{ item: `合同内：${repair.title}`, quantity: '一项', amountFen: agreed }]
  for (const { seq, work, quantity, changeFen } of visas) {
    lines.push({ item: `签证第 ${seq} 次：${work}`, quantity, amountFen: changeFen })
  }
  const cut = subtractFen(total, addFen(...lines.map(({ amountFen }) => amountFen)))
  return cut === ZERO_FEN ? lines : [...lines, { item: cut < 0 ? '决算核减' : '决算核增', quantity: '', amountFen: cut }]
}

/** How the households bear it. */
function chargedText({ ledger }: Reader, { repair }: RepairJob): string {
  const [latest] = repairApportionments(ledger, repair.id)
  if (latest === undefined) return '由小区维修资金列支，未建分户账'
  return `${APPORTIONMENT_BASIS_WORD[apportionmentOf(ledger, latest.id).basis]}，${latest.households} 户分摊`
}

function settlement(head: RepairPaperHead, job: RepairJob, settledFen: Fen): RepairSheet {
  const { state, visas } = job
  const settled = latestEvent(job, 'settled')
  return settlementSheet(head, {
    approvedFen: state.approvedFen, contractFen: state.contract?.amountFen ?? null,
    addedFen: visas.length === 0 ? null : visaChangeFen(visas), settledFen, lines: workLines(job),
    audit: state.needsAudit ? `须经审计，审计机构：${settled?.auditedBy ?? ''}` : '未达审计金额，不需审计',
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
  }))
}

function disclosure(reader: Reader, head: RepairPaperHead, job: RepairJob, settledFen: Fen): RepairSheet {
  const { state, policy } = job
  const published = latestEvent(job, 'published')
  return useDisclosure(head, {
    settledFen, paidFen: state.paidFen, acceptedOn: state.acceptedOn, warrantyUntil: state.warrantyUntil,
    authority: state.authority?.basis ?? '小额维修，按政策口径免表决',
    charged: chargedText(reader, job), from: published?.from ?? null, to: published?.to ?? null,
    place: published?.place ?? '', phones: policy.value('disclosure.supervisionPhones') ?? [], lines: workLines(job),
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
      return [summaryTable(head, { lines: workLines(job), totalFen: standingAmount(state), signers: signersOf(job) })]
    case 'acceptanceRecord': {
      const accepted = latestEvent(job, 'accepted')
      return [acceptanceRecord(head, {
        on: state.acceptedOn, finding: '', sectionStaff: state.acceptedOn === null ? [] : accepted?.sectionStaff ?? [],
        followUp: state.acceptedOn === null ? '' : accepted?.followUp ?? '', warrantyUntil: state.warrantyUntil,
        signers: signersOf(job), photos: photos.site,
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
