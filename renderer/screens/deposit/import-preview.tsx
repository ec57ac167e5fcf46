/** What was read of a deposit sheet: questions first, then whether it ties out, then line by line what has to be changed. */
import { Radio } from 'antd'
import { formatYuan } from '#core/money.ts'
import { readRateCell } from '#core/deposit/deposit-import-cells.ts'
import { formatPercent } from '#core/rate.ts'
import { depositImportText as text } from '../../messages/deposit-import.ts'
import { inGivenOrder } from '../../parts/given-order.ts'
import { drawn } from '../../parts/grid-columns.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers as ApiAnswers } from '../../records.ts'
import type { ImportRequest } from './records.ts'

type Preview = ApiAnswers['depositImport']['preview']
type Line = Preview['lines'][number]
type Question = Preview['questions'][number]
type Answers = Pick<ImportRequest, 'rateUnit' | 'moneyUnit'>

type Props = {
  readonly preview: Preview
  readonly answers: Answers
  readonly onAnswer: (answer: Partial<Answers>) => void
}

function termOf({ term }: Line): string {
  if (term === null) return ''
  return term.unit === 'days' ? text.days(term.count) : text.months(term.count)
}

function noteOf({ problems, isOtherDueDate }: Line): string {
  if (problems.length === 0) return isOtherDueDate ? text.otherDueDate : ''
  return text.joined(problems.map(({ message }) => message))
}

const heads = text.columns

const COLUMNS = inGivenOrder<Line>([
  { field: 'line', headerName: heads.line, type: 'number', width: 50 },
  drawn<Line>({ headerName: heads.state, width: 90 }, ({ problems }) => problems.length === 0
    ? <StateTag icon="check" word={text.fine} />
    : <StateTag icon="warning" tone="bad" word={text.broken} />),
  { field: 'certificateNo', headerName: heads.number, type: 'text', minWidth: 96 },
  { field: 'complexName', headerName: heads.complex, type: 'text', minWidth: 84 },
  { field: 'accountNumber', headerName: heads.account, width: 128 },
  { field: 'principalFen', headerName: heads.principal, type: 'money', width: 112 },
  {
    headerName: heads.rate, type: 'number', width: 68,
    valueGetter: ({ data }) => (data === undefined || data.rateMicro === null ? '' : `${formatPercent(data.rateMicro)}%`),
  },
  { field: 'valueDate', headerName: heads.valueDate, type: 'date', width: 92 },
  { headerName: heads.term, width: 72, valueGetter: ({ data }) => (data === undefined ? '' : termOf(data)) },
  { field: 'dueDate', headerName: heads.dueDate, type: 'date', width: 92 },
  {
    headerName: heads.note, type: 'text', minWidth: 190,
    valueGetter: ({ data }) => (data === undefined ? '' : noteOf(data)),
  },
])

/** As many rows as a page holds without scrolling twice. */
const TALLEST = 14

/** Sentences above the table. */
const LISTED = 8

export function ImportPreview({ preview, answers, onAnswer }: Props) {
  const { lines, lineCount, skipped, problems, warnings } = preview
  return (
    <section className="import-preview" aria-label={preview.fileName}>
      <p className="import-sum" role="status">
        <strong>{preview.fileName}</strong>
        <span>{text.count(lineCount, formatYuan(preview.principalFen))}</span>
        <span className="quiet">{text.headerLine(preview.headerLine)}</span>
        <Standing preview={preview} />
      </p>
      <Questions questions={preview.questions} answers={answers} onAnswer={onAnswer} />
      {problems.length > 0 && (
        <ul className="import-notes" aria-label={text.problems}>
          {problems.map(({ message }) => <li key={message}><StateTag icon="warning" tone="bad" word={message} /></li>)}
        </ul>
      )}
      <LineProblems lines={lines} />
      {(warnings.length > 0 || skipped.length > 0) && (
        <ul className="import-notes quiet">
          {warnings.map((warning) => <li key={warning}>{warning}</li>)}
          {skipped.map(({ line, text: content }) => <li key={line}>{text.skipped(line, content)}</li>)}
        </ul>
      )}
      <TieOut rows={preview.tieOut} />
      <h2>{text.lines}</h2>
      {lines.length < lineCount && <p className="quiet">{text.more(lineCount, lines.length)}</p>}
      <Grid
        label={text.lines}
        columns={COLUMNS}
        rows={lines}
        rowId={({ line }) => String(line)}
        empty={text.empty}
        height={Math.min(lines.length, TALLEST)}
      />
    </section>
  )
}

function Standing({ preview: { isReady, problemCount } }: Pick<Props, 'preview'>) {
  if (isReady) return <StateTag icon="check" tone="good" word={text.ready} />
  return problemCount === 0
    ? <StateTag icon="warning" tone="due" word={text.asked} />
    : <StateTag icon="warning" tone="bad" word={text.wrong(problemCount)} />
}

/** What a narrow column would cut off is read here; the rest of a long list follows in the table. */
function LineProblems({ lines }: Pick<Preview, 'lines'>) {
  const wrong = lines
    .flatMap(({ line, problems }) => problems.map(({ code, message }) => ({ line, code, message })))
    .filter(({ code }) => code !== 'import.ask')
  if (wrong.length === 0) return null
  return (
    <ul className="import-notes" aria-label={text.lineProblems}>
      {wrong.slice(0, LISTED).map(({ line, message }) => (
        <li key={`${line} ${message}`}><StateTag icon="warning" tone="bad" word={text.ofLine(line, message)} /></li>
      ))}
    </ul>
  )
}

function Questions({ questions, answers, onAnswer }: Pick<Preview, 'questions'> & Pick<Props, 'answers' | 'onAnswer'>) {
  // An answered question is not asked any more by the server, and must stay to be changed.
  const rate = questions.find(({ kind }) => kind === 'rateUnit')
  const money = questions.find(({ kind }) => kind === 'moneyUnit')
  if (rate === undefined && money === undefined && answers.rateUnit === null && answers.moneyUnit === null) return null
  return (
    <section className="import-questions">
      <h2>{text.questions}</h2>
      {(rate !== undefined || answers.rateUnit !== null) && (
        <UnitQuestion
          label={rate === undefined ? text.columns.rate : questionOf(rate)}
          value={answers.rateUnit}
          options={rateAnswers(rate?.text ?? EXAMPLE)}
          onChoose={(rateUnit) => onAnswer({ rateUnit })}
        />
      )}
      {(money !== undefined || answers.moneyUnit !== null) && (
        <UnitQuestion
          label={money === undefined ? text.columns.principal : questionOf(money)}
          value={answers.moneyUnit}
          options={text.moneyAnswers}
          onChoose={(moneyUnit) => onAnswer({ moneyUnit })}
        />
      )}
    </section>
  )
}

/** Named in the question while it is open; afterwards any such number shows what was meant. */
const EXAMPLE = '0.0235'

function rateAnswers(typed: string) {
  const read = (unit: 'percent' | 'fraction') => {
    const rate = readRateCell(typed, unit, { row: 0, field: 'rate' })
    return typeof rate === 'number' ? formatPercent(rate) : typed
  }
  return { percent: text.asPercent(read('percent')), fraction: text.asFraction(typed, read('fraction')) }
}

function questionOf({ kind, text: content, line, count }: Question): string {
  return kind === 'rateUnit' ? text.rateQuestion(content, line, count) : text.moneyQuestion(content, line, count)
}

type UnitProps<Unit extends string> = {
  readonly label: string
  readonly value: Unit | null
  readonly options: Readonly<Record<Unit, string>>
  readonly onChoose: (unit: Unit) => void
}

function isUnit<Unit extends string>(options: Readonly<Record<Unit, string>>, key: string): key is Unit {
  return Object.hasOwn(options, key)
}

function UnitQuestion<Unit extends string>({ label, value, options, onChoose }: UnitProps<Unit>) {
  const units = Object.keys(options).filter((key) => isUnit(options, key))
  return (
    <div className="import-question">
      <span>{label}</span>
      <Radio.Group
        aria-label={label}
        value={value}
        options={units.map((unit) => ({ value: unit, label: options[unit] }))}
        onChange={({ target }) => {
          const chosen = units.find((unit) => unit === target.value)
          if (chosen !== undefined) onChoose(chosen)
        }}
      />
    </div>
  )
}

function TieOut({ rows }: { readonly rows: Preview['tieOut'] }) {
  if (rows.length === 0) return null
  const { tieOut } = text
  return (
    <section>
      <h2>{tieOut.title}</h2>
      <table className="plain-table import-tie-out">
        <thead>
          <tr>
            {[tieOut.complex, tieOut.booked, tieOut.inForce, tieOut.imported, tieOut.difference].map((head) => (
              <th key={head} scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ complexId, complexName, bookedFen, inForceFen, importedFen, differenceFen }) => (
            <tr key={complexId}>
              <th scope="row">{complexName}</th>
              <td><Money fen={bookedFen} /></td>
              <td><Money fen={inForceFen} /></td>
              <td><Money fen={importedFen} /></td>
              <td>
                {differenceFen === 0
                  ? <StateTag icon="check" tone="good" word={tieOut.tiesOut} />
                  : <Money fen={differenceFen} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
