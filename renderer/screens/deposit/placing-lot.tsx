/** One lot of a batch: its bids by rank, who won, the agreement and the certificates under it, and what can be done next. */
import { useState } from 'react'
import { Button } from 'antd'
import type { LotState } from '#core/placing/placing.ts'
import { formatYuan, subtractFen } from '#core/money.ts'
import { formatPercent } from '#core/rate.ts'
import { termText } from '../../messages/deposit.ts'
import { LOT_STATE_WORD, placingText } from '../../messages/placing.ts'
import { Go } from '../../parts/go.tsx'
import type { IconName } from '../../parts/icon.tsx'
import { Money } from '../../parts/money.tsx'
import { StateTag, type Tone } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { PlacingDialog, type Asked, type LotAction } from './placing-dialog.tsx'

export type Lot = Answers['placing']['get']['lots'][number]
export type Bid = Lot['bids'][number]

const text = placingText.lot

const STATE: Readonly<Record<LotState, { readonly icon: IconName; readonly tone: Tone }>> = {
  bidding: { icon: 'clock', tone: 'due' }, failed: { icon: 'blocked', tone: 'plain' }, awarded: { icon: 'draft', tone: 'due' },
  agreed: { icon: 'right', tone: 'accent' }, placed: { icon: 'check', tone: 'good' },
}

export function scoreText(hundredths: number | null): string {
  return hundredths === null ? '' : `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`
}

/** By rank; those without one after, as they were recorded. */
export function byRank(bids: readonly Bid[]): readonly Bid[] {
  const place = (bid: Bid) => bid.rank ?? Number.MAX_SAFE_INTEGER
  return bids.toSorted((a, b) => place(a) - place(b) || a.id - b.id)
}

export function lotTerm({ term }: Pick<Lot, 'term'>): string {
  return termText({ termMonths: term.unit === 'months' ? term.count : null, termDays: term.unit === 'days' ? term.count : null })
}

export function PlacingLotPart({ lot }: { readonly lot: Lot }) {
  const [asked, setAsked] = useState<Asked>()
  const isPreparer = useMay('preparer')
  const isHead = useMay('head')
  const { actions } = placingText
  const isOpen = lot.state === 'bidding'
  const judged = lot.bids.filter(({ recusal }) => recusal === '')
  const left = subtractFen(lot.amountFen, lot.award?.placedFen ?? lot.amountFen)
  const offered: readonly { readonly kind: LotAction; readonly isOn: boolean }[] = [
    { kind: 'bid', isOn: isPreparer && isOpen },
    { kind: 'score', isOn: isPreparer && isOpen && judged.length > 0 },
    { kind: 'award', isOn: isHead && isOpen },
    { kind: 'agreement', isOn: isPreparer && lot.state === 'awarded' && lot.award?.agreement === null },
    { kind: 'link', isOn: isPreparer && lot.state === 'agreed' },
    { kind: 'revoke', isOn: isHead && lot.award !== null && lot.award.placedFen === 0 },
  ]
  return (
    <section className="placing-lot" aria-labelledby={`lot-${lot.id}`}>
      <div className="placing-lot-head">
        <h2 id={`lot-${lot.id}`}>{text.name(lot.seq)}</h2>
        <span>{text.facts(formatYuan(lot.amountFen), lotTerm(lot), formatPercent(lot.minimumRateMicro))}</span>
        {lot.note !== '' && <span className="quiet">{lot.note}</span>}
        <StateTag {...STATE[lot.state]} word={LOT_STATE_WORD[lot.state]} />
        <span className="actions">
          {offered.filter(({ isOn }) => isOn).map(({ kind }) => (
            <Button key={kind} size="small" onClick={() => setAsked({ kind })}>{actions[kind]}</Button>
          ))}
        </span>
      </div>
      <BidTable lot={lot} onCorrect={isPreparer && isOpen ? (bid) => setAsked({ kind: 'correct', bid }) : undefined} />
      <Outcome lot={lot} />
      {lot.award !== null && lot.award.bidId !== null && (
        <>
          <p>{text.placed(formatYuan(lot.award.placedFen), formatYuan(left))}</p>
          <CertificateTable lot={lot} onUnlink={isPreparer ? (linkId) => setAsked({ kind: 'unlink', linkId }) : undefined} />
        </>
      )}
      {asked !== undefined && <PlacingDialog lot={lot} asked={asked} onClose={() => setAsked(undefined)} />}
    </section>
  )
}

function BidTable({ lot, onCorrect }: { readonly lot: Lot; readonly onCorrect: ((bid: Bid) => void) | undefined }) {
  if (lot.bids.length === 0) return <p className="quiet">{text.noBids}</p>
  const { bidColumns: head } = text
  return (
    <table className="plain-table placing-bids" aria-label={text.name(lot.seq)}>
      <thead>
        <tr>
          <th scope="col">{head.bank}</th><th scope="col">{head.rate}</th><th scope="col">{head.score}</th>
          <th scope="col">{head.rank}</th><th scope="col" className="words">{head.remark}</th><th scope="col">{head.history}</th>
        </tr>
      </thead>
      <tbody>
        {byRank(lot.bids).map((bid) => {
          const isWinner = lot.award?.bidId === bid.id
          const versions = lot.bidVersions.filter((version) => version.bank === bid.bank)
          const reasons = versions.flatMap(({ reason, recorder }) => (reason === '' ? [] : [`${recorder} ${reason}`])).join('\n')
          return (
            <tr key={bid.id} className={isWinner ? 'winner' : undefined}>
              <th scope="row">{bid.bank}</th>
              <td>{placingText.rate(formatPercent(bid.rateMicro))}</td>
              <td>{scoreText(bid.scoreHundredths)}</td>
              <td>{bid.rank ?? ''}</td>
              <td className="words">
                {isWinner && <StateTag icon="check" tone="good" word={text.won} />}
                {bid.recusal !== '' && <StateTag icon="blocked" word={text.recused(bid.recusal)} />}
                {bid.rateMicro < lot.minimumRateMicro && <StateTag icon="warning" tone="due" word={text.below} />}
              </td>
              <td>
                {versions.length > 1 && <span title={reasons}>{text.corrected(versions.length - 1)}</span>}
                {onCorrect !== undefined && (
                  <Button size="small" type="link" onClick={() => onCorrect(bid)} aria-label={text.correctOf(bid.bank)}>
                    {placingText.actions.correct}
                  </Button>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Outcome({ lot }: { readonly lot: Lot }) {
  const award = lot.awards.find(({ id }) => id === lot.award?.id)
  if (award === undefined) return null
  const winner = lot.bids.find(({ id }) => id === award.bidId)
  const on = text.awarded(award.awardedOn, award.awarder)
  if (winner === undefined) return <p>{text.failed(award.reason)} <span className="quiet">{on}</span></p>
  return (
    <>
      <p>
        {text.winner(winner.bank, formatPercent(winner.rateMicro))} <span className="quiet">{on}</span>
        {award.reason !== '' && <> {text.reason(award.reason)}</>}
      </p>
      <p>
        {award.agreementNo === null || award.validFrom === null || award.validTo === null
          ? <StateTag icon="warning" tone="due" word={text.noAgreement} />
          : text.agreement(award.agreementNo, award.validFrom, award.validTo)}
      </p>
    </>
  )
}

function CertificateTable({ lot, onUnlink }: { readonly lot: Lot; readonly onUnlink: ((linkId: number) => void) | undefined }) {
  const counted = lot.certificates.filter((each) => each.awardId === lot.award?.id && each.unlinkedReason === null)
  if (counted.length === 0) return <p className="quiet">{text.noCertificates}</p>
  const { certificateColumns: head } = text
  return (
    <table className="plain-table placing-bids placing-certificates">
      <thead>
        <tr>
          <th scope="col">{head.number}</th><th scope="col">{head.complex}</th><th scope="col">{head.principal}</th>
          <th scope="col">{head.rate}</th><th scope="col">{head.dates}</th>{onUnlink !== undefined && <td className="act" />}
        </tr>
      </thead>
      <tbody>
        {counted.map((each) => (
          <tr key={each.linkId}>
            <th scope="row"><Go to={{ screen: 'deposits', path: [each.certificateId] }}>{each.certificateNo}</Go></th>
            <td>{each.complexName}</td>
            <td><Money fen={each.principalFen} /></td>
            <td>{placingText.rate(formatPercent(each.rateMicro))}</td>
            <td>{text.dates(each.valueDate, each.dueDate)}</td>
            {onUnlink !== undefined && (
              <td>
                <Button size="small" type="link" onClick={() => onUnlink(each.linkId)}>{placingText.actions.unlink}</Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
