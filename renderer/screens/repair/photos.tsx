/** Photos of a job: several dropped at once, thumbnails with the camera's time, 疑似 where one does not fit its job. */
import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import type { RepairId } from '#core/id.ts'
import { api, client, refreshAll } from '../../client.ts'
import { photoText as text } from '../../messages/repair-photo.ts'
import { FileDrop } from '../../parts/file-drop.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { problemOf } from '../../problem.ts'
import type { Answers } from '../../records.ts'
import { fileAddress, uploadFile } from '../../upload.ts'
import { PhotoView } from './photo-view.tsx'
import './photos.css'

export type Photo = Answers['repairPhoto']['list'][number]

export function Photos({ repairId, isFiling }: { readonly repairId: RepairId; readonly isFiling: boolean }) {
  const { data: photos, error } = useQuery(api.repairPhoto.list.queryOptions({ id: repairId }))
  const [shown, setShown] = useState<number>()
  return (
    <section aria-labelledby="repair-photos">
      <h2 id="repair-photos">{text.title}</h2>
      {error !== null && <ProblemNote error={error} />}
      {photos === undefined && error === null && <p className="quiet">{text.loading}</p>}
      {photos?.length === 0 && <p className="quiet">{text.none}</p>}
      {photos !== undefined && photos.length > 0 && (
        <ul className="repair-photos">
          {photos.map((photo, index) => (
            <li key={photo.id}><Thumbnail photo={photo} onOpen={() => setShown(index)} /></li>
          ))}
        </ul>
      )}
      {isFiling && <PhotoDrop repairId={repairId} />}
      {photos !== undefined && shown !== undefined && (
        <PhotoView photos={photos} index={shown} onIndex={setShown} onClose={() => setShown(undefined)} />
      )}
    </section>
  )
}

function Thumbnail({ photo, onOpen }: { readonly photo: Photo; readonly onOpen: () => void }) {
  const { sha256, name, facts, hints, problem } = photo
  return (
    <button type="button" className="repair-photo" title={text.open(name)} onClick={onOpen}>
      {problem === null
        ? <img src={fileAddress(sha256)} alt={text.alt(name)} loading="lazy" decoding="async" />
        : <span className="repair-photo-broken">{name}</span>}
      <span className="quiet">{facts?.takenAt?.slice(0, 16) ?? text.noTime}</span>
      {problem !== null && <StateTag tone="bad" icon="warning" word={text.broken} />}
      {hints.length > 0 && <StateTag tone="due" icon="warning" word={text.hints(hints.length)} />}
    </button>
  )
}

/** Every file is tried: one that is refused says why and keeps no other from being filed. */
function PhotoDrop({ repairId }: { readonly repairId: RepairId }) {
  const [refused, setRefused] = useState<readonly string[]>([])
  /** The refusal as a sentence, or nothing. */
  async function file(given: File): Promise<string | null> {
    try {
      const { token } = await uploadFile(given)
      await client.repairPhoto.add.mutate({ id: repairId, token })
      return null
    } catch (refusal) {
      return problemOf(refusal).message
    }
  }
  return (
    <>
      <FileDrop
        isMultiple
        accept=".jpg,.jpeg,.png"
        label={text.add}
        hint={text.addHint}
        onFile={file}
        onTaken={(results) => {
          setRefused(results.filter((message) => message !== null))
          void refreshAll()
        }}
      />
      {refused.length > 0 && (
        <div className="problem-note" role="alert">
          <p>{text.refused(refused.length)}</p>
          <ul>{refused.map((message) => <li key={message}>{message}</li>)}</ul>
        </div>
      )}
    </>
  )
}
