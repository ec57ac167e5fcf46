/** Entering ballots from paper, one building at a time: a key for each opinion, the next door follows by itself. */
import { useMemo, useRef, useState, type KeyboardEvent } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BuildingId, HouseholdId } from '#core/id.ts'
import { formatArea } from '#core/register/area.ts'
import { BALLOT_CHOICES, DEVELOPER_HOLDER, type BallotChoice } from '#core/authority/vote-tally.ts'
import { api, client, refreshAll } from '../../client.ts'
import { CHOICE_KEYS, voteText } from '../../messages/authority.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useShortcut } from '../../shortcuts.ts'

const text = voteText.ballots
type Card = Answers['vote']['get']
type Unit = Answers['vote']['units'][number]
type Edits = ReadonlyMap<HouseholdId, BallotChoice>

export function VoteBallots({ card, mayEnter }: { readonly card: Card; readonly mayEnter: boolean }) {
  const { id } = card.vote
  const [buildingId, setBuilding] = useState<BuildingId | undefined>(card.buildings[0]?.id)
  const [edits, setEdits] = useState<Edits>(new Map())
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)

  async function save(): Promise<void> {
    if (edits.size === 0 || isBusy) return
    setBusy(true)
    setError(null)
    try {
      await client.vote.enter.mutate({ id, ballots: [...edits].map(([householdId, choice]) => ({ householdId, choice })) })
      // What was entered meanwhile is not stored yet.
      setEdits((now) => new Map([...now].filter(([householdId, choice]) => edits.get(householdId) !== choice)))
      await refreshAll()
    } catch (refusal) {
      setError(refusal)
    }
    setBusy(false)
  }
  useShortcut('Ctrl+Enter', text.save(edits.size), () => void save(), { isOn: mayEnter && edits.size > 0 })

  return (
    <section className="vote-ballots" aria-labelledby="vote-ballots-title">
      <h2 id="vote-ballots-title">{text.title}</h2>
      {error !== null && <ProblemNote error={error} />}
      <div className="vote-buildings" role="group" aria-label={text.building}>
        {card.buildings.map(({ id: each, name, units, returned }) => (
          <button
            key={each}
            type="button"
            className={each === buildingId ? 'vote-building current' : 'vote-building'}
            aria-pressed={each === buildingId}
            onClick={() => setBuilding(each)}
          >
            {name} <span className="quiet">{text.progress(returned, units)}</span>
          </button>
        ))}
      </div>
      {buildingId === undefined
        ? <p className="quiet">{text.empty}</p>
        : (
            <UnitTable
              key={buildingId}
              card={card}
              buildingId={buildingId}
              edits={edits}
              mayEnter={mayEnter}
              onChoice={(householdId, choice) => setEdits((before) => new Map(before).set(householdId, choice))}
            />
          )}
      {mayEnter
        ? (
            <div className="vote-save">
              <Button type="primary" loading={isBusy} disabled={edits.size === 0} onClick={() => void save()}>
                {text.save(edits.size)}
              </Button>
              <span className="quiet">{text.keys[card.tally.method]}</span>
            </div>
          )
        : <p className="quiet">{text.closed}</p>}
    </section>
  )
}

type TableProps = {
  readonly card: Card
  readonly buildingId: BuildingId
  readonly edits: Edits
  readonly mayEnter: boolean
  readonly onChoice: (householdId: HouseholdId, choice: BallotChoice) => void
}

function UnitTable({ card, buildingId, edits, mayEnter, onChoice }: TableProps) {
  const { data: units } = useQuery(api.vote.units.queryOptions({ id: card.vote.id, buildingId }))
  const body = useRef<HTMLTableSectionElement>(null)
  const sizes = useMemo(() => {
    const counted = new Map<string, number>()
    for (const { holder } of units ?? []) counted.set(holder, (counted.get(holder) ?? 0) + 1)
    return counted
  }, [units])

  function onKey(event: KeyboardEvent, index: number, { householdId }: Unit): void {
    const choice = CHOICE_KEYS[event.key]
    if (choice === undefined || event.ctrlKey || event.altKey || event.metaKey || !mayEnter) return
    event.preventDefault()
    onChoice(householdId, choice)
    const next = body.current?.rows[index + 1]?.querySelector<HTMLInputElement>('input[type=radio]:checked, input[type=radio]')
    next?.focus()
  }

  const { columns } = text
  const words = text.choices[card.tally.method]
  // What was just marked as not delivered is not among the rest.
  const rest = (units ?? []).filter((unit) => !edits.has(unit.householdId) && (unit.choice ?? 'notReturned') === 'notReturned')
  return (
    <>
      {/* By objection most owners keep silent: one press for a building instead of a key for every door. */}
      {mayEnter && card.tally.method === 'objection' && rest.length > 0 && (
        <div className="vote-rest">
          <Button onClick={() => { for (const { householdId } of rest) onChoice(householdId, 'silent') }}>
            {text.rest(rest.length)}
          </Button>
          <span className="quiet">{text.restHint}</span>
        </div>
      )}
      <div className="vote-units">
        <table>
          <thead>
            <tr>
              <th scope="col">{columns.room}</th>
              <th scope="col" className="figure">{columns.area}</th>
              <th scope="col">{columns.holder}</th>
              <th scope="col">{columns.choice}</th>
            </tr>
          </thead>
          <tbody ref={body}>
            {units?.map((unit, index) => {
              const { householdId, address, areaDm2, holder } = unit
              const chosen = edits.get(householdId) ?? unit.choice ?? 'notReturned'
              return (
                <tr
                  key={householdId}
                  className={edits.has(householdId) ? 'changed' : undefined}
                  onKeyDown={(event) => onKey(event, index, unit)}
                >
                  <th scope="row">{address}</th>
                  <td className="figure">{formatArea(areaDm2)}</td>
                  <td className="quiet">{holderText(holder, sizes.get(holder) ?? 1)}</td>
                  <td>
                    {mayEnter
                      ? <Choices address={address} householdId={householdId} chosen={chosen} words={words} onChoice={onChoice} />
                      : <span className={`vote-choice ${chosen} chosen`}>{words[chosen]}</span>}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </>
  )
}

type ChoicesProps = Pick<TableProps, 'onChoice'> & {
  readonly address: string
  readonly householdId: HouseholdId
  readonly chosen: BallotChoice
  readonly words: Readonly<Record<BallotChoice, string>>
}

function Choices({ address, householdId, chosen, words, onChoice }: ChoicesProps) {
  return (
    <span role="radiogroup" aria-label={text.choiceOf(address)} className="vote-choices">
      {BALLOT_CHOICES.map((choice) => (
        <label key={choice} className={choice === chosen ? `vote-choice ${choice} chosen` : 'vote-choice'}>
          <input
            type="radio"
            name={`ballot-${householdId}`}
            checked={choice === chosen}
            onChange={() => onChoice(householdId, choice)}
          />
          {words[choice]}
        </label>
      ))}
    </span>
  )
}

function holderText(holder: string, units: number): string {
  if (holder === DEVELOPER_HOLDER) return text.developer
  return units > 1 ? text.several(units) : ''
}
