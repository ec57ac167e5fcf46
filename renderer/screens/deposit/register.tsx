/** The register (存单登记簿): every certificate, what has to be watched first, with filters kept in the address. */
import { useCallback, useState } from 'react'
import { Input, Segmented } from 'antd'
import { idOf, type BankAccountId, type CertificateId } from '#core/id.ts'
import { client } from '../../client.ts'
import { depositText } from '../../messages/deposit.ts'
import { PagedGrid } from '../../parts/grid.tsx'
import { Page } from '../../parts/page.tsx'
import { BankAccountPicker } from '../../parts/pickers.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { goTo, refine } from '../../place.ts'
import { useScope } from '../../scope.tsx'
import type { ScreenProps } from '../index.ts'
import { CertificatePane } from './certificate-pane.tsx'
import { certificateColumns, lostColumn } from './columns.tsx'
import type { ListedCertificate } from './records.ts'
import { DepositSections, ImportButton, PlaceButton } from './sections.tsx'

const COLUMNS = [...certificateColumns<ListedCertificate>(), lostColumn<ListedCertificate>()]

function bankIn(query: ScreenProps['query']): BankAccountId | null {
  const text = query['bank'] ?? ''
  return /^[1-9]\d{0,14}$/.test(text) ? idOf<'bankAccount'>(Number(text)) : null
}

export function Register({ query }: { readonly query: ScreenProps['query'] }) {
  const text = depositText.register
  const { complexId } = useScope()
  const bankAccountId = bankIn(query)
  const inForceOnly = query['all'] !== '1'
  const typed = query['text'] ?? ''
  const [current, setCurrent] = useState<CertificateId>()
  const [version, setVersion] = useState(0)
  const [error, setError] = useState<unknown>(null)

  const page = useCallback(
    (last: ListedCertificate | undefined, limit: number) =>
      client.deposit.list.query({
        inForceOnly,
        limit,
        ...(complexId !== null && { complexId }),
        ...(bankAccountId !== null && { bankAccountId }),
        ...(typed !== '' && { text: typed }),
        ...(last !== undefined && { after: { isEnded: last.isEnded, dueDate: last.dueDate, id: last.id } }),
      }),
    [inForceOnly, complexId, bankAccountId, typed],
  )
  return (
    <Page
      title={depositText.title}
      body="fill"
      actions={<><ImportButton /><PlaceButton /></>}
      toolbar={
        <>
          <DepositSections current="register" />
          <Segmented
            aria-label={text.standing}
            value={inForceOnly ? '' : '1'}
            options={[{ value: '', label: text.inForce }, { value: '1', label: text.all }]}
            onChange={(value) => refine({ all: value })}
          />
          <BankAccountPicker
            aria-label={text.bank}
            className="deposit-bank"
            placeholder={text.bank}
            allowClear
            value={bankAccountId}
            onChange={(id) => refine({ bank: id === null ? '' : String(id) })}
          />
          <Input.Search
            aria-label={text.search}
            className="deposit-search"
            placeholder={text.search}
            defaultValue={typed}
            allowClear
            onSearch={(words) => refine({ text: words.trim() })}
          />
        </>
      }
    >
      {error !== null && <ProblemNote error={error} />}
      <div className="deposit-beside">
        <PagedGrid
          // Read anew after something was done with a certificate.
          key={version}
          label={depositText.sections.register}
          columns={COLUMNS}
          rowId={(row: ListedCertificate) => String(row.id)}
          empty={text.empty}
          page={page}
          onError={setError}
          onCurrent={({ id }) => setCurrent(id)}
          onOpen={({ id }) => goTo({ screen: 'deposits', path: [id] })}
        />
        <aside aria-label={depositText.pane}>
          {current === undefined
            ? <p className="quiet">{depositText.choose}</p>
            : <CertificatePane key={current} id={current} isBeside onDone={() => setVersion((before) => before + 1)} />}
        </aside>
      </div>
    </Page>
  )
}
