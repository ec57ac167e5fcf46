/** The scores of a job's contractor, supervisor and auditor; scoring takes a second person at the same screen. */
import { useState } from 'react'
import { Button, Form, Input, InputNumber } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { followUpCap, HEARD_FOLLOW_UP_WORD, mustScoreAnew } from '#core/contractor/contractor-score.ts'
import type { RepairId } from '#core/id.ts'
import { CONTRACTOR_ROLE_WORD } from '#core/contractor/tender.ts'
import { api, client } from '../../client.ts'
import { scoreText as text } from '../../messages/contractor.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { required } from '../repair/step-forms.tsx'
import './contractor.css'

type ScoreForm = Answers['contractor']['scoreForm']
type Score = ScoreForm['scores'][number]
type Party = ScoreForm['parties'][number]

/** Nothing before the settlement: there is nothing to judge. */
export function ScorePane({ repairId }: { readonly repairId: RepairId }) {
  const { data } = useQuery(api.contractor.scoreForm.queryOptions({ repairId }))
  const [judged, setJudged] = useState<Party>()
  const mayScore = useMay('reviewer', 'head')
  if (data === undefined || (data.waitsFor !== null && data.scores.length === 0)) return null
  const standing = ({ role }: Party) => data.scores.find((score) => score.role === role && score.replacedBy === null)
  return (
    <section aria-labelledby="repair-scores">
      <h2 id="repair-scores">{text.title}</h2>
      <ul className="repair-scores">
        {data.parties.map((party) => {
          const score = standing(party)
          const isStale = score !== undefined && mustScoreAnew(score.followUp, party.followUp)
          return (
            <li key={party.role}>
              <p>
                <span>{CONTRACTOR_ROLE_WORD[party.role]}</span>
                <strong>{score === undefined ? text.none : text.total(score.total)}</strong>
                {mayScore && data.waitsFor === null && (
                  <Button size="small" onClick={() => setJudged(party)}>
                    {score === undefined ? text.score : isStale ? text.again : text.correct}
                  </Button>
                )}
              </p>
              {isStale && <StateTag tone="due" icon="warning" word={text.stale(HEARD_FOLLOW_UP_WORD[party.followUp])} />}
              {score !== undefined && <Deductions score={score} />}
            </li>
          )
        })}
      </ul>
      {judged !== undefined && (
        <ScoreDialog
          repairId={repairId}
          party={judged}
          standing={standing(judged)}
          onClose={() => setJudged(undefined)}
        />
      )}
    </section>
  )
}

function Deductions({ score }: { readonly score: Score }) {
  return (
    <>
      {score.items.filter(({ given, points }) => given < points).map(({ label, given, points, note }) => (
        <p key={label} className="quiet">{`${label} ${given}${text.outOf(points)}　${note}`}</p>
      ))}
      <p className="quiet">{text.by(score.scoredBy, score.confirmedBy, score.scoredOn)}</p>
      {score.reason !== '' && <p className="quiet">{text.corrected(score.reason)}</p>}
    </>
  )
}

type DialogProps = {
  readonly repairId: RepairId
  readonly party: Party
  readonly standing: Score | undefined
  readonly onClose: () => void
}
type Values = { items: { given: number | null; note: string }[]; reason: string; second: SecondPersonValue }

/** The first drawing has no values yet. */
function sumOf(items: Values['items'] | undefined): number {
  return (items ?? []).reduce((total, { given }) => total + (given ?? 0), 0)
}

function ScoreDialog({ repairId, party: { role, criteria, followUp }, standing, onClose }: DialogProps) {
  const [form] = Form.useForm<Values>()
  const sum = sumOf(Form.useWatch('items', form))
  return (
    <FormDialog
      title={text.dialog(CONTRACTOR_ROLE_WORD[role])}
      verb={standing === undefined ? text.score : text.correct}
      form={form}
      initialValues={{
        items: criteria.map(({ points, isFollowUp }, index) => ({
          given: standing?.items[index]?.given ?? (isFollowUp ? followUpCap(points, followUp) : points),
          note: standing?.items[index]?.note ?? (isFollowUp && followUp !== 'satisfied' ? HEARD_FOLLOW_UP_WORD[followUp] : ''),
        })),
        reason: '', second: { login: '', password: '' },
      }}
      note={role === 'auditor' ? null : <p className="quiet">{text.followUp(HEARD_FOLLOW_UP_WORD[followUp])}</p>}
      write={(values) => () =>
        client.contractor.score.mutate({
          repairId, role, reason: values.reason, second: values.second,
          items: values.items.map(({ given, note }) => ({ given: given ?? 0, note })),
        })}
      onDone={onClose}
      onClose={onClose}
    >
      {criteria.map(({ label, points }, index) => (
        <div className="score-row" key={label}>
          <Form.Item name={['items', index, 'given']} label={label} rules={required(label)}>
            <InputNumber min={0} max={points} precision={0} controls={false} suffix={text.outOf(points)} />
          </Form.Item>
          <Form.Item name={['items', index, 'note']} label={text.note}>
            <Input aria-label={`${label} ${text.note}`} maxLength={200} autoComplete="off" />
          </Form.Item>
        </div>
      ))}
      <p><strong>{text.sum(sum)}</strong></p>
      {standing !== undefined && (
        <Form.Item name="reason" label={text.reason} rules={required(text.reason)}>
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
      )}
      <SecondPerson />
    </FormDialog>
  )
}
