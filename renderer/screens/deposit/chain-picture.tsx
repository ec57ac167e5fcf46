/** The chain of a deposit as a picture: each certificate under the one it came from, the interest on the way between. */
import { formatYuan } from '#core/money.ts'
import type { CertificateId } from '#core/id.ts'
import { formatPercent } from '#core/rate.ts'
import { CERTIFICATE_STATUS_WORD, depositText, termText } from '../../messages/deposit.ts'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { endOf, type CertificateCard, type ChainLink } from './records.ts'

const WIDTH = 348
const BOX = 58
const GAP = 40
/** Room for the ring of the focused link. */
const EDGE = 3

type Props = { readonly chain: CertificateCard['chain']; readonly currentId: CertificateId }

export function ChainPicture({ chain, currentId }: Props) {
  const text = depositText.chain
  // What was rolled over and taken back is no link of the chain, unless it is the one being looked at.
  const links = chain.links.filter(({ id, status }) => status !== 'cancelled' || id === currentId)
  const cancelled = chain.links.length - links.length
  const height = links.length * (BOX + GAP) - GAP + 2 * EDGE
  return (
    <section>
      <h2>{text.title}</h2>
      <svg
        className="chain"
        viewBox={`0 0 ${WIDTH} ${height}`}
        width={WIDTH}
        height={height}
        role="group"
        aria-label={text.picture(links.length)}
      >
        {links.map((link, index) => {
          const top = EDGE + index * (BOX + GAP)
          const next = links[index + 1]
          return (
            <g key={link.id}>
              <Box link={link} top={top} isCurrent={link.id === currentId} />
              {next !== undefined && next.previousId === link.id && <Arrow from={link} to={next} top={top + BOX} />}
            </g>
          )
        })}
      </svg>
      <p className="chain-sum">
        {text.cumulated} <Money fen={chain.interestPaidFen} unit="¥" />
      </p>
      {cancelled > 0 && <p className="quiet">{text.cancelled(cancelled)}</p>}
    </section>
  )
}

function Box({ link, top, isCurrent }: { readonly link: ChainLink; readonly top: number; readonly isCurrent: boolean }) {
  const end = endOf(link.events)
  const state = end?.kind === 'withdrawn' ? depositText.chain.ended(end.date) : CERTIFICATE_STATUS_WORD[link.status]
  const picture = (
    <>
      <rect
        className={`chain-box chain-${link.status}${isCurrent ? ' chain-current' : ''}`}
        x={EDGE}
        y={top}
        width={WIDTH - 2 * EDGE}
        height={BOX}
        rx={3}
      />
      <text x={14} y={top + 18} className="chain-number">{link.certificateNo}</text>
      <text x={WIDTH - 14} y={top + 18} textAnchor="end" className="chain-number">{formatYuan(link.principalFen)}</text>
      <text x={14} y={top + 35} className="chain-quiet">
        {`${link.valueDate} → ${link.dueDate} · ${formatPercent(link.rateMicro)}% · ${termText(link)}`}
      </text>
      <text x={14} y={top + 51} className="chain-quiet">
        {end?.kind === 'withdrawn' ? depositText.chain.interest(formatYuan(end.interestPaidFen)) : ''}
      </text>
      <text x={WIDTH - 14} y={top + 51} textAnchor="end" className="chain-state">
        {isCurrent ? `${state} · ${depositText.chain.here}` : state}
      </text>
    </>
  )
  return isCurrent ? picture : <Go to={{ screen: 'deposits', path: [link.id] }}>{picture}</Go>
}

type ArrowProps = { readonly from: ChainLink; readonly to: ChainLink; readonly top: number }

function Arrow({ from, to, top }: ArrowProps) {
  const text = depositText.chain
  const end = endOf(from.events)
  if (end === undefined) return null
  // The rollover's mode shows in the money: with interest the next principal is larger.
  const isJoined = to.principalFen > from.principalFen
  return (
    <>
      <path className="chain-arrow" d={`M28 ${top + 2}V${top + GAP - 4}m-4 -6l4 6l4 -6`} />
      <text x={42} y={top + 17} className="chain-interest">{text.interest(formatYuan(end.interestPaidFen))}</text>
      <text x={42} y={top + 32} className="chain-quiet">{isJoined ? text.joined(end.date) : text.principalOnly(end.date)}</text>
    </>
  )
}
