/** How the new vote is counted: by objection only where the local rules of the day offer it, with what silence then means. */
import { Form, Radio } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { isBusinessDate } from '#core/calendar.ts'
import type { ComplexId } from '#core/id.ts'
import { VOTE_METHOD_WORD, VOTE_METHODS, type VoteMethod } from '#core/authority/vote-objection.ts'
import { api } from '../../client.ts'
import { voteText } from '../../messages/authority.ts'

const { methods: text } = voteText
const OPTIONS = VOTE_METHODS.map((value) => ({ value, label: VOTE_METHOD_WORD[value] }))

type Props = { readonly complexId: ComplexId | null; readonly registerOn: string | undefined }

/** Nothing where there is nothing to choose. */
export function MethodField({ complexId, registerOn = '' }: Props) {
  const isAsked = complexId !== null && isBusinessDate(registerOn)
  const { data: offer } = useQuery(
    api.vote.objectionOffer.queryOptions({ complexId: complexId ?? 0, registerOn }, { enabled: isAsked }),
  )
  const method = Form.useWatch<VoteMethod | undefined>('method')
  if (!isAsked || offer === undefined || offer === null) return null
  return (
    <Form.Item
      name="method"
      label={text.label}
      className="wide"
      initialValue="ballot"
      extra={method === 'objection' ? text.objection(offer.rule, offer.profile, offer.source) : text.ballot}
    >
      <Radio.Group options={OPTIONS} />
    </Form.Item>
  )
}
