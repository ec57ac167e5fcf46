/** The vouchers behind a figure, oldest first; each opens. */
import { useEffect, useState } from 'react'
import { Button, Drawer } from 'antd'
import type { ComplexId } from '#core/id.ts'
import { voucherWord } from '#core/voucher/voucher.ts'
import { client } from '../../client.ts'
import { incomeText } from '../../messages/income.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers, Questions } from '../../records.ts'
import { useScope } from '../../scope.tsx'

type Line = Answers['income']['figure'][number]

/** Which figure of the sheet: its part, its row (null: the part's total), and its name on the sheet. */
export type OpenFigure = {
  readonly part: Questions['income']['figure']['part']
  readonly rowId: string | null
  readonly name: string
}

const PAGE = 100

type Props = { readonly complexId: ComplexId; readonly figure: OpenFigure; readonly onClose: () => void }

export function FigureDrawer({ complexId, figure, onClose }: Props) {
  const { quarter } = useScope()
  const { part, rowId } = figure
  const [lines, setLines] = useState<readonly Line[]>()
  const [hasMore, setMore] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const text = incomeText.figure

  async function read(after: Line | null): Promise<void> {
    try {
      const page = await client.income.figure.query({
        complexId, quarter, part, rowId, limit: PAGE,
        after: after === null ? null : { date: after.date, voucherId: after.voucherId, lineNo: after.lineNo },
      })
      setLines((before) => (after === null ? page : [...(before ?? []), ...page]))
      setMore(page.length === PAGE)
    } catch (refusal) {
      setError(refusal)
    }
  }

  useEffect(() => {
    let isShown = true
    client.income.figure.query({ complexId, quarter, part, rowId, limit: PAGE }).then(
      (page) => {
        if (!isShown) return
        setLines(page)
        setMore(page.length === PAGE)
      },
      (refusal: unknown) => isShown && setError(refusal),
    )
    return () => {
      isShown = false
    }
  }, [complexId, quarter, part, rowId])

  return (
    <Drawer open title={text.title(figure.name)} size={720} onClose={onClose} loading={lines === undefined && error === null}>
      {error !== null && <ProblemNote error={error} />}
      {lines?.length === 0 && <p className="quiet">{text.empty}</p>}
      {lines !== undefined && lines.length > 0 && (
        <table className="income-lines">
          <thead>
            <tr>
              <th scope="col">{text.date}</th>
              <th scope="col">{text.number}</th>
              <th scope="col">{text.summary}</th>
              <th scope="col">{text.account}</th>
              <th scope="col" className="right">{text.amount}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={`${line.voucherId}-${line.lineNo}`}>
                <td>{line.date}</td>
                <td><Go to={{ screen: 'vouchers', path: [line.voucherId] }}>{voucherWord(line.kind, line.number)}</Go></td>
                <td>{line.summary}</td>
                <td>{line.accountName}</td>
                <td className="right"><Money fen={line.amountFen} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lines !== undefined && lines.length > 0 && (
        <p className="income-lines-foot quiet">
          {text.total(lines.length)}
          {hasMore && <Button size="small" onClick={() => void read(lines.at(-1) ?? null)}>{text.more}</Button>}
        </p>
      )}
    </Drawer>
  )
}
