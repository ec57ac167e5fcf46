import fs from 'node:fs'
import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { attachmentPath, sha256Of } from '#services/attachment.ts'
import { noticePaperFile, noticeVersion } from '#services/disclosure/disclosure-version.ts'
import {
  checkNoticeCode, checkNoticeFile, isGenuine, noticeCheckText, type NoticeCheck,
} from '#services/disclosure/notice-check.ts'
import { codeInPdf } from '#services/disclosure/notice-file.ts'
import { verifyLedger, type VerifyReport } from '#services/verify.ts'
import { earnQuarter, noticeOffice, type NoticeOffice } from './notice-office.ts'

type Published = { office: NoticeOffice; code: string; pdf: Uint8Array; check: (bytes: Uint8Array) => NoticeCheck }

async function published(): Promise<Published> {
  const office = noticeOffice()
  earnQuarter(office)
  const id = await office.publishDrawn('2025Q3')
  return {
    office,
    code: noticeVersion(office.ledger, id).code,
    pdf: noticePaperFile(office.ledger, id).bytes,
    check: (bytes) => checkNoticeFile(office.ledger, office.clock, bytes),
  }
}

function verify(office: NoticeOffice): VerifyReport {
  const steps = verifyLedger(office.ledger)
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

describe('a notice in hand', () => {
  it('is told genuine, altered, or of figures that have moved since', async () => {
    const { office, code, pdf, check } = await published()
    expect(check(pdf)).toMatchObject({ kind: 'known', paper: 'same', ledger: 'same', supersededBy: null })
    expect(isGenuine(check(pdf))).toBe(true)
    expect(isGenuine(checkNoticeCode(office.ledger, office.clock, code.toLowerCase().replace('mz-a01', 'MZ-a01')))).toBe(true)

    const altered = Buffer.from(pdf)
    const at = altered.length - 2000
    altered.writeUInt8(altered.readUInt8(at) ^ 1, at)
    expect(check(altered)).toMatchObject({ kind: 'known', paper: 'altered', ledger: 'same', version: { code } })
    expect(isGenuine(check(altered))).toBe(false)

    office.income('4001.01', '0.01', '2025-09-30')
    const moved = check(pdf)
    expect(moved).toMatchObject({ kind: 'known', paper: 'same', ledger: 'changed' })
    expect(moved.kind === 'known' && moved.differences.map((each) => `${each.part}·${each.row}`)).toContain('期末结余·合计')
    expect(isGenuine(moved)).toBe(false)
  })

  it('of an earlier version says which one took its place', async () => {
    const { office, pdf, check } = await published()
    office.income('4001.01', '1.00', '2025-09-30')
    office.publish('2025Q3', { correctionReason: '漏记 1.00 元' })
    expect(check(pdf)).toMatchObject({ kind: 'known', supersededBy: 2, ledger: 'changed' })
    expect(noticeCheckText(check(pdf)).at(-1)).toBe('这一版已由第 2 版更正代替。')
  })

  it('with a code of nobody, a code with another digest, no code at all, or no PDF, is not taken for ours', async () => {
    const { office, code, pdf, check } = await published()
    const typed = (text: string) => checkNoticeCode(office.ledger, office.clock, text)
    expect(typed(code.replace('A01', 'B02')).kind).toBe('unknown')
    expect(typed(code.replace('-V1-', '-V2-')).kind).toBe('unknown')
    const other = code.endsWith('0') ? '1' : '0'
    expect(typed(code.slice(0, -1) + other)).toMatchObject({ kind: 'wrongDigest', version: { code } })
    expect(() => typed('A01 2025Q3')).toThrow(/不是公示校验码/)
    const forged = Buffer.from(Buffer.from(pdf).toString('latin1').replaceAll(code, code.slice(0, -1) + other), 'latin1')
    expect(check(forged).kind).toBe('wrongDigest')
    expect(check(Buffer.from('%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n%%EOF')).kind).toBe('noCode')
    expect(() => check(Buffer.from('MZ'))).toThrow(/这不是 PDF 文件/)
  })

  it('whose frozen version was changed behind our back is told so, even with a matching model hash', async () => {
    const { office, pdf, check } = await published()
    const { sqlite } = office.ledger
    sqlite.exec('DROP TRIGGER disclosure_kept')
    sqlite.exec(`UPDATE disclosure SET model = replace(model, '"closing":{"amount":750000', '"closing":{"amount":650000')`)
    expect(check(pdf)).toMatchObject({ ledger: 'damaged' })
    const named = expect.stringContaining('MZ-A01-2025Q3-V1')
    expect(verify(office).damages).toMatchObject([{ code: 'verify.noticeChanged', message: named }])
    const model = sqlite.prepare<[], string>('SELECT model FROM disclosure').pluck().get() ?? ''
    sqlite.prepare('UPDATE disclosure SET model_sha256 = ?').run(sha256Of(Buffer.from(model)))
    expect(check(pdf)).toMatchObject({ ledger: 'damaged' })
  })

  it('whose row was changed in any column, or removed, is named by verify', async () => {
    const { office } = await published()
    const { sqlite } = office.ledger
    expect(verify(office).damages).toEqual([])
    sqlite.exec('DROP TRIGGER disclosure_kept; DROP TRIGGER disclosure_kept_delete')
    const row = sqlite.prepare<[], Record<string, unknown>>('SELECT * FROM disclosure').get() ?? {}
    const changes = [
      'closing_fen = 1', "published_on = '2025-10-01'", "quarter = '2025Q2'", 'prepared_by = 1', "code = 'X'",
      "correction_reason = '无'",
    ]
    for (const change of changes) {
      sqlite.exec(`UPDATE disclosure SET ${change}`)
      expect([change, verify(office).damages.map((damage) => damage.code)]).toEqual([change, ['verify.noticeChanged']])
      const column = change.split(' ')[0] ?? ''
      sqlite.prepare(`UPDATE disclosure SET ${column} = ?`).run(row[column])
    }
    expect(verify(office).damages).toEqual([])
    sqlite.exec('DELETE FROM disclosure')
    expect(verify(office).damages.map((damage) => damage.code)).toEqual(['verify.noticeMissing'])
  })

  it('whose stored file was changed is named by verify', async () => {
    const { office, pdf } = await published()
    const row = office.ledger.sqlite.prepare<[], string>('SELECT pdf_sha256 FROM disclosure').pluck().get() ?? ''
    const path = attachmentPath(office.ledger, row)
    fs.writeFileSync(path, Buffer.concat([pdf, Buffer.from('\n')]))
    const named = expect.stringContaining('A01-2025Q3-第1版.pdf')
    expect(verify(office).damages).toMatchObject([{ code: 'verify.attachmentChanged', message: named }])
  })
})

describe('the code inside a file', () => {
  const code = 'MZ-A01-2025Q3-V1-7K3M-9QXB-2F4T'
  const chinese = 'MZ-湖畔-2025Q3-V1-7K3M-9QXB-2F4T'
  const utf16 = (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()])

  it('is found plain, escaped, in hexadecimal, as UTF-16, in XMP, and in a compressed stream', () => {
    const bytesOf = (part: string | Buffer) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)
    const pdf = (...parts: (string | Buffer)[]) => Buffer.concat(parts.map(bytesOf))
    expect(codeInPdf(pdf(`%PDF-1.4 << /Keywords (${code}) >>`))).toBe(code)
    expect(codeInPdf(pdf('%PDF-1.4 << /Keywords (MZ\\055A01-2025Q3-V1-7K3M-9QXB\\\n-2F4T) >>'))).toBe(code)
    expect(codeInPdf(pdf(`%PDF-1.4 << /Keywords <${Buffer.from(code).toString('hex')}> >>`))).toBe(code)
    expect(codeInPdf(pdf('%PDF-1.4 << /Keywords <', utf16(chinese).toString('hex'), '> >>'))).toBe(chinese)
    expect(codeInPdf(pdf('%PDF-1.4 << /Keywords (', utf16(code), ') >>'))).toBe(code)
    expect(codeInPdf(Buffer.from(`%PDF-1.4 <pdf:Keywords>${chinese}</pdf:Keywords>`))).toBe(chinese)
    const packed = deflateSync(Buffer.from(`7 0 << /Keywords (${code}) >>`))
    expect(codeInPdf(pdf('%PDF-1.5 1 0 obj << /Filter /FlateDecode >> stream\r\n', packed, '\nendstream endobj'))).toBe(code)
  })

  it('is not searched for in what unpacks to gigabytes, and damage is no crash', () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024))
    const file = Buffer.concat([Buffer.from('%PDF-1.5 stream\n'), bomb, Buffer.from('\nendstream stream\nxx endstream stream')])
    const started = process.memoryUsage().rss
    expect(codeInPdf(file)).toBeNull()
    expect(process.memoryUsage().rss - started).toBeLessThan(64 * 1024 * 1024)
  })
})
