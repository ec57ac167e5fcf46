/** A bank nobody has listed: the clerk says which row is the heading and what each column means, and sees it read so. */
import { useState, type ReactNode } from 'react'
import { Button, Input, Select } from 'antd'
import {
  columnTitles, MAPPED_FIELDS, ruleFor, suggestMapping, type ColumnMapping, type MappedField,
} from '#core/statement/mapping.ts'
import { client, refreshAll } from '../../client.ts'
import { mappingText } from '../../messages/mapping.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { StoredMapping } from './account.ts'
import { MappingRules } from './mapping-rules.tsx'

type Props = {
  readonly bankAccountId: number
  readonly records: readonly (readonly string[])[]
  readonly mapping: ColumnMapping
  /** Where the heading stands among the records. */
  readonly headingRow: number
  readonly stored: StoredMapping | undefined
  readonly onChange: (mapping: ColumnMapping, headingRow: number) => void
  readonly onClose: () => void
  /** The file read by the mapping as it stands. */
  readonly result: ReactNode
}

export function MappingPane({ bankAccountId, records, mapping, headingRow, stored, onChange, onClose, result }: Props) {
  const [name, setName] = useState(stored?.name ?? '')
  const [refusal, setRefusal] = useState<unknown>(null)

  const save = () => client.statement.saveMapping.mutate({ bankAccountId, name, mapping: sent(mapping) })

  async function attempt(work: () => Promise<unknown>): Promise<void> {
    setRefusal(null)
    try {
      await work()
      await refreshAll()
      onClose()
    } catch (thrown) {
      setRefusal(thrown)
    }
  }
  return (
    <section className="mapping" aria-label={mappingText.title}>
      <h2>{mappingText.title}</h2>
      <p className="quiet">{mappingText.hint}</p>
      <ColumnTable records={records} mapping={mapping} headingRow={headingRow} onChange={onChange} />
      <MappingRules mapping={mapping} onChange={(next) => onChange(next, headingRow)} />
      {refusal !== null && <ProblemNote error={refusal} />}
      <div className="pane-actions">
        <label className="mapping-name">
          <span>{mappingText.name}</span>
          <Input
            value={name}
            maxLength={60}
            placeholder={mappingText.nameExample}
            onChange={(event) => setName(event.target.value)}
          />
        </label>
        <Button type="primary" onClick={() => void attempt(save)}>{mappingText.save}</Button>
        <Button onClick={onClose}>{mappingText.leave}</Button>
        {stored !== undefined && (
          <Button onClick={() => void attempt(() => client.statement.retireMapping.mutate({ bankAccountId, id: stored.id }))}>
            {mappingText.retire}
          </Button>
        )}
      </div>
      <h2>{mappingText.result}</h2>
      {result}
    </section>
  )
}

/** As the server takes it: its lists are its own. */
export function sent({ titles, fields, inWords, outWords, ...rest }: ColumnMapping) {
  return { ...rest, titles: [...titles], fields: { ...fields }, inWords: [...inWords], outWords: [...outWords] }
}

type TableProps = Pick<Props, 'records' | 'mapping' | 'headingRow' | 'onChange'>

const UNUSED = 'unused'
const CHOICES: readonly { readonly value: MappedField | typeof UNUSED; readonly label: string }[] = [
  { value: UNUSED, label: mappingText.unused },
  ...MAPPED_FIELDS.map((field) => ({ value: field, label: mappingText.fields[field] })),
]

/** Rows shown from the start of the file: enough to see the heading and how its columns are filled. */
const SHOWN_ROWS = 16

function ColumnTable({ records, mapping, headingRow, onChange }: TableProps) {
  const shown = records.slice(0, Math.max(SHOWN_ROWS, headingRow + 4))
  const titles = columnTitles(records[headingRow] ?? [])

  function assign(title: string, field: MappedField | typeof UNUSED): void {
    const { [title]: _before, ...others } = mapping.fields
    const fields = field === UNUSED ? others : { ...others, [title]: field }
    onChange({ ...mapping, fields, rule: ruleFor(fields) ?? mapping.rule }, headingRow)
  }
  return (
    <div className="raw-start" tabIndex={0} role="region" aria-label={mappingText.records}>
      <table>
        <thead>
          <tr>
            <th scope="col">{mappingText.heading}</th>
            {titles.map((title, column) => (
              <th key={column} scope="col">
                {title !== '' && (
                  <Select<MappedField | typeof UNUSED>
                    aria-label={mappingText.meaningOf(title)}
                    size="small"
                    className={mapping.fields[title] === undefined ? 'mapping-unused' : ''}
                    value={mapping.fields[title] ?? UNUSED}
                    onChange={(field) => assign(title, field)}
                    options={[...CHOICES]}
                    listHeight={512}
                    popupMatchSelectWidth={110}
                  />
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((cells, index) => (
            <tr key={index} className={index === headingRow ? 'mapping-heading' : ''}>
              <td>
                <input
                  type="radio"
                  name="heading-row"
                  checked={index === headingRow}
                  aria-label={mappingText.headingRow(index + 1)}
                  onChange={() => onChange(suggestMapping(cells), index)}
                />
              </td>
              {Array.from(
                { length: Math.max(titles.length, cells.length) },
                (_, column) => <td key={column}>{cells[column] ?? ''}</td>,
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
