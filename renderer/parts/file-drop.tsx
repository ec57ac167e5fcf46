/** Where files are dropped or chosen. `FileDrop` hands over the files; `AttachmentDrop` stores them and lists them by name. */
import { useEffect, useRef, useState, type DragEvent } from 'react'
import { Button } from 'antd'
import { partsText } from '../messages/parts.ts'
import type { Attachment } from '../records.ts'
import { attachFile, fileAddress } from '../upload.ts'
import { Icon } from './icon.tsx'
import { ProblemNote } from './problem-note.tsx'

type FileDropProps<Result> = {
  /** Called one file after the other; what it throws is shown here. */
  readonly onFile: (file: File) => Promise<Result>
  /** Once, with what `onFile` gave for the files that went through. */
  readonly onTaken?: (results: readonly Result[]) => void
  /** When the first file sets out, and when the last one has come through or was refused. */
  readonly onUploading?: (isUploading: boolean) => void
  /** As in `<input accept>`: `.xlsx,.csv`. */
  readonly accept?: string
  readonly isMultiple?: boolean
  readonly label?: string
  readonly hint?: string
}

export function FileDrop<Result>(props: FileDropProps<Result>) {
  const { onFile, onTaken, onUploading, accept, isMultiple = false, label, hint } = props
  const text = partsText.files
  const [current, setCurrent] = useState<string>()
  const [error, setError] = useState<unknown>(null)
  const [isOver, setOver] = useState(false)
  // What is around the box may change while files are on their way: what was typed meanwhile must not be lost, and a form
  // that was left must not be filled again.
  const taken = useRef(onTaken)
  const underway = useRef(0)
  useEffect(() => {
    taken.current = onTaken
    return () => {
      taken.current = undefined
    }
  })

  async function take(files: readonly File[]): Promise<void> {
    if (files.length === 0) return
    setError(null)
    underway.current += 1
    onUploading?.(true)
    const results: Result[] = []
    try {
      for (const file of isMultiple ? files : files.slice(0, 1)) {
        setCurrent(file.name)
        results.push(await onFile(file))
      }
    } catch (refusal) {
      setError(refusal)
    }
    underway.current -= 1
    // Others may have been dropped meanwhile.
    if (underway.current === 0) {
      setCurrent(undefined)
      onUploading?.(false)
    }
    if (results.length > 0) taken.current?.(results)
  }

  function onDrop(event: DragEvent): void {
    event.preventDefault()
    setOver(false)
    void take([...event.dataTransfer.files])
  }

  return (
    <div className="file-drop-box">
      <label
        className={isOver ? 'file-drop over' : 'file-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <input
          type="file"
          className="visually-hidden"
          accept={accept}
          multiple={isMultiple}
          disabled={current !== undefined}
          onChange={(event) => {
            const files = [...(event.target.files ?? [])]
            // The same file may be chosen again after it was corrected.
            event.target.value = ''
            void take(files)
          }}
        />
        <Icon name="upload" />
        <span>{current === undefined ? (label ?? text.drop) : text.uploading(current)}</span>
        <span className="quiet">{hint ?? text.dropHint}</span>
      </label>
      {error !== null && <ProblemNote error={error} />}
    </div>
  )
}

export type AttachedFile = Pick<Attachment, 'sha256' | 'name'>

type AttachmentDropProps = {
  readonly value?: readonly AttachedFile[]
  readonly onChange?: (files: readonly AttachedFile[]) => void
  readonly accept?: string
  readonly hint?: string
  readonly onUploading?: (isUploading: boolean) => void
}

/** Value is the list of stored papers; in a form it stands in a `PapersField`. */
export function AttachmentDrop({ value = [], onChange, accept, hint, onUploading }: AttachmentDropProps) {
  return (
    <div className="attachments">
      <FileDrop
        isMultiple
        {...(accept !== undefined && { accept })}
        {...(hint !== undefined && { hint })}
        {...(onUploading !== undefined && { onUploading })}
        onFile={attachFile}
        onTaken={(stored) => {
          const known = new Set(value.map(({ sha256 }) => sha256))
          const added = stored.filter(({ sha256 }) => !known.has(sha256))
          onChange?.([...value, ...added.map(({ sha256, name }) => ({ sha256, name }))])
        }}
      />
      {onChange === undefined
        ? <FileList files={value} />
        : <FileList files={value} onRemove={(file) => onChange(value.filter((other) => other !== file))} />}
    </div>
  )
}

type FileListProps = { readonly files: readonly AttachedFile[]; readonly onRemove?: (file: AttachedFile) => void }

export function FileList({ files, onRemove }: FileListProps) {
  const text = partsText.files
  if (files.length === 0) return null
  return (
    <ul className="file-list" aria-label={text.attachments}>
      {files.map((file) => (
        <li key={file.sha256}>
          <Icon name="file" />
          <a href={fileAddress(file.sha256)} download={file.name}>
            {file.name}
          </a>
          {onRemove !== undefined && (
            <Button
              size="small"
              type="text"
              icon={<Icon name="cross" />}
              aria-label={text.remove(file.name)}
              title={text.removeWord}
              onClick={() => onRemove(file)}
            />
          )}
        </li>
      ))}
    </ul>
  )
}
