/** The two rates the source documents ask to be 100 %: notices hung, dedicated accounts (Siming plan 2024-05-17). */
import { useQuery } from '@tanstack/react-query'
import { quarterInChinese, type Quarter } from '#core/calendar.ts'
import { formatHundredths } from '#core/disclosure/shares.ts'
import { api } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import './notice.css'

const text = noticeText.board

type Rate = Answers['disclosure']['rates']['disclosure']

function RateFact({ label, rate }: { readonly label: string; readonly rate: Rate }) {
  const { reached, of, hundredths } = rate
  if (hundredths === null) return null
  const isFull = reached === of
  return (
    <span className="notice-rate" title={text.rateHint}>
      {label} <strong>{text.rate(reached, of)}</strong>{' '}
      <StateTag
        tone={isFull ? 'good' : 'due'}
        icon={isFull ? 'check' : 'warning'}
        word={formatHundredths(hundredths)}
      />
    </span>
  )
}

/** `quarter` absent: the one to be disclosed now. */
export function NoticeRates({ quarter }: { readonly quarter?: Quarter }) {
  const { data: rates } = useQuery(api.disclosure.rates.queryOptions(quarter === undefined ? {} : { quarter }))
  if (rates === undefined) return null
  return (
    <span className="notice-rates">
      <span className="quiet">{quarterInChinese(rates.quarter)}</span>
      <RateFact label={text.disclosureRate} rate={rates.disclosure} />
      <RateFact label={text.dedicatedRate} rate={rates.dedicated} />
    </span>
  )
}
