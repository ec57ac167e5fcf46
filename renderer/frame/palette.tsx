/** Ctrl+K: one field, one list, arrows and Enter. */
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react'
import { Modal } from 'antd'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { frameText } from '../messages/frame.ts'
import { Icon } from '../parts/icon.tsx'
import { goTo } from '../place.ts'
import { useScope } from '../scope.tsx'
import { findEverything, type Found } from './finders.ts'

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const scope = useScope()
  const queries = useQueryClient()
  const listId = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const asked = useDeferredValue(text.trim())
  const question = (of: string) => ({
    queryKey: ['palette', of, scope.bookId, scope.complexId],
    queryFn: () => findEverything(of, scope),
  })
  const { data: found = [], isFetching, isPlaceholderData } = useQuery({
    ...question(asked), enabled: asked !== '', placeholderData: keepPreviousData,
  })
  const shown = asked === '' ? [] : found
  const current = Math.min(chosen, shown.length - 1)

  function open(entry: Found | undefined): void {
    if (entry === undefined) return
    onClose()
    goTo(entry.target)
  }

  /** Who types fast presses Enter over the answer to half the word: the first answer to the whole word is meant. */
  async function openChosen(): Promise<void> {
    const whole = text.trim()
    if (whole === '') return
    const isAnswered = whole === asked && !isPlaceholderData
    open(isAnswered ? shown[current] : (await queries.query({ ...question(whole), staleTime: 5_000 }))[0])
  }

  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends an input method's composition chooses its text, not ours.
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setChosen(Math.max(0, Math.min(shown.length - 1, current + step)))
    } else if (event.key === 'Enter') {
      event.preventDefault()
      void openChosen()
    }
  }

  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={560} className="palette" title={frameText.search}>
      <div className="palette-field">
        <Icon name="search" />
        <input
          autoFocus
          role="combobox"
          aria-label={frameText.search}
          aria-expanded={shown.length > 0}
          aria-controls={listId}
          aria-activedescendant={shown[current] === undefined ? undefined : `${listId}-${current}`}
          placeholder={frameText.searchHint}
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul id={listId} role="listbox" aria-label={frameText.searchResults} className="palette-list">
        {shown.map((entry, index) => (
          <li
            key={entry.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === current}
            onClick={() => open(entry)}
            onPointerMove={() => setChosen(index)}
          >
            <Icon name={entry.icon} />
            <span>{entry.title}</span>
            <span className="quiet">{entry.note}</span>
          </li>
        ))}
      </ul>
      {shown.length === 0 && (
        <p className="palette-note quiet">{asked === '' || isFetching ? frameText.searchStart : frameText.searchEmpty}</p>
      )}
    </Modal>
  )
}
