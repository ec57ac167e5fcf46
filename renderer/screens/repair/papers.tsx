/** The folder: which papers the path asks for and which are there; photos; who signed what. */
import { useState } from 'react'
import { Button, Form, Input, Select } from 'antd'
import { SIGNING_PARTIES, type SigningParty } from '#core/policy/policy.ts'
import { isOpenStep } from '#core/repair/repair.ts'
import { PARTY_WORD } from '#core/repair/person.ts'
import { PAPER_KINDS, PAPER_WORD, tooEarly, type PaperKind, type Sheet } from '#core/repair/repair-papers.ts'
import { client, refreshAll } from '../../client.ts'
import { jobText, stepText } from '../../messages/repair.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { useFormProblems } from '../../parts/form-problems.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useMay } from '../../session.tsx'
import { attachFile, fileAddress } from '../../upload.ts'
import type { Card } from './job.tsx'
import { Photos } from './photos.tsx'

const KINDS = PAPER_KINDS.filter((kind) => kind !== 'photo').map((value) => ({ value, label: PAPER_WORD[value] }))
const PARTIES = SIGNING_PARTIES.map((value) => ({ value, label: PARTY_WORD[value] }))
const SHEETS: readonly Sheet[] = ['siteReview', 'acceptance']

function useMayFile(card: Card): boolean {
  return useMay('preparer', 'reviewer', 'head') && isOpenStep(card.state.step)
}

export function PapersPane({ card }: { readonly card: Card }) {
  const missing = card.required.filter(({ isThere }) => !isThere)
  const [kind, setKind] = useState<PaperKind>()
  const isFiling = useMayFile(card)
  const isInTime = (paper: PaperKind) => tooEarly(card.state, paper) === ''
  const chosen = kind ?? missing.find((paper) => paper.kind !== 'photo' && isInTime(paper.kind))?.kind ?? 'other'

  async function filePaper(file: File): Promise<void> {
    const { sha256 } = await attachFile(file)
    await client.repair.addPaper.mutate({ id: card.repair.id, kind: chosen, sha256 })
    // Before the card is read again: a kind chosen meanwhile must stay.
    setKind(undefined)
    await refreshAll()
  }
  return (
    <section aria-labelledby="repair-papers">
      <h2 id="repair-papers">{jobText.papers}</h2>
      <p className="quiet">{jobText.papersLeft(missing.length)}</p>
      <ul className="repair-list">
        {card.required.map((paper) => (
          <li key={paper.kind}>
            <span>{PAPER_WORD[paper.kind]}</span>
            {paper.isThere
              ? <StateTag icon="check" word={jobText.there} />
              : <StateTag tone="due" icon="warning" word={jobText.missing} />}
          </li>
        ))}
      </ul>
      <ul className="repair-files">
        {card.folder.papers.map((paper) => (
          <li key={paper.id}>
            <a href={fileAddress(paper.sha256)} download={paper.name}>{paper.name}</a>
            <span className="quiet">{jobText.added(PAPER_WORD[paper.kind], paper.addedBy)}</span>
          </li>
        ))}
      </ul>
      {isFiling && (
        <div className="repair-add">
          <Select<PaperKind, { value: PaperKind; label: string }>
            aria-label={jobText.paperKind}
            value={chosen}
            options={KINDS.filter(({ value }) => isInTime(value))}
            onChange={setKind}
          />
          <FileDrop
            isMultiple
            label={jobText.addPaper}
            onFile={filePaper}
          />
        </div>
      )}
    </section>
  )
}

export function PhotosPane({ card }: { readonly card: Card }) {
  const isFiling = useMayFile(card)
  return (
    <div className="repair-column">
      <Photos repairId={card.repair.id} isFiling={isFiling} />
      <Signatures card={card} />
    </div>
  )
}

type SignatureValues = { party: SigningParty; person: string }

function Signatures({ card }: { readonly card: Card }) {
  const { signatures } = card.folder
  const isFiling = useMayFile(card)
  // A sheet is signed while its step is being taken; the form begins anew with it.
  const sheet = SHEETS.find((each) => each === card.state.step)
  return (
    <section aria-labelledby="repair-signatures">
      <h2 id="repair-signatures">{jobText.signatures}</h2>
      {signatures.length === 0 && <p className="quiet">{jobText.noSignatures}</p>}
      <ul className="repair-list">
        {signatures.map(({ sheet: signed, party, person, round }) => (
          <li key={`${signed}/${round}/${person}`}>
            <span>{jobText[signed]}</span>
            <span>{PARTY_WORD[party]}</span>
            <span>{person}</span>
            {round < card.state.sheetsFrom[signed === 'siteReview' ? 'review' : 'acceptance'] && (
              <span className="quiet">{jobText.earlierRound}</span>
            )}
          </li>
        ))}
      </ul>
      {isFiling && sheet !== undefined && <SignatureForm key={sheet} card={card} sheet={sheet} />}
    </section>
  )
}

function SignatureForm({ card, sheet }: { readonly card: Card; readonly sheet: Sheet }) {
  const [form] = Form.useForm<SignatureValues>()
  const { problem, attempt } = useFormProblems(form)
  async function sign(values: SignatureValues): Promise<void> {
    await attempt(async () => {
      await client.repair.sign.mutate({ id: card.repair.id, sheet, ...values })
      // Before the card is read again: whoever has gone on to the next field must not be called back.
      form.setFieldValue('person', '')
      form.focusField('person')
      await refreshAll()
    })
  }
  return (
    <Form<SignatureValues>
      form={form}
      // Its fields' ids are its own: the step's form beside it asks for persons too.
      name="signature"
      className="repair-sign"
      initialValues={{ party: 'section', person: '' }}
      onFinish={sign}
    >
      {problem !== null && <ProblemNote problem={problem} />}
      <Form.Item name="party">
        <Select options={PARTIES} aria-label={jobText.party} />
      </Form.Item>
      <Form.Item name="person" rules={[{ required: true, message: stepText.missing(jobText.person) }]}>
        <Input placeholder={jobText.person} aria-label={jobText.person} maxLength={30} />
      </Form.Item>
      <Button htmlType="submit">{jobText.signSheet(jobText[sheet])}</Button>
    </Form>
  )
}
