/** Posting-up register of the version that hangs: where, from when, with photos, and when it came down. */
import { useState } from 'react'
import { Button } from 'antd'
import { useQuery } from '@tanstack/react-query'
import type { DisclosureId } from '#core/id.ts'
import { api } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import type { Answers } from '../../records.ts'
import { useMay } from '../../session.tsx'
import { fileAddress } from '../../upload.ts'
import { PostUpDialog, TakeDownDialog } from './posting-dialog.tsx'

export type Posting = Answers['disclosure']['version']['postings'][number]

function Photo({ sha256, label }: { readonly sha256: string | null; readonly label: string }) {
  if (sha256 === null) return null
  return (
    <a href={fileAddress(sha256)} target="_blank" rel="noreferrer" title={label}>
      <img className="notice-photo" src={fileAddress(sha256)} alt={label} loading="lazy" />
    </a>
  )
}

export function Postings({ disclosureId }: { readonly disclosureId: DisclosureId }) {
  const text = noticeText.postings
  const mayRecord = useMay('preparer', 'bookkeeper', 'reviewer', 'head', 'cashier')
  const { data, error } = useQuery(api.disclosure.version.queryOptions({ id: disclosureId }))
  const [dialog, setDialog] = useState<'up' | 'down'>()
  const postings = data?.postings ?? []
  const hanging = postings.filter((posting) => posting.takenDownOn === null)
  return (
    <section aria-label={text.title}>
      <h2>{text.title}</h2>
      {error !== null && <ProblemNote error={error} />}
      {data !== undefined && postings.length === 0 && <p className="quiet">{text.none}</p>}
      {postings.length > 0 && (
        <table className="notice-table">
          <thead>
            <tr>
              <th scope="col">{text.place}</th>
              <th scope="col">{text.postedOn}</th>
              <th scope="col">{text.takenDownOn}</th>
              <th scope="col">{text.photo}</th>
            </tr>
          </thead>
          <tbody>
            {postings.map((posting) => (
              <tr key={posting.id}>
                <td>{posting.place}</td>
                <td>{posting.postedOn}</td>
                <td>{posting.takenDownOn ?? <span className="quiet">{text.hanging}</span>}</td>
                <td>
                  <Photo sha256={posting.photo} label={`${posting.place} ${text.photo}`} />
                  <Photo sha256={posting.downPhoto} label={`${posting.place} ${text.downPhoto}`} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {mayRecord && data !== undefined && (
        <p className="notice-buttons">
          <Button size="small" onClick={() => setDialog('up')}>{noticeText.actions.postUp}</Button>
          {hanging.length > 0 && <Button size="small" onClick={() => setDialog('down')}>{noticeText.actions.takeDown}</Button>}
        </p>
      )}
      {dialog === 'up' && data !== undefined && (
        <PostUpDialog
          disclosureId={disclosureId}
          places={data.posting.places}
          planned={data.posting.from}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'down' && <TakeDownDialog hanging={hanging} onClose={() => setDialog(undefined)} />}
    </section>
  )
}
