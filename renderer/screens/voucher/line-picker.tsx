/**
 * A picker inside the grid of always-open inputs: type code, name or pinyin initials; Enter or Tab takes the first match
 * and walks on. Ant Design's own Tab leaves without choosing, which costs an accountant a key on every line.
 */
import { useMemo, useState, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { Select } from 'antd'
import { voucherText } from '../../messages/voucher.ts'
import { searchTextOf, type Searchable } from '../../parts/search-text.ts'

export type LineChoice<Id> = Searchable & { readonly id: Id; readonly label: string }

/** Made once per list and shared by all lines. */
export type ChoiceOption<Id> = { readonly value: Id; readonly label: string; readonly search: string }

export function useChoiceOptions<Id>(choices: readonly LineChoice<Id>[]): readonly ChoiceOption<Id>[] {
  return useMemo(
    () => choices.map((choice) => ({ value: choice.id, label: choice.label, search: searchTextOf(choice) })),
    [choices],
  )
}

type Props<Id> = {
  readonly options: readonly ChoiceOption<Id>[]
  readonly value: Id | null
  readonly onPick: (id: Id) => void
  readonly onWalk: (input: HTMLInputElement) => void
  readonly 'aria-label': string
  readonly placeholder: string
  readonly isWrong: boolean
  readonly disabled?: boolean
}

/** A code typed to its end wins over every other text that happens to contain it. */
function bestMatch<Id>(options: readonly ChoiceOption<Id>[], typed: string): ChoiceOption<Id> | undefined {
  const words = typed.trim().toLowerCase()
  return options.find(({ search }) => search.startsWith(`${words} `)) ?? options.find(({ search }) => search.includes(words))
}

export function LinePicker<Id extends number>(props: Props<Id>) {
  const { options, value, onPick, onWalk, isWrong, placeholder, disabled = false, ...rest } = props
  const [typed, setTyped] = useState('')
  const [isOpen, setOpen] = useState(false)
  /** With the arrows the person chooses by eye: then the list's own Enter is right. */
  const [isWalked, setWalked] = useState(false)

  function onInputKeyDown(event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>): void {
    const input = event.currentTarget
    if (event.nativeEvent.isComposing || !(input instanceof HTMLInputElement)) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') setWalked(true)
    const isEnter = event.key === 'Enter' && !event.ctrlKey && !event.metaKey
    const isTab = event.key === 'Tab' && !event.shiftKey
    if ((!isEnter && !isTab) || (isEnter && isOpen && isWalked)) return
    const match = typed.trim() === '' ? undefined : bestMatch(options, typed)
    if (typed.trim() !== '' && match === undefined) return
    // What is chosen may open or shut the next cell: drawn before walking on.
    flushSync(() => {
      if (match !== undefined) onPick(match.value)
      setTyped('')
      setOpen(false)
    })
    event.preventDefault()
    // The list must not see this Enter: it would choose again, or open.
    event.stopPropagation()
    onWalk(input)
  }

  return (
    <Select<Id | null, { value: Id; label: string; search: string }>
      {...rest}
      className="line-picker"
      variant="borderless"
      suffix={null}
      disabled={disabled}
      status={isWrong ? 'error' : ''}
      aria-invalid={isWrong}
      placeholder={placeholder}
      value={value}
      options={[...options]}
      open={isOpen}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) setWalked(false)
      }}
      showSearch={{
        searchValue: typed,
        onSearch: (text) => {
          setTyped(text)
          setWalked(false)
        },
        filterOption: (text, option) => option?.search.includes(text.trim().toLowerCase()) === true,
      }}
      onChange={(id) => {
        if (id !== null) onPick(id)
        setTyped('')
      }}
      onInputKeyDown={onInputKeyDown}
      popupMatchSelectWidth={false}
      notFoundContent={voucherText.entry.noMatch}
    />
  )
}
