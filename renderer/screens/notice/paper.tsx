/** The paper itself: a version as published, or the preview, drawn again whenever it would look different. */
import { useEffect, useState } from 'react'
import { client } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { PdfView } from '../../parts/pdf-view.tsx'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { documentAddress } from '../../upload.ts'
import type { Draft, Version } from './place.tsx'

type Drawn = { readonly id: string; readonly name: string }
type Outcome = { readonly of: string; readonly document: Drawn | null; readonly error: unknown }

export function NoticePaper({ draft, shown }: { readonly draft: Draft; readonly shown: Version | null }) {
  const { stamp, quarter } = draft
  const complexId = draft.complex.id
  const versionId = shown?.id ?? null
  const wanted = versionId === null ? stamp : `version ${versionId}`
  const [outcome, setOutcome] = useState<Outcome>()
  useEffect(() => {
    let isGone = false
    const drawing = versionId === null
      ? client.disclosure.preview.mutate({ complexId, quarter })
      : client.disclosure.paper.mutate({ id: versionId })
    drawing.then(
      (document) => {
        if (!isGone) setOutcome({ of: wanted, document, error: null })
      },
      (error: unknown) => {
        if (!isGone) setOutcome({ of: wanted, document: null, error })
      },
    )
    return () => {
      isGone = true
    }
  }, [wanted, versionId, complexId, quarter])
  if (outcome?.of !== wanted) return <p className="quiet notice-paper">{noticeText.place.drawing}</p>
  if (outcome.document === null) return <div className="notice-paper"><ProblemNote error={outcome.error} /></div>
  return (
    <div className="notice-paper">
      <PdfView address={documentAddress(outcome.document.id)} name={outcome.document.name} />
    </div>
  )
}
