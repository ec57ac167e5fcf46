/** The chain of a deposit as a picture: each certificate below what it came from, split and merged, the interest on the way. */
import { addFen, formatYuan, type Fen } from '#core/money.ts'
import type { CertificateId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { CERTIFICATE_STATUS_WORD, depositText, termText } from '../../messages/deposit.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { layOutChain } from './chain-layout.ts'
import { endOf, type CertificateCard, type ChainCertificate } from './records.ts'

/** One column fills the pane; beside each other they are as narrow as their figures allow. */
const ALONE = 348
const BESIDE = 256
/** Three lines, and a fourth where any certificate has more to say. */
const SHORT_BOX = 60
const TALL_BOX = 76
const GAP = 52
const APART = 20
/** Room for the ring of the focused link. */
const EDGE = 3

type Props = { readonly chain: CertificateCard['chain']; readonly currentId: CertificateId }

type Spot = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }

export function ChainPicture({ chain, currentId }: Props) {
  const text = depositText.chain
  // What was rolled over and taken back is no part of the chain, unless it is the one being looked at.
  const shown = chain.certificates.filter(({ id, status }) => status !== 'cancelled' || id === currentId)
  const ids = new Set<CertificateId>(shown.map(({ id }) => id))
  const links = chain.links.filter(({ fromId, toId, isReversed }) => isReversed === 0 && ids.has(fromId) && ids.has(toId))
  const layout = layOutChain([...ids], links.map(({ fromId, toId }) => ({ from: fromId, to: toId })))
  const boxWidth = layout.width > 1 ? BESIDE : ALONE
  const box = shown.some((one) => noteOf(one) !== '') ? TALL_BOX : SHORT_BOX
  const spots = new Map(layout.places.map(({ id, row, column }): [number, Spot] => [id, {
    left: EDGE + column * (boxWidth + APART), top: EDGE + row * (box + GAP), width: boxWidth - 2 * EDGE, height: box,
  }]))
  const width = layout.width * (boxWidth + APART) - APART
  const height = layout.rows * (box + GAP) - GAP + 2 * EDGE
  const cancelled = chain.certificates.length - shown.length
  return (
    <section className="chain-part">
      <h2>{text.title}</h2>
      <svg
        className="chain"
        viewBox={`0 0 ${width} ${height}`}
        width={width}
        height={height}
        role="group"
        aria-label={text.picture(shown.length)}
      >
        {links.map(({ fromId, toId }) => {
          const [from, to] = [spots.get(fromId), spots.get(toId)]
          return from === undefined || to === undefined ? null : <Arrow key={`${fromId}-${toId}`} from={from} to={to} />
        })}
        {shown.map((one) => {
          const spot = spots.get(one.id)
          if (spot === undefined) return null
          return (
            <g key={one.id}>
              <Box certificate={one} spot={spot} isCurrent={one.id === currentId} />
              <Leaving certificate={one} spot={spot} isJoined={isJoined(chain, one.id)} />
            </g>
          )
        })}
      </svg>
      <p className="chain-sum">
        {text.cumulated} <Money fen={chain.interestPaidFen} unit="¥" />
        {chain.yieldMicro !== null && (
          <span title={text.yieldNote}>{text.yield(formatPercent(chain.yieldMicro))}</span>
        )}
      </p>
      {cancelled > 0 && <p className="quiet">{text.cancelled(cancelled)}</p>}
    </section>
  )
}

/** The rollover's mode shows in the money: with interest the next principal is larger than what went into it. */
function isJoined({ certificates, links }: CertificateCard['chain'], id: CertificateId): boolean {
  const standing = links.filter(({ isReversed }) => isReversed === 0)
  const next = new Set(standing.filter(({ fromId }) => fromId === id).map(({ toId }) => toId))
  const before = new Set(standing.filter(({ toId }) => next.has(toId)).map(({ fromId }) => fromId))
  const placed = certificates.filter((one) => next.has(one.id)).map(({ placedFen }) => placedFen)
  const ended = certificates.filter((one) => before.has(one.id)).flatMap(({ events }) => endOf(events)?.principalFen ?? [])
  return addFen(...placed) > addFen(...ended)
}

type BoxProps = { readonly certificate: ChainCertificate; readonly spot: Spot; readonly isCurrent: boolean }

function Box({ certificate: one, spot: { left, top, width, height }, isCurrent }: BoxProps) {
  const text = depositText.chain
  const end = endOf(one.events)
  const state = end !== undefined && end.kind !== 'rolledOver' ? text.ended(end.date) : CERTIFICATE_STATUS_WORD[one.status]
  const start = left + 10
  const right = left + width - 10
  const picture = (
    <>
      <rect
        className={`chain-box chain-${one.status}${isCurrent ? ' chain-current' : ''}`}
        x={left}
        y={top}
        width={width}
        height={height}
        rx={3}
      />
      <text x={start} y={top + 18} className="chain-number">{one.certificateNo}</text>
      <text x={right} y={top + 18} textAnchor="end" className="chain-number">{formatYuan(one.placedFen)}</text>
      <text x={start} y={top + 35} className="chain-quiet">{`${one.valueDate} → ${one.dueDate}`}</text>
      <text x={start} y={top + 51} className="chain-quiet">{`${formatPercent(one.rateMicro)}% · ${termText(one)}`}</text>
      <text x={right} y={top + 51} textAnchor="end" className="chain-state">
        {isCurrent ? `${state} · ${text.here}` : state}
      </text>
      <text x={start} y={top + 67} className="chain-quiet">{noteOf(one)}</text>
    </>
  )
  return isCurrent ? picture : <Go to={{ screen: 'deposits', path: [one.id] }}>{picture}</Go>
}

/** What left on the way, and what was paid at the end. */
function noteOf({ events, isFrozen, principalFen, placedFen, status }: ChainCertificate): string {
  const text = depositText.chain
  const end = endOf(events)
  if (end !== undefined && end.kind !== 'rolledOver') return text.interest(formatYuan(end.interestPaidFen))
  if (isFrozen === 1) return text.frozen
  const isLess: boolean = principalFen < placedFen && status === 'inForce'
  return isLess ? text.left(formatYuan(principalFen)) : ''
}

type LeavingProps = { readonly certificate: ChainCertificate; readonly spot: Spot; readonly isJoined: boolean }

/** Beside the stem of the arrow: interest paid, and how it went on. */
function Leaving({ certificate, spot: { left, top, width, height }, isJoined: joined }: LeavingProps) {
  const text = depositText.chain
  const end = endOf(certificate.events)
  if (end?.kind !== 'rolledOver') return null
  const x = left + width / 2 + 8
  const interest: Fen = end.interestPaidFen
  return (
    <>
      <text x={x} y={top + height + 15} className="chain-interest">{text.interest(formatYuan(interest))}</text>
      <text x={x} y={top + height + 30} className="chain-quiet">
        {joined ? text.joined(end.date) : text.principalOnly(end.date)}
      </text>
    </>
  )
}

function Arrow({ from, to }: { readonly from: Spot; readonly to: Spot }) {
  const start = from.left + from.width / 2
  const end = to.left + to.width / 2
  const bend = to.top - 14
  return <path className="chain-arrow" d={`M${start} ${from.top + from.height}V${bend}H${end}V${to.top - 2}m-4 -6l4 6l4 -6`} />
}
