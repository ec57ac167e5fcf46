/** Published versions, newest first; each opens as its paper, and shows what it changed. */
import { useState } from 'react'
import { Button, Modal } from 'antd'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../client.ts'
import { noticeText } from '../../messages/notice.ts'
import { ProblemNote } from '../../parts/problem-note.tsx'
import { refine } from '../../place.ts'
import { Differences } from './differences.tsx'
import type { Draft, Version } from './place.tsx'

type Compared = { readonly before: Version; readonly after: Version | null }

function Comparison({ compared, draft, onClose }: { compared: Compared; draft: Draft; onClose: () => void }) {
  const text = noticeText.versions
  const { before, after } = compared
  const { data, error } = useQuery(
    api.disclosure.compare.queryOptions({ before: before.id, after: after?.id ?? before.id }, { enabled: after !== null }),
  )
  const title = after === null ? text.compareNow : noticeText.place.version(after.version)
  return (
    <Modal open title={title} width={720} onCancel={onClose} footer={<Button onClick={onClose}>{text.close}</Button>}>
      {error !== null && <ProblemNote error={error} />}
      <Differences
        differences={after === null ? draft.differences : (data ?? [])}
        before={text.before(before.version)}
        after={after === null ? text.now : text.before(after.version)}
      />
    </Modal>
  )
}

export function Versions({ draft }: { readonly draft: Draft }) {
  const text = noticeText.versions
  const [compared, setCompared] = useState<Compared>()
  const { versions } = draft
  return (
    <section aria-label={text.title}>
      <h2>{text.title}</h2>
      {versions.length === 0 && <p className="quiet">{text.none}</p>}
      <ul className="notice-versions">
        {versions.map((version, index) => {
          const earlier = versions[index + 1]
          return (
            <li key={version.id}>
              <Button type="link" size="small" onClick={() => refine({ version: String(version.version) })}>
                {noticeText.place.version(version.version)}
              </Button>
              <span>{text.line(version.publishedOn, version.preparedByName, version.publishedByName)}</span>
              {version.correctionReason !== '' && <p>{version.correctionReason}</p>}
              <p className="notice-code"><span className="quiet">{text.code}</span> {version.code}</p>
              {earlier !== undefined && (
                <Button size="small" onClick={() => setCompared({ before: earlier, after: version })}>{text.compare}</Button>
              )}
              {index === 0 && draft.differences.length > 0 && (
                <Button size="small" onClick={() => setCompared({ before: version, after: null })}>{text.compareNow}</Button>
              )}
            </li>
          )
        })}
      </ul>
      {compared !== undefined && <Comparison compared={compared} draft={draft} onClose={() => setCompared(undefined)} />}
    </section>
  )
}
