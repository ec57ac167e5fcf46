/** One household: what it is on a day, who owns it (masked; revealed with a reason), where it came from, what happened. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { formatArea } from '#core/register/area.ts'
import type { BusinessDate } from '#core/calendar.ts'
import type { HouseholdFacts } from '#core/register/household.ts'
import type { HouseholdId, OwnerId } from '#core/id.ts'
import { api, client } from '../../client.ts'
import { cardText as text, householdText, NATURE_WORD, USE_WORD } from '../../messages/household.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts, type Fact } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Money, yuanText } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { AccountSection } from './account-section.tsx'
import { AreaSection } from './area-section.tsx'
import { MergeDialog, OwnersDialog, SplitDialog } from './change-dialogs.tsx'
import { FactsDialog } from './facts-dialogs.tsx'
import type { HouseholdCard } from './records.ts'
import { Standing } from './standing.tsx'
import { VaultButton } from './vault.tsx'

type Doing = 'facts' | 'owners' | 'merge' | 'split'
const CHANGES: readonly (readonly [Doing, string])[] = [
  ['facts', text.changeFacts], ['owners', text.setOwners], ['merge', text.merge], ['split', text.split],
]

export function HouseholdPlace({ id }: { readonly id: HouseholdId }) {
  const { today } = useScope()
  const [asOf, setAsOf] = useState<BusinessDate>()
  const [doing, setDoing] = useState<Doing>()
  const { data: card, error } = useQuery(api.household.card.queryOptions({ id, ...(asOf !== undefined && { asOf }) }))
  const mayWrite = useMay('bookkeeper', 'head', 'preparer')
  if (card === undefined) return <Page title={householdText.title}>{error !== null && <ProblemNote error={error} />}</Page>
  const { facts } = card
  const isToday = asOf === undefined || asOf === today
  const close = () => setDoing(undefined)
  return (
    <Page
      title={card.address}
      hint={card.state === 'left' ? text.left : <Standing standing={card.standing} />}
      actions={
        <>
          <VaultButton />
          {mayWrite && card.state === 'active' && isToday && CHANGES.map(([act, verb]) => (
            <Button key={act} onClick={() => setDoing(act)}>{verb}</Button>
          ))}
        </>
      }
      toolbar={
        <>
          <span className="quiet">{text.asOf}</span>
          <DateInput aria-label={text.asOf} value={asOf ?? today} onChange={(date) => setAsOf(date ?? undefined)} />
          <Go to={{ screen: 'complexes', path: [card.complexId, 'buildings', card.buildingId] }}>{text.picture}</Go>
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <div className="complex-card">
        {facts === null ? <p role="status">{text.notThen}</p> : <Facts facts={factsShown(facts)} />}
        <AccountSection card={card} />
        {facts !== null && <AreaSection id={id} mayWrite={mayWrite && card.state === 'active' && isToday} />}
        {facts !== null && <Owners card={card} />}
        <Relatives title={text.from} card={card} relatives={card.from} />
        <Relatives title={text.to} card={card} relatives={card.to} />
        <History acts={card.acts} />
      </div>
      {facts !== null && doing === 'facts' && <FactsDialog id={id} address={card.address} facts={facts} onClose={close} />}
      {doing === 'owners' && <OwnersDialog card={card} onClose={close} />}
      {facts !== null && doing === 'merge' && <MergeDialog card={card} facts={facts} onClose={close} />}
      {facts !== null && doing === 'split' && <SplitDialog card={card} facts={facts} onClose={close} />}
    </Page>
  )
}

function factsShown(facts: HouseholdFacts): readonly Fact[] {
  const { entrance, floor, room, use, nature, hasLift, isExcluded, isDeveloperHeld, priceFen, rateFen, firstDueFen } = facts
  return [
    { label: text.room, value: room },
    { label: text.entrance, value: entrance },
    { label: text.floor, value: floor },
    { label: text.area, value: text.squareMetres(formatArea(facts.areaDm2)) },
    { label: text.use, value: USE_WORD[use] },
    { label: text.nature, value: NATURE_WORD[nature] },
    { label: text.lift, value: hasLift ? text.withLift : text.withoutLift },
    { label: text.developerFact, value: isDeveloperHeld ? text.developerYes : text.developerNo },
    { label: text.excludedFact, value: isExcluded ? text.excludedYes : text.excludedNo },
    { label: text.rate, value: rateFen === null ? '' : householdText.perSquareMetre(yuanText(rateFen)) },
    { label: text.due, value: firstDueFen === null ? '' : <Money fen={firstDueFen} /> },
    { label: text.price, value: priceFen === null ? '' : <Money fen={priceFen} /> },
  ]
}

type Field = 'name' | 'identity' | 'phone'
type Asked = { readonly ownerId: OwnerId; readonly field: Field }

function Owners({ card }: { readonly card: HouseholdCard }) {
  const [asked, setAsked] = useState<Asked>()
  const [shown, setShown] = useState<ReadonlyMap<string, string>>(new Map())
  const mayReveal = useMay('head', 'bookkeeper', 'preparer')

  async function reveal({ ownerId, field }: Asked, reason: string): Promise<void> {
    const value = await client.household.reveal.mutate({ ownerId, field, reason })
    // Kept by this place alone: leaving it masks everything again.
    setShown(new Map(shown).set(`${ownerId} ${field}`, value))
  }
  const cell = (ownerId: OwnerId, field: Field, masked: string | null) => {
    const clear = shown.get(`${ownerId} ${field}`)
    return (
      <td>
        {clear ?? masked ?? ''}
        {clear === undefined && masked !== null && mayReveal && (
          <Button
            type="link"
            size="small"
            aria-label={`${text.revealTitle(text.fieldWord[field])} ${masked}`}
            onClick={() => setAsked({ ownerId, field })}
          >
            {text.reveal}
          </Button>
        )}
      </td>
    )
  }
  return (
    <section>
      <h2>{text.owners}</h2>
      {card.owners.length === 0 && <p className="quiet">{text.noOwners}</p>}
      {card.owners.length > 0 && (
        <table className="plain-table text-table">
          <thead>
            <tr>
              {[text.name, text.share, text.fieldWord.identity, text.phone].map((name) => <th key={name} scope="col">{name}</th>)}
            </tr>
          </thead>
          <tbody>
            {card.owners.map(({ ownerId, name, identity, phone, share }) => (
              <tr key={ownerId}>
                {name === null ? <td>{householdText.sealed}</td> : cell(ownerId, 'name', name)}
                <td>{share}</td>
                {cell(ownerId, 'identity', identity)}
                {cell(ownerId, 'phone', phone)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {asked !== undefined && (
        <ReasonDialog
          title={text.revealTitle(text.fieldWord[asked.field])}
          verb={text.reveal}
          hint={text.revealHint}
          words={text.revealWords}
          onReason={(reason) => reveal(asked, reason)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </section>
  )
}

type RelativesProps = { readonly title: string; readonly card: HouseholdCard; readonly relatives: HouseholdCard['from'] }

function Relatives({ title, card, relatives }: RelativesProps) {
  if (relatives.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul className="relatives">
        {relatives.map(({ id, address }) => (
          <li key={id}><Go to={{ screen: 'complexes', path: [card.complexId, 'households', id] }}>{address}</Go></li>
        ))}
      </ul>
    </section>
  )
}

const HISTORY_HEADS = [text.effectiveOn, text.act, text.reason, text.what, text.actor]

function History({ acts }: { readonly acts: HouseholdCard['acts'] }) {
  return (
    <section>
      <h2>{text.history}</h2>
      <table className="plain-table text-table">
        <thead>
          <tr>
            {HISTORY_HEADS.map((name) => <th key={name} scope="col">{name}</th>)}
          </tr>
        </thead>
        <tbody>
          {acts.map((act) => (
            <tr key={act.changeId}>
              <td>{act.effectiveOn}</td>
              <td>{text.kinds[act.kind]}</td>
              <td>{act.reason}</td>
              <td>{afterwards(act)}</td>
              <td>{act.actor}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function afterwards({ event, facts, owners }: HouseholdCard['acts'][number]): string {
  if (event === 'left') return text.ended
  const held = owners?.map(({ name, share }) => `${name ?? householdText.sealed} ${share}`).join(householdText.ownersJoin) ?? ''
  const what = facts === null ? '' : `${facts.room} ${text.squareMetres(formatArea(facts.areaDm2))} ${USE_WORD[facts.use]}`
  return [what, held].filter((part) => part !== '').join(' · ')
}
