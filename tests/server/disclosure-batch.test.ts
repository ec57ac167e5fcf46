import fs from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { createRenderPool, type RenderPool } from '#reports/pool.ts'
import { addBankAccount } from '#services/voucher/book.ts'
import { addComplex, complexOf } from '#services/register/complex.ts'
import { noticeVersions } from '#services/disclosure/disclosure-version.ts'
import { openRequests } from '#services/disclosure/disclosure-request.ts'
import { noticeBatchJob, type BatchAction } from '#server/disclosure-batch.ts'
import { createStaging, type Staging } from '#server/staging.ts'
import { day, earnQuarter, noticeOffice, type NoticeOffice } from '../services/disclosure/notice-office.ts'
import { Q } from '../services/income/quarter-office.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

type Ground = { office: NoticeOffice; renderPool: RenderPool; staging: Staging }

/** A01 earned money; B02 to B04 had none and are ready with a zero sheet; C05's profile is not filled in. */
function ground(): Ground {
  const office = noticeOffice()
  earnQuarter(office)
  const { id: _id, state: _state, ...facts } = complexOf(office.ledger, office.complexId)
  for (const code of ['B02', 'B03', 'B04', 'C05']) {
    const complexId = addComplex(office.head, {
      ...facts, code, name: `示例${code}`, profileCode: code === 'C05' ? 'AH-TONGLING' : 'XM-2024', hasAssembly: true,
    })
    addBankAccount(office.head, {
      bookId: office.publicIncome, complexId, bankName: '示例银行', branch: '', number: `60000000${code.slice(1)}99`,
      holderName: '业主大会',
      isDedicated: true, openedOn: day('2025-01-01'),
    })
  }
  const renderPool = createRenderPool()
  const staging = createStaging(office.clock)
  closing.push(() => renderPool.close(), () => staging.close())
  return { office, renderPool, staging }
}

const never = new AbortController().signal

function run({ office, renderPool, staging }: Ground, who: 'preparer' | 'reviewer', action: BatchAction, signal = never) {
  const breathed: string[] = []
  const job = noticeBatchJob({ ...office[who], renderPool, staging }, action, Q('2025Q3'), {
    signal,
    breathe: (progress) => {
      breathed.push(`${progress?.done}/${progress?.total} ${progress?.label}`)
      signal.throwIfAborted()
      return Promise.resolve()
    },
  })
  return { job, breathed }
}

describe('all notices of a quarter', () => {
  it('are asked for by one, published by another, drawn as published; what is missing stands in the table', async () => {
    const place = ground()
    const { office, staging } = place
    const asked = await run(place, 'preparer', 'request').job
    expect(asked.summary).toBe('已报请公示：5 个小区中 4 个完成，1 个缺资料。')
    expect(asked.rows.at(-1)).toEqual({ label: 'C05 示例C05', state: 'missing', note: expect.stringMatching(/^缺 4 项：“公示张贴期”待填写/) })
    expect(openRequests(office.ledger, Q('2025Q3'))).toHaveLength(4)

    const published = run(place, 'reviewer', 'publish')
    expect((await published.job).summary).toBe('已公示：5 个小区中 4 个完成，1 个缺资料。')
    expect(published.breathed).toEqual(['0/5 A01 示例花园', '1/5 B02 示例B02', '2/5 B03 示例B03', '3/5 B04 示例B04', '4/5 C05 示例C05'])

    const drawn = await run(place, 'preparer', 'draw').job
    expect(drawn.documents.map((document) => document.name)).toEqual([
      '示例花园 A01-2025Q3-第1版.pdf', '示例B02 B02-2025Q3-第1版.pdf', '示例B03 B03-2025Q3-第1版.pdf', '示例B04 B04-2025Q3-第1版.pdf',
      '示例C05 C05-2025Q3-预览.pdf',
    ])
    const [first] = drawn.documents
    const file = staging.find(office.preparer.actor.userId, first?.id ?? '')
    const [notice] = noticeVersions(office.ledger, office.complexId, Q('2025Q3'))
    expect(file.sha256).toBe(notice?.pdfSha256)
    expect(fs.readFileSync(file.path).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('are not stopped by one complex that fails, nor published by who asked', async () => {
    const place = ground()
    const { office } = place
    await run(place, 'preparer', 'request').job
    office.income('4001.01', '1.00', '2025-09-30')
    const rows = (await run(place, 'reviewer', 'publish').job).rows
    expect(rows.map((row) => row.state)).toEqual(['failed', 'done', 'done', 'done', 'missing'])
    expect(rows[0]?.note).toMatch(/报请之后账上的数字有变动/)
  })

  it('stop between two complexes when cancelled; what was published stays whole', async () => {
    const place = ground()
    await run(place, 'preparer', 'request').job
    const cancel = new AbortController()
    const { job, breathed } = run(place, 'reviewer', 'publish', cancel.signal)
    const watched = setInterval(() => {
      if (breathed.length >= 2) cancel.abort()
    }, 1)
    await expect(job).rejects.toMatchObject({ name: 'AbortError' })
    clearInterval(watched)
    const published = place.office.ledger.sqlite.prepare('SELECT count(*) FROM disclosure').pluck().get()
    expect(published).toBe(breathed.length - 1)
    expect((await run(place, 'reviewer', 'publish').job).summary).toMatch(/^已公示：5 个小区中 4 个完成/)
  })
})
