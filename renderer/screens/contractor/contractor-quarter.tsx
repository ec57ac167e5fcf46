/** The quarter's table: as published, or as it would be; publishing takes a second person. The quarter is the top bar's. */
import { useState } from 'react'
import { Button, Form, Input } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { quarterInChinese } from '#core/calendar.ts'
import { formatPoints, HEARD_FOLLOW_UP_WORD, isSameTable } from '#core/contractor/contractor-score.ts'
import { CONTRACTOR_ROLE_WORD } from '#core/contractor/tender.ts'
import { api, client } from '../../client.ts'
import { contractorText, quarterText as text } from '../../messages/contractor.ts'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { drawn } from '../../parts/grid-columns.tsx'
import { Go } from '../../parts/go.tsx'
import { Grid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { SecondPerson, type SecondPersonValue } from '../../parts/second-person.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { PrintButton } from '../repair/print-button.tsx'
import { RepairSections } from '../repair/sections.tsx'
import { required } from '../repair/step-forms.tsx'

type Line = Answers['contractor']['quarter']['draft'][number]

function pointsOf(hundredths: number | null): string {
  return hundredths === null ? '' : formatPoints(hundredths)
}

const COLUMNS = [
  drawn<Line>({ headerName: text.columns.role, width: 90 }, ({ role }) => CONTRACTOR_ROLE_WORD[role]),
  { field: 'rank', headerName: text.columns.rank, type: 'number', width: 64, sortable: false },
  { field: 'name', headerName: text.columns.name, type: 'text', sortable: false },
  { field: 'jobs', headerName: text.columns.jobs, type: 'number', width: 64, sortable: false },
  { field: 'amountFen', headerName: text.columns.amount, type: 'money', sortable: false },
  drawn<Line>({ headerName: text.columns.average, type: 'number', width: 90 }, (line) => pointsOf(line.averageHundredths)),
  drawn<Line>({ headerName: text.columns.satisfied, type: 'number', width: 90 }, (line) =>
    (line.role === 'auditor' ? '' : String(line.satisfied))),
  { field: 'rewardPoints', headerName: text.columns.reward, type: 'number', width: 64, sortable: false },
  { field: 'deductionPoints', headerName: text.columns.deduction, type: 'number', width: 64, sortable: false },
  drawn<Line>({ headerName: text.columns.final, type: 'number', width: 90 }, (line) => pointsOf(line.finalHundredths)),
  drawn<Line>({ headerName: text.columns.reasons, flex: 1, minWidth: 160 }, ({ reasons }) => reasons.join('；')),
] satisfies Parameters<typeof Grid<Line>>[0]['columns']

export function ContractorQuarter() {
  const { quarter } = useScope()
  const { data, error } = useQuery(api.contractor.quarter.queryOptions({ quarter }))
  const [isPublishing, setPublishing] = useState(false)
  const [showsDraft, setShowsDraft] = useState(false)
  const mayPublish = useMay('reviewer', 'head')
  const latest = data?.published[0]
  const isChanged = latest !== undefined && !isSameTable(latest.lines, data?.draft ?? [])
  const lines = latest === undefined || showsDraft ? data?.draft : latest.lines
  return (
    <Page
      title={contractorText.quarter}
      hint={text.hint}
      body="fill"
      toolbar={<RepairSections current="quarter" />}
      actions={(
        <>
          <PrintButton label={text.print} start={() => client.contractor.print.mutate({ kind: 'quarter', quarter })} />
          {mayPublish && (data?.draft.length ?? 0) > 0 && (latest === undefined || isChanged) && (
            <Button type="primary" onClick={() => setPublishing(true)}>{text.publish}</Button>
          )}
        </>
      )}
    >
      {error !== null && <ProblemNote error={error} />}
      <div className="contractor-quarter">
        <p className="contractor-standing">
          <strong>{quarterInChinese(quarter)}</strong>
          {data !== undefined && (latest === undefined
            ? <StateTag tone="due" icon="clock" word={text.draft} />
            : (
                <StateTag
                  tone="good"
                  icon="check"
                  word={text.published(latest.version, latest.publishedOn, latest.publishedBy, latest.confirmedBy)}
                />
              ))}
          {isChanged && <span className="quiet">{text.changed}</span>}
          {isChanged && (
            <Button size="small" onClick={() => setShowsDraft(!showsDraft)}>
              {showsDraft ? text.showPublished : text.showDraft}
            </Button>
          )}
        </p>
        {data !== undefined && data.stale.length > 0 && <Stale scores={data.stale} />}
        <Grid
          label={contractorText.quarter}
          columns={COLUMNS}
          rows={lines ?? []}
          rowId={({ role, counterpartyId }: Line) => `${role} ${counterpartyId}`}
          empty={text.empty}
          onOpen={({ counterpartyId }) => goTo({ screen: 'repairs', path: ['contractors', counterpartyId] })}
        />
      </div>
      {isPublishing && <PublishDialog isCorrection={latest !== undefined} onClose={() => setPublishing(false)} />}
    </Page>
  )
}

/** What has to be judged anew before the table can be published. */
function Stale({ scores }: { readonly scores: Answers['contractor']['quarter']['stale'] }) {
  return (
    <div className="contractor-stale">
      <StateTag tone="due" icon="warning" word={text.stale} />
      <ul>
        {scores.map(({ repairId, number, name, role, heard }) => (
          <li key={`${repairId} ${role}`}>
            <Go to={{ screen: 'repairs', path: [repairId] }}>{text.staleScore(number, name, HEARD_FOLLOW_UP_WORD[heard])}</Go>
          </li>
        ))}
      </ul>
    </div>
  )
}

type Values = { reason: string; second: SecondPersonValue }

function PublishDialog({ isCorrection, onClose }: { readonly isCorrection: boolean; readonly onClose: () => void }) {
  const { quarter } = useScope()
  const [form] = Form.useForm<Values>()
  return (
    <FormDialog
      title={text.publishing(quarterInChinese(quarter))}
      verb={text.publish}
      form={form}
      initialValues={{ reason: '', second: { login: '', password: '' } }}
      write={(values) => () => client.contractor.publishQuarter.mutate({ quarter, ...values })}
      onDone={onClose}
      onClose={onClose}
    >
      {isCorrection && (
        <Form.Item name="reason" label={text.reason} extra={text.reasonHint} rules={required(text.reason)}>
          <Input maxLength={500} autoComplete="off" />
        </Form.Item>
      )}
      <SecondPerson />
    </FormDialog>
  )
}
