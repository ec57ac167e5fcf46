/** Shared water, power and lift upkeep at the foot of the sheet: what suppliers billed, who bears it, and taking one back. */
import { useState } from 'react'
import { Button } from 'antd'
import { addFen, plainYuan } from '#core/money.ts'
import { client, refreshAll } from '../../client.ts'
import { apportionmentText } from '../../messages/apportionment.ts'
import { utilityText as text } from '../../messages/utility.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import type { QuarterView } from './quarter-table.tsx'
import { NoRows, PartHead, SheetRow, Under } from './sheet-cells.tsx'

type Bill = QuarterView['utilityBills'][number]

export function UtilityPart({ view: { sheet, utilityBills } }: { readonly view: QuarterView }) {
  const { complexId } = useScope()
  const mayWrite = useMay('preparer', 'bookkeeper', 'head')
  const [withdrawn, setWithdrawn] = useState<Bill>()
  const rows = sheet.utilities
  return (
    <tbody>
      <PartHead title={text.part(sheet.dailyFund !== null)} />
      {rows.length === 0 && <NoRows text={text.none} />}
      {rows.map((row, index) => {
        const bill = utilityBills[index]
        return (
          <SheetRow
            key={row.id}
            id={row.id}
            item={
              <>
                {row.item}
                {mayWrite && bill !== undefined && (
                  <Button size="small" type="link" aria-label={text.withdrawLabel(row.item)} onClick={() => setWithdrawn(bill)}>
                    {text.withdraw}
                  </Button>
                )}
                {mayWrite && bill?.paidFrom === 'owners' && complexId !== null && (
                  <Go
                    to={{
                      screen: 'complexes', path: [complexId, 'apportionments', 'new'],
                      query: { bill: String(bill.id), title: row.item, amount: plainYuan(bill.amountFen) },
                    }}
                  >
                    {apportionmentText.forBill}
                  </Go>
                )}
                <Under
                  lines={[
                    row.period,
                    row.usage === '' ? null : text.usage(row.usage),
                    text.paidFrom(row.paidFrom),
                    bill === undefined ? null : text.document(bill.document),
                    bill?.meterNote ?? null,
                  ]}
                />
              </>
            }
            amount={<Money fen={row.amount.amount} />}
          />
        )
      })}
      {rows.length > 0 && (
        <SheetRow tone="total" item={text.total} amount={<Money fen={addFen(...rows.map((row) => row.amount.amount))} />} />
      )}
      {withdrawn !== undefined && (
        <WithdrawBill bill={withdrawn} onClose={() => setWithdrawn(undefined)} />
      )}
    </tbody>
  )
}

function WithdrawBill({ bill, onClose }: { readonly bill: Bill; readonly onClose: () => void }) {
  return (
    <ReasonDialog
      title={text.withdrawTitle}
      verb={text.withdraw}
      hint={text.withdrawHint}
      words={{ reason: text.reason, missing: text.reasonMissing, example: text.reasonExample }}
      onReason={async (reason) => {
        await client.utility.withdraw.mutate({ id: bill.id, reason })
        await refreshAll()
      }}
      onClose={onClose}
    />
  )
}
