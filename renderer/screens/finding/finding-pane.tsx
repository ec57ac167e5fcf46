/** One finding: what it says and on what basis, what it concerns, what was done; answer, close out, open again. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { FINDING_LEVEL_WORD, type FindingLink } from '#core/checks/finding.ts'
import { FINDING_EVENT_WORD } from '#core/checks/standing.ts'
import { api, client, refreshAll } from '../../client.ts'
import { chinaTime } from '../../instant.ts'
import { findingText as text, LEVEL_ICON, LEVEL_TONE } from '../../messages/finding.ts'
import type { Target } from '../../navigation.ts'
import { Facts } from '../../parts/facts.tsx'
import { Go } from '../../parts/go.tsx'
import { Money } from '../../parts/money.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { ReasonDialog } from '../../parts/reason-dialog.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { Answers } from '../../records.ts'
import { useMay, useSession } from '../../session.tsx'
import { useShortcut } from '../../shortcuts.ts'

type Finding = Answers['finding']['list'][number]
type Doing = 'answer' | 'close' | 'reopen'

/** Where a record opens; null for what has no page of its own. */
function targetOf({ kind, id }: FindingLink): Target | null {
  switch (kind) {
    case 'voucher':
      return { screen: 'vouchers', path: [id] }
    case 'repair':
      return { screen: 'repairs', path: [id] }
    case 'certificate':
      return { screen: 'deposits', path: [id] }
    case 'bankAccount':
      return { screen: 'bank', path: [id] }
    case 'complex':
      return { screen: 'complexes', path: [id] }
    case 'tender':
      return { screen: 'repairs', path: ['tenders', id] }
    case 'contract':
    case 'household':
    case 'receiptRange':
    case 'placing':
      return null
  }
}

function Link({ link }: { readonly link: FindingLink }) {
  const target = targetOf(link)
  return <li>{target === null ? link.label : <Go to={target}>{link.label}</Go>}</li>
}

/** What each step asks, and what it then writes. */
const STEPS = {
  answer: {
    title: text.answering, verb: text.answerVerb, hint: text.answerHint, words: text.answerWords,
    write: (id: Finding['id'], reason: string) => client.finding.answer.mutate({ id, reason }),
  },
  close: {
    title: text.closing, verb: text.closeVerb, hint: text.closeHint, words: text.closeWords,
    write: (id: Finding['id'], reason: string) => client.finding.close.mutate({ id, reason }),
  },
  reopen: {
    title: text.reopening, verb: text.reopenVerb, hint: text.reopenHint, words: text.reopenWords,
    write: (id: Finding['id'], reason: string) => client.finding.reopen.mutate({ id, reason }),
  },
}

export function FindingPane({ finding, onChanged }: { readonly finding: Finding; readonly onChanged: () => void }) {
  const { id, state } = finding
  const { person } = useSession()
  const [doing, setDoing] = useState<Doing | null>(null)
  const isClerk = useMay('preparer', 'bookkeeper', 'cashier', 'reviewer', 'reconciler', 'head')
  const isChecker = useMay('reviewer', 'reconciler', 'head', 'inspector')
  const mayAnswer = isClerk && (state === 'open' || state === 'answered')
  const mayClose = isChecker && state === 'answered' && person.userId !== finding.answeredById
  const { data, error } = useQuery(api.finding.get.queryOptions({ id }))
  useShortcut('N', text.answerVerb, () => setDoing('answer'), { isOn: mayAnswer && doing === null })
  useShortcut('X', text.closeVerb, () => setDoing('close'), { isOn: mayClose && doing === null })
  const step = doing === null ? null : STEPS[doing]
  return (
    <section aria-label={finding.title}>
      <div className="finding-head">
        <h2>{finding.title}</h2>
        <StateTag icon={LEVEL_ICON[finding.level]} tone={LEVEL_TONE[finding.level]} word={FINDING_LEVEL_WORD[finding.level]} />
      </div>
      <p className="finding-message">{finding.message}</p>
      {finding.followsId !== null && <p className="quiet">{text.followsText}</p>}
      <div className="finding-actions">
        {mayClose && <Button type="primary" onClick={() => setDoing('close')}>{text.closeVerb}</Button>}
        {mayAnswer && (
          <Button type={mayClose || state === 'answered' ? 'default' : 'primary'} onClick={() => setDoing('answer')}>
            {state === 'answered' ? text.answerAgain : text.answerVerb}
          </Button>
        )}
        {isChecker && state === 'closed' && <Button onClick={() => setDoing('reopen')}>{text.reopenVerb}</Button>}
      </div>
      <Facts
        facts={[
          { label: text.columns.complex, value: finding.complexName ?? text.none },
          {
            label: text.columns.amount,
            value: finding.amountFen === null ? text.none : <Money fen={finding.amountFen} unit="¥" />,
          },
          { label: text.basis, value: finding.basis },
          {
            label: text.links,
            value: (
              <ul className="finding-links">
                {finding.links.map((link) => <Link key={`${link.kind}${link.id}`} link={link} />)}
              </ul>
            ),
          },
        ]}
      />
      <h3>{text.history}</h3>
      {error !== null && <ProblemNote error={error} />}
      <ol className="finding-history">
        {data?.history.map((event) => (
          <li key={event.seq}>
            <span>{FINDING_EVENT_WORD[event.kind]}</span>{' '}
            <span className="quiet">{`${event.actor} ${chinaTime(event.at).slice(0, 16)}`}</span>
            {(event.text !== '' || event.kind === 'seen') && <p>{event.text === '' ? event.message : event.text}</p>}
          </li>
        ))}
      </ol>
      {step !== null && (
        <ReasonDialog
          title={step.title}
          verb={step.verb}
          hint={step.hint}
          words={step.words}
          onReason={async (reason) => {
            await step.write(id, reason)
            await refreshAll()
            onChanged()
          }}
          onClose={() => setDoing(null)}
        />
      )}
    </section>
  )
}
