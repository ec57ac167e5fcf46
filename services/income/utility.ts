/** Shared water, power and lift upkeep: bills as they come in, and the rows the quarter's notice shows of them. */
import { quarterBounds, type BusinessDate, type Quarter } from '#core/calendar.ts'
import type { UtilityRow } from '#core/disclosure/quarter-input.ts'
import { idOf, type ComplexId, type UtilityBillId } from '#core/id.ts'
import type { Fen } from '#core/money.ts'
import { Problem } from '#core/problem.ts'
import {
  checkUtilityBill,
  payerText,
  spanText,
  UTILITY_KIND_WORD,
  usageText,
  type EarlierReading,
  type ShareBasis,
  type UtilityBill,
  type UtilityKind,
  type UtilityPayer,
} from '#core/income/utility.ts'
import type { Ledger } from '#db/ledger.ts'
import { complexOf } from '../register/complex.ts'
import { requireRole, type ServiceContext } from '../context.ts'
import { logOperation } from '../operation-log.ts'

export type StoredUtilityBill = UtilityBill & { readonly id: UtilityBillId; readonly recordedBy: string; readonly at: string }

type BillRow = {
  readonly id: UtilityBillId
  readonly kind: UtilityKind
  readonly place: string
  readonly coversFrom: BusinessDate
  readonly coversTo: BusinessDate
  readonly previousMilli: number | null
  readonly currentMilli: number | null
  readonly multiplier: number | null
  readonly meterNote: string
  readonly unitPriceMicro: number | null
  readonly amountFen: Fen
  readonly paidFrom: UtilityPayer
  readonly shareBasis: ShareBasis | null
  readonly document: string
  readonly recordedBy: string
  readonly at: string
}

function billOf({ previousMilli, currentMilli, multiplier, ...row }: BillRow): StoredUtilityBill {
  const reading = previousMilli === null || currentMilli === null || multiplier === null
    ? null
    : { previousMilli, currentMilli, multiplier }
  return { ...row, reading }
}

/** Bills whose period ends in the quarter, in the order of their period; withdrawn ones are left out. */
export function utilityBills(ledger: Ledger, complexId: ComplexId, quarter: Quarter): readonly StoredUtilityBill[] {
  const { first, last } = quarterBounds(quarter)
  return ledger
    .prepare<[number, string, string], BillRow>(
      `SELECT b.id, b.kind, b.place, b.covers_from AS coversFrom, b.covers_to AS coversTo, b.previous_milli AS previousMilli,
              b.current_milli AS currentMilli, b.multiplier, b.meter_note AS meterNote, b.unit_price_micro AS unitPriceMicro,
              b.amount_fen AS amountFen, b.paid_from AS paidFrom, b.share_basis AS shareBasis, b.document,
              u.name AS recordedBy, b.at
         FROM utility_bill b JOIN user u ON u.id = b.recorded_by
        WHERE b.complex_id = ? AND b.covers_to BETWEEN ? AND ?
          AND NOT EXISTS (SELECT 1 FROM utility_withdrawal w WHERE w.bill_id = b.id)
        ORDER BY b.covers_to, b.id`,
    )
    .all(complexId, first, last)
    .map(billOf)
}

/** As the notice prints them. */
export function utilityRows(bills: readonly StoredUtilityBill[]): readonly UtilityRow[] {
  return bills.map((bill) => ({
    id: `bill${bill.id}`,
    item: `${UTILITY_KIND_WORD[bill.kind]}：${bill.place}`,
    period: spanText(bill.coversFrom, bill.coversTo),
    usage: usageText(bill.kind, bill.reading),
    // The management company pays the supplier, so no voucher of ours stands behind the figure; its document does.
    amount: { amount: bill.amountFen, refs: [] },
    paidFrom: payerText(bill.paidFrom, bill.shareBasis),
  }))
}

function latestOf(ledger: Ledger, complexId: ComplexId, { kind, place }: UtilityBill): EarlierReading | null {
  return ledger
    .prepare<[number, string, string], EarlierReading>(
      `SELECT b.covers_to AS coversTo, b.current_milli AS currentMilli FROM utility_bill b
        WHERE b.complex_id = ? AND b.kind = ? AND b.place = ?
          AND NOT EXISTS (SELECT 1 FROM utility_withdrawal w WHERE w.bill_id = b.id)
        ORDER BY b.covers_to DESC LIMIT 1`,
    )
    .get(complexId, kind, place) ?? null
}

/** Throws the `utility.*` refusals of `checkUtilityBill`, `complex.missing`, `role.missing`. */
export function recordUtilityBill(context: ServiceContext, complexId: ComplexId, typed: UtilityBill): UtilityBillId {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const { ledger } = context
  const bill = { ...typed, place: typed.place.trim(), document: typed.document.trim(), meterNote: typed.meterNote.trim() }
  return ledger.write(() => {
    complexOf(ledger, complexId)
    checkUtilityBill(bill, latestOf(ledger, complexId, bill))
    const { reading, ...row } = bill
    const { lastInsertRowid } = ledger
      .prepare<[Record<string, unknown>], never>(
        `INSERT INTO utility_bill (complex_id, kind, place, covers_from, covers_to, previous_milli, current_milli, multiplier,
                                   meter_note, unit_price_micro, amount_fen, paid_from, share_basis, document, recorded_by, at)
         VALUES (:complexId, :kind, :place, :coversFrom, :coversTo, :previousMilli, :currentMilli, :multiplier,
                 :meterNote, :unitPriceMicro, :amountFen, :paidFrom, :shareBasis, :document, :recordedBy, :at)`,
      )
      .run({
        ...row,
        complexId,
        previousMilli: reading?.previousMilli ?? null,
        currentMilli: reading?.currentMilli ?? null,
        multiplier: reading?.multiplier ?? null,
        recordedBy: context.actor.userId,
        at: context.clock.now(),
      })
    const id = idOf<'utilityBill'>(lastInsertRowid)
    logOperation(context, 'utility.record', { kind: 'utilityBill', id }, { complexId, ...bill })
    return id
  })
}

/** Throws `utility.reason`, `utility.missing`, `utility.withdrawn`, `role.missing`. */
export function withdrawUtilityBill(context: ServiceContext, id: UtilityBillId, typedReason: string): void {
  requireRole(context, 'preparer', 'bookkeeper', 'head')
  const reason = typedReason.trim()
  if (reason === '') throw new Problem({ code: 'utility.reason', message: '请写明撤回的原因', field: 'reason' })
  const { ledger } = context
  ledger.write(() => {
    const standing = ledger
      .prepare<[number], { isWithdrawn: number }>(
        `SELECT EXISTS (SELECT 1 FROM utility_withdrawal w WHERE w.bill_id = b.id) AS isWithdrawn
           FROM utility_bill b WHERE b.id = ?`,
      )
      .get(id)
    if (standing === undefined) throw new Problem({ code: 'utility.missing', message: '没有这笔公共水电或电梯维保' })
    if (standing.isWithdrawn === 1) throw new Problem({ code: 'utility.withdrawn', message: '这一笔已经撤回，请刷新后查看' })
    ledger
      .prepare<unknown[], never>('INSERT INTO utility_withdrawal VALUES (?, ?, ?, ?)')
      .run(id, reason, context.actor.userId, context.clock.now())
    logOperation(context, 'utility.withdraw', { kind: 'utilityBill', id }, { reason })
  })
}
