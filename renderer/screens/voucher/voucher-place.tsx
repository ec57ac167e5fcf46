/** One posted voucher: its sheet, its papers, what corrected it, which rule made it, and how to correct it. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { VoucherId } from '#core/id.ts'
import { voucherWord } from '#core/voucher/voucher.ts'
import { api, client } from '../../client.ts'
import { chinaTime } from '../../instant.ts'
import { voucherText } from '../../messages/voucher.ts'
import { PURPOSE_WORD } from '../../messages/words.ts'
import { Facts, type Fact } from '../../parts/facts.tsx'
import { FileList } from '../../parts/file-drop.tsx'
import { Go } from '../../parts/go.tsx'
import { Icon } from '../../parts/icon.tsx'
import { JobDialog } from '../../parts/job-dialog.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import type { VoucherView } from '../../records.ts'
import { useShortcut } from '../../shortcuts.ts'
import { CorrectionButtons } from './correction-buttons.tsx'
import { VoucherPaper, type PaperLine } from './voucher-paper.tsx'
import { Why } from './why.tsx'

type Reference = VoucherView['correctedBy'][number]

function paperLineOf(line: VoucherView['lines'][number]): PaperLine {
  return {
    summary: line.summary,
    accountId: line.accountId,
    account: `${line.accountCode} ${line.accountName}`,
    complexId: line.complexId,
    complex: line.complexName,
    detail: [line.counterpartyName, line.bankName].filter((part) => part !== null).join(' · '),
    debitFen: line.debitFen,
    creditFen: line.creditFen,
  }
}

function VoucherLink({ to }: { readonly to: Reference }) {
  return (
    <Go to={{ screen: 'vouchers', path: [to.id], scope: { book: to.bookId } }}>
      {`${PURPOSE_WORD[to.purpose]} ${to.bookName} ${to.date} ${voucherWord(to.kind, to.number)}`}
    </Go>
  )
}

function VoucherLinks({ to }: { readonly to: readonly Reference[] }) {
  return (
    <ul>
      {to.map((reference) => (
        <li key={reference.id}><VoucherLink to={reference} /></li>
      ))}
    </ul>
  )
}

function factsOf(voucher: VoucherView): readonly Fact[] {
  const text = voucherText.view
  return [
    { label: voucherText.purpose, value: PURPOSE_WORD[voucher.purpose] },
    { label: text.rule, value: <Why {...voucher} />, wide: true },
    { label: text.businessDate, value: voucher.businessDate },
    ...(voucher.bankDate === null ? [] : [{ label: text.bankDate, value: voucher.bankDate }]),
    { label: text.postedAt, value: chinaTime(voucher.postedAt) },
    ...(voucher.reason === '' ? [] : [{ label: text.reason, value: voucher.reason }]),
    ...(voucher.corrects === null ? [] : [{ label: text.corrects, value: <VoucherLink to={voucher.corrects} /> }]),
    ...(voucher.correctedBy.length === 0 ? [] : [{ label: text.correctedBy, value: <VoucherLinks to={voucher.correctedBy} /> }]),
    ...(voucher.pairedWith === null ? [] : [{ label: text.paired, value: <VoucherLink to={voucher.pairedWith} /> }]),
  ]
}

export function VoucherPlace({ id }: { readonly id: VoucherId }) {
  const { data: voucher, error } = useQuery(api.voucher.get.queryOptions({ id }))
  const [jobId, setJobId] = useState<string>()
  const [printError, setPrintError] = useState<unknown>(null)

  async function print(): Promise<void> {
    setPrintError(null)
    try {
      const job = await client.voucher.print.mutate({ ids: [id] })
      setJobId(job.jobId)
    } catch (refusal) {
      setPrintError(refusal)
    }
  }
  useShortcut('P', voucherText.print, () => void print())

  if (voucher === undefined) return <Page title={voucherText.title}>{error !== null && <ProblemNote error={error} />}</Page>
  const word = voucherWord(voucher.kind, voucher.number)
  const wasReversed = voucher.correctedBy.some(({ purpose }) => purpose === 'reversal')
  return (
    <Page
      title={word}
      hint={wasReversed ? <StateTag icon="blocked" word={PURPOSE_WORD.reversal} /> : voucher.bookName}
      actions={
        <>
          <CorrectionButtons voucher={voucher} />
          <Button icon={<Icon name="print" />} onClick={print}>{voucherText.print}</Button>
        </>
      }
    >
      {printError !== null && <ProblemNote error={printError} />}
      <div className="voucher-place">
        <VoucherPaper
          bookName={voucher.bookName}
          word={word}
          date={voucher.date}
          lines={voucher.lines.map(paperLineOf)}
          attachmentCount={voucher.attachmentCount}
          preparer={voucher.preparer}
          reviewer={voucher.reviewer}
          bookkeeper={voucher.bookkeeper}
        />
        <aside aria-label={voucherText.papers}>
          <h2>{voucherText.entry.papers}</h2>
          {voucher.attachments.length === 0
            ? <p className="quiet">{voucherText.view.noPapers}</p>
            : <FileList files={voucher.attachments} />}
        </aside>
        <section>
          <Facts facts={factsOf(voucher)} />
        </section>
      </div>
      {jobId !== undefined && <JobDialog title={voucherText.printing} jobId={jobId} onClose={() => setJobId(undefined)} />}
    </Page>
  )
}
