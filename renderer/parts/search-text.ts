/**
 * Finding by code, by name or by pinyin initials (`yhck` → 银行存款). Records may carry their own pinyin; otherwise the
 * initials come from the browser's pinyin collation, with the ledger's own readings of characters that have several.
 */
import { PINYIN_READINGS } from '../messages/pinyin.ts'

const collator = new Intl.Collator('zh-CN-u-co-pinyin')
const isHan = /\p{Script=Han}/u
const LETTERS = 'abcdefghjklmnopqrstwxyz'.split('')
/** CLDR's own index mark: in this collation U+FDD0 and a capital sort right before the first character of that letter. */
const INDEX_MARK = '\uFDD0'

function initialOf(character: string): string {
  if (!isHan.test(character)) return /[a-z0-9]/i.test(character) ? character.toLowerCase() : ''
  return LETTERS.findLast((letter) => collator.compare(INDEX_MARK + letter.toUpperCase(), character) <= 0) ?? ''
}

export function pinyinInitials(name: string): string {
  let rest = name
  let initials = ''
  while (rest !== '') {
    const reading = PINYIN_READINGS.find(([word]) => rest.startsWith(word))
    const [word, letters] = reading ?? [[...rest][0] ?? '', initialOf([...rest][0] ?? '')]
    initials += letters
    rest = rest.slice(word.length)
  }
  return initials
}

export type Searchable = { readonly name: string; readonly code?: string; readonly pinyin?: string }

/** One text holding everything a record can be found by, lower case; made once per record, not per keystroke. */
export function searchTextOf({ name, code = '', pinyin = '' }: Searchable): string {
  return [code, name, pinyin, pinyinInitials(name)].join(' ').toLowerCase()
}

export function matchesSearch(typed: string, record: Searchable): boolean {
  return typed.trim() !== '' && searchTextOf(record).includes(typed.trim().toLowerCase())
}
