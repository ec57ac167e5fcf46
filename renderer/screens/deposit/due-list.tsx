/** What is due: overdue first, with what waiting has cost so far. A row leaves the list only by being handled. */
import { useState } from 'react'
import type { CertificateId } from '#core/id.ts'
import { depositText } from '../../messages/deposit.ts'
import { Grid } from '../../parts/grid.tsx'
import { Money } from '../../parts/money.tsx'
import { Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { goTo } from '../../place.ts'
import type { Answers } from '../../records.ts'
import { CertificatePane } from './certificate-pane.tsx'
import { certificateColumns, lostColumn } from './columns.tsx'
import type { DueCertificate } from './records.ts'
import { DepositSections, PlaceButton, useDueWork } from './sections.tsx'

const COLUMNS = [...certificateColumns<DueCertificate>(), lostColumn<DueCertificate>()]

export function DueList() {
  const { data: work, error } = useDueWork()
  const [current, setCurrent] = useState<CertificateId>()
  const rows = work?.rows
  const shown = rows?.find(({ id }) => id === current)?.id ?? rows?.[0]?.id
  return (
    <Page
      title={depositText.title}
      hint={depositText.work.hint}
      body="fill"
      actions={<PlaceButton />}
      toolbar={<DepositSections current="due" />}
    >
      {error !== null && <ProblemNote error={error} />}
      {work !== undefined && <LostMeter work={work} />}
      <div className="deposit-beside">
        <Grid
          label={depositText.sections.due}
          columns={COLUMNS}
          rows={rows}
          rowId={({ id }) => String(id)}
          empty={depositText.work.empty}
          onCurrent={({ id }) => setCurrent(id)}
          onOpen={({ id }) => goTo({ screen: 'deposits', path: [id] })}
        />
        <aside aria-label={depositText.pane}>
          {shown === undefined
            ? <p className="quiet">{rows === undefined ? '' : depositText.work.none}</p>
            : <CertificatePane key={shown} id={shown} isBeside />}
        </aside>
      </div>
    </Page>
  )
}

function LostMeter({ work }: { readonly work: Answers['deposit']['due'] }) {
  const text = depositText.work
  const soon = work.rows.length - work.overdueCount
  return (
    <p className="lost-meter" role="status">
      {work.overdueCount === 0
        ? <StateTag icon="check" word={text.noneOverdue} />
        : (
            <>
              <StateTag icon="warning" tone="bad" word={text.overdue(work.overdueCount)} />
              <span title={text.lostNote}>
                {text.lost} <strong><Money fen={work.lostFen} unit="¥" /></strong>
              </span>
            </>
          )}
      {soon > 0 && <StateTag icon="clock" tone="due" word={text.soon(soon)} />}
    </p>
  )
}
