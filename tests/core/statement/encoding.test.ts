import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeText, normalisePrivateUse } from '#core/statement/encoding.ts'
import { matchName } from '#core/party-name.ts'
import { readStatement } from '#core/statement/read.ts'
import { CMB_INCOME, cmb, gb18030, utf8 } from './statement-files.ts'

const named = (name: string) => cmb(CMB_INCOME.replace('示例传媒有限公司', name))
const partyOf = (bytes: Uint8Array) => readStatement(bytes, { fileName: 'x.csv' }).rows[0]?.party

describe('names with rare characters survive', () => {
  it.each(['䶮', '㙓', '𬭚', '喆', '龴'])('%s from GB18030 and from UTF-8', (character) => {
    const name = `${character}源消防（铜陵）有限公司`
    expect(partyOf(gb18030(named(name)))).toBe(name)
    expect(partyOf(utf8(named(name)))).toBe(name)
  })

  it('private-use code points of old tables become the real characters', () => {
    expect(normalisePrivateUse('\uE863\uE81E\uE78D\uE816\uE855\uE864')).toBe('䶮龴︐𠂇𤇾龻')
    expect(partyOf(utf8(named('\uE863源公司')))).toBe('䶮源公司')
  })

  it('every private-use code point of the table is the character its GB18030 bytes stand for', () => {
    const decoder = new TextDecoder('gb18030')
    const trails = Array.from({ length: 0x51 }, (_, index) => 0x50 + index).filter((trail) => trail !== 0x7f)
    for (const [index, trail] of trails.entries()) {
      const decoded = decoder.decode(Uint8Array.of(0xfe, trail))
      const normalised = normalisePrivateUse(String.fromCharCode(0xe815 + index))
      // Six of them are still private use in the decoder: there only "no longer private" can be asked.
      if (/[\uE000-\uF8FF]/.test(decoded)) expect(normalised).not.toMatch(/[\uE000-\uF8FF]/)
      else expect(normalised).toBe(decoded)
    }
  })
})

describe('detection', () => {
  const mark = (bytes: number[], rest: Uint8Array) => Uint8Array.from([...bytes, ...rest])
  const utf16 = (text: string, big: boolean) =>
    Uint8Array.from(Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)).flatMap((code) =>
      big ? [code >> 8, code & 0xff] : [code & 0xff, code >> 8],
    ))
  const text = cmb(CMB_INCOME)

  it.each([
    ['utf-8', utf8(text)],
    ['utf-8-bom', mark([0xef, 0xbb, 0xbf], utf8(text))],
    ['utf-16le', mark([0xff, 0xfe], utf16(text, false))],
    ['utf-16be', mark([0xfe, 0xff], utf16(text, true))],
    ['gb18030', gb18030(text)],
  ] as const)('%s', (encoding, bytes) => {
    expect(readStatement(bytes, { fileName: 'x.csv' })).toMatchObject({ encoding, errors: [], inFen: 1_200_000 })
  })

  it('the clerk’s choice is obeyed, and refused where the bytes do not fit', () => {
    expect(readStatement(gb18030(text), { fileName: 'x', encoding: 'utf-8' }).errors).toMatchObject([
      { code: 'encoding.invalid' },
    ])
    expect(readStatement(gb18030(text), { fileName: 'x', encoding: 'gb18030' }).errors).toEqual([])
  })

  it('any Chinese text comes back as it was written', () => {
    const characters = fc.constantFrom(...Array.from('中国银行示例小区业主大会公共收益专户䶮㙓𬭚喆（），。12'))
    fc.assert(
      fc.property(fc.array(characters, { minLength: 1 }), (parts) => {
        const value = `示例账户交易明细${parts.join('')}`
        expect(decodeText(gb18030(value))).toEqual({ text: value, encoding: 'gb18030' })
      }),
    )
  })

  it('a DOS end-of-file mark is padding', () => {
    expect(readStatement(utf8(`${text}\u001A`), { fileName: 'x' }).errors).toEqual([])
  })
})

describe('names as compared', () => {
  it('brackets, width and blanks do not make another party; NFKC look-alikes stay apart', () => {
    expect(matchName('示例（铜陵） 传媒\u3000有限公司')).toBe(matchName('示例(铜陵)传媒有限公司'))
    expect(matchName('ＡＢＣ公司')).toBe(matchName('abc公司'))
    expect(matchName('⑴公司')).not.toBe(matchName('1公司'))
  })
})
