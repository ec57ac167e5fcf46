/** One vote: what was asked, how it stands by area and heads, the ballots, its papers, and the next step with who may take it. */
import { useState } from 'react'
import { Button, Form, Input, Select } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { BusinessDate } from '#core/calendar.ts'
import type { VoteId } from '#core/id.ts'
import { GRANTED_WORD, silenceText, VOTE_METHOD_WORD } from '#core/authority/vote-objection.ts'
import { voteMatterText } from '#core/authority/vote-tally.ts'
import { api, client, refreshAll } from '../../client.ts'
import { authorityText, voteText as text } from '../../messages/authority.ts'
import { DateInput } from '../../parts/date-input.tsx'
import { Facts } from '../../parts/facts.tsx'
import { FileDrop, FileList } from '../../parts/file-drop.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import type { Answers, Questions } from '../../records.ts'
import { useScope } from '../../scope.tsx'
import { useMay } from '../../session.tsx'
import { attachFile } from '../../upload.ts'
import { VoteBallots } from './vote-ballots.tsx'
import { VoteFigures } from './vote-figures.tsx'
import { VoteState } from './vote-list.tsx'
import './vote.css'

type Card = Answers['vote']['get']
type PaperKind = Questions['vote']['addPaper']['kind']

export function VotePage({ id }: { readonly id: VoteId }) {
  const { data: card, error } = useQuery(api.vote.get.queryOptions({ id }))
  const mayEnter = useMay('preparer', 'head')
  if (card === undefined) return <Page title={text.title}>{error === null ? null : <ProblemNote error={error} />}</Page>
  const { vote } = card
  return (
    <Page
      title={text.numbered(vote.number, vote.title)}
      hint={<VoteState state={vote.state} passed={vote.passed} />}
      actions={<VoteActions card={card} />}
    >
      <div className="vote-page">
        <div className="vote-left">
          <VoteFacts card={card} />
          <VoteFigures card={card} />
          <VotePapers card={card} mayAdd={mayEnter && vote.state !== 'withdrawn'} />
          <VoteActs card={card} />
        </div>
        <VoteBallots card={card} mayEnter={mayEnter && vote.state === 'open'} />
      </div>
    </Page>
  )
}

function VoteFacts({ card: { vote, usedFen } }: { readonly card: Card }) {
  const { facts } = text
  return (
    <Facts
      facts={[
        { label: facts.complex, value: vote.complexName },
        { label: facts.matter, value: voteMatterText(vote.matter, vote.parts) },
        { label: facts.scope, value: vote.scopeText },
        { label: facts.method, value: VOTE_METHOD_WORD[vote.rule.method] },
        ...(vote.amountFen === null
          ? []
          : [
              {
                label: vote.passed === true ? GRANTED_WORD[vote.rule.method] : facts.asked,
                value: <Money fen={vote.amountFen} />,
              },
              { label: facts.used, value: <Money fen={usedFen} /> },
            ]),
        ...(vote.repairId === null
          ? []
          : [{ label: facts.repair, value: <Go to={{ screen: 'repairs', path: [vote.repairId] }}>{vote.repairNumber}</Go> }]),
        { label: facts.registerOn, value: vote.registerOn },
        { label: facts.returnBy, value: vote.returnBy },
        { label: facts.by, value: vote.recordedBy },
        { label: facts.rule, value: vote.rule.source, wide: true },
        ...(vote.rule.method === 'objection'
          ? [{ label: facts.silence, value: silenceText(` ${vote.returnBy} `), wide: true }]
          : []),
      ]}
    />
  )
}

type Dialog = 'reopen' | 'withdraw' | 'post'

function VoteActions({ card }: { readonly card: Card }) {
  const { vote, mayCount } = card
  const { id, state } = vote
  const [error, setError] = useState<unknown>(null)
  const [dialog, setDialog] = useState<Dialog>()
  const [jobId, setJobId] = useState<string>()
  const mayWrite = useMay('preparer', 'head')
  const mayCertify = useMay('reviewer', 'head')

  async function run(work: () => Promise<unknown>): Promise<void> {
    setError(null)
    try {
      await work()
      await refreshAll()
    } catch (refusal) {
      setError(refusal)
    }
  }
  const print = () => run(async () => setJobId((await client.vote.print.mutate({ id })).jobId))
  const printNotice = () => run(async () => setJobId((await client.vote.printNotice.mutate({ id })).jobId))
  const isUndecided = state === 'open' || state === 'counted'
  return (
    <>
      {(state === 'counted' || state === 'certified') && (
        <Button icon={<Icon name="print" />} onClick={() => void print()}>{text.verbs.print}</Button>
      )}
      {state === 'open' && (
        <Button icon={<Icon name="print" />} onClick={() => void printNotice()}>{text.verbs.printNotice}</Button>
      )}
      {isUndecided && mayWrite && <Button onClick={() => setDialog('withdraw')}>{text.verbs.withdraw}</Button>}
      {state === 'counted' && <Button onClick={() => setDialog('reopen')}>{text.verbs.reopen}</Button>}
      {state === 'certified' && mayWrite && <Button onClick={() => setDialog('post')}>{text.verbs.post}</Button>}
      {state === 'open' && mayWrite && (
        <Button
          type="primary"
          disabled={!mayCount}
          title={mayCount ? '' : text.countWaits[vote.rule.method](vote.returnBy)}
          onClick={() => void run(() => client.vote.count.mutate({ id }))}
        >
          {text.verbs.count}
        </Button>
      )}
      {state === 'counted' && mayCertify && (
        <Button type="primary" title={text.certifyHint} onClick={() => void run(() => client.vote.certify.mutate({ id }))}>
          {text.verbs.certify}
        </Button>
      )}
      {error !== null && <ProblemNote error={error} />}
      {dialog === 'reopen' && (
        <ReasonDialog
          title={text.verbs.reopen}
          verb={text.verbs.reopen}
          words={text.reason}
          onReason={(reason) => run(() => client.vote.reopen.mutate({ id, reason }))}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'withdraw' && (
        <ReasonDialog
          title={text.verbs.withdraw}
          verb={text.verbs.withdraw}
          hint={text.withdrawHint}
          words={text.reason}
          onReason={(reason) => run(() => client.vote.withdraw.mutate({ id, reason }))}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'post' && <PostingDialog id={id} onClose={() => setDialog(undefined)} />}
      {jobId !== undefined && (
        <JobDialog
          title={state === 'open' ? text.printingNotice : text.printing}
          jobId={jobId}
          onClose={() => setJobId(undefined)}
        />
      )}
    </>
  )
}

type Posting = { on: BusinessDate; place: string }

function PostingDialog({ id, onClose }: { readonly id: VoteId; readonly onClose: () => void }) {
  const { today } = useScope()
  const [form] = Form.useForm<Posting>()
  const { posting } = text
  return (
    <FormDialog
      title={posting.title}
      verb={text.verbs.post}
      form={form}
      initialValues={{ on: today, place: '' }}
      write={(values) => () => client.vote.post.mutate({ id, ...values })}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="on" label={posting.on} rules={[{ required: true, message: authorityText.missing(posting.on) }]}>
        <DateInput />
      </Form.Item>
      <Form.Item
        name="place"
        label={posting.place}
        rules={[{ required: true, whitespace: true, message: authorityText.missing(posting.place) }]}
      >
        <Input placeholder={posting.placeExample} maxLength={120} />
      </Form.Item>
    </FormDialog>
  )
}

const KINDS: readonly PaperKind[] = ['ballots', 'delivery', 'plan', 'minutes', 'posting', 'other']
const KIND_OPTIONS = KINDS.map((value) => ({ value, label: text.papers.kinds[value] }))

function VotePapers({ card: { vote, papers }, mayAdd }: { readonly card: Card; readonly mayAdd: boolean }) {
  const [kind, setKind] = useState<PaperKind>(vote.rule.method === 'objection' ? 'delivery' : 'ballots')
  const { papers: words } = text
  return (
    <section className="vote-papers" aria-labelledby="vote-papers-title">
      <h2 id="vote-papers-title">{words.title}</h2>
      {papers.length === 0 && <p className="quiet">{words.empty[vote.rule.method]}</p>}
      {KINDS.filter((each) => papers.some((paper) => paper.kind === each)).map((each) => (
        <div key={each}>
          <h3>{words.kinds[each]}</h3>
          <FileList files={papers.filter((paper) => paper.kind === each)} />
        </div>
      ))}
      {mayAdd && (
        <div className="vote-paper-add">
          <Select aria-label={words.kind} value={kind} options={KIND_OPTIONS} onChange={setKind} />
          <FileDrop
            isMultiple
            label={words.add}
            onFile={async (file) => {
              const { sha256 } = await attachFile(file)
              await client.vote.addPaper.mutate({ id: vote.id, kind, sha256 })
            }}
            onTaken={() => void refreshAll()}
          />
        </div>
      )}
    </section>
  )
}

function VoteActs({ card: { acts } }: { readonly card: Card }) {
  return (
    <section className="vote-acts" aria-labelledby="vote-acts-title">
      <h2 id="vote-acts-title">{text.acts.title}</h2>
      <ol>
        {acts.map(({ seq, kind, actorName, on }) => (
          <li key={seq}><span>{on}</span> {text.acts.words[kind]} <span className="quiet">{actorName}</span></li>
        ))}
      </ol>
    </section>
  )
}
