/** One photo large, with what it says of itself; arrows lead to the next, Esc back to the job. */
import { Button, Modal } from 'antd'
import { placeText } from '#core/repair/photo.ts'
import { photoText as text } from '../../messages/repair-photo.ts'
import { Facts } from '../../parts/facts.tsx'
import { Icon, type IconName } from '../../parts/icon.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useShortcut } from '../../shortcuts.ts'
import { fileAddress } from '../../upload.ts'
import type { Photo } from './photos.tsx'

type Props = {
  readonly photos: readonly Photo[]
  readonly index: number
  readonly onIndex: (index: number) => void
  readonly onClose: () => void
}

const SHORT_FINGERPRINT = 16

export function PhotoView({ photos, index, onIndex, onClose }: Props) {
  const photo = photos[index]
  const step = (by: number) => onIndex((index + by + photos.length) % photos.length)
  const isOne = photos.length < 2
  useShortcut('ArrowLeft', text.previous, () => step(-1), { isOn: !isOne })
  useShortcut('ArrowRight', text.next, () => step(1), { isOn: !isOne })
  if (photo === undefined) return null
  const { sha256, name, problem, hints } = photo
  return (
    <Modal open centered width="min(1180px, 94vw)" title={text.alt(name)} onCancel={onClose} footer={null} className="photo-view">
      <div className="photo-view-body">
        <figure>
          {problem === null ? <img src={fileAddress(sha256)} alt={text.alt(name)} /> : <p role="alert">{problem}</p>}
        </figure>
        <aside aria-label={text.view}>
          <p className="photo-view-steps">
            <Turn word={text.previous} icon="left" isOff={isOne} onTurn={() => step(-1)} />
            <span aria-live="polite">{text.place(index + 1, photos.length)}</span>
            <Turn word={text.next} icon="right" isOff={isOne} onTurn={() => step(1)} />
          </p>
          {hints.map((hint) => (
            <p key={hint} className="photo-view-hint">
              <StateTag tone="due" icon="warning" word={text.suspect} />
              <span>{hint}</span>
            </p>
          ))}
          <PhotoFacts photo={photo} />
          <p><a href={fileAddress(sha256)} download={name}>{text.download}</a></p>
        </aside>
      </div>
    </Modal>
  )
}

type TurnProps = { readonly word: string; readonly icon: IconName; readonly isOff: boolean; readonly onTurn: () => void }

function Turn({ word, icon, isOff, onTurn }: TurnProps) {
  return <Button aria-label={word} title={word} icon={<Icon name={icon} />} disabled={isOff} onClick={onTurn} />
}

function PhotoFacts({ photo: { facts, size, addedBy, addedOn, name, sha256 } }: { readonly photo: Photo }) {
  const labels = text.facts
  return (
    <Facts
      facts={[
        { label: labels.takenAt, value: facts?.takenAt == null ? text.unknown : text.cameraClock(facts.takenAt), wide: true },
        { label: labels.place, value: facts?.place == null ? text.unknown : placeText(facts.place), wide: true },
        { label: labels.camera, value: facts === null || facts.camera === '' ? text.unknown : facts.camera, wide: true },
        ...(facts === null ? [] : [{ label: labels.pixels, value: text.pixels(facts.width, facts.height, size), wide: true }]),
        { label: labels.added, value: text.added(addedBy, addedOn), wide: true },
        { label: labels.name, value: name, wide: true },
        { label: labels.fingerprint, value: <code>{sha256.slice(0, SHORT_FINGERPRINT)}</code>, wide: true },
      ]}
    />
  )
}
