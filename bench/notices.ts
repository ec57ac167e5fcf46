/**
 * All notices of a quarter in one batch, asked for and published by the product's own batch, against one bare pdfmake
 * document of the same content. The bare documents are drawn between two complexes, so that a slow moment hits both.
 */
import pdfmake from 'pdfmake'
import { addDays, parseDate, parseQuarter } from '#core/calendar.ts'
import type { ComplexId, DecisionId } from '#core/id.ts'
import { fontFiles, FONT_FAMILY } from '#reports/font.ts'
import { noticePaper } from '#reports/notice.ts'
import { createRenderPool } from '#reports/pool.ts'
import { recordDecision } from '#services/decision.ts'
import { draftDisclosure } from '#services/disclosure/disclosure.ts'
import { logOperation } from '#services/operation-log.ts'
import { setPolicyValue } from '#services/policy/policy.ts'
import { appendVoucher } from '#services/voucher/posting.ts'
import { publishNotices, requestNotices, type BatchRow } from '#server/disclosure-batch.ts'
import { foundBenchOffice, PASSWORD, voucherAt, type BenchOffice } from './generate.ts'
import { median, millisecondsOf, ms, times, type Measure } from './measure.ts'

const QUARTER = parseQuarter('2026Q2')
const FIRST_DAY = parseDate('2026-04-01')
/** Of public income, per complex in the quarter. */
const VOUCHERS = 12
const BARE_EVERY = 10
const MEMORY_FROM = 100

/** The city rule of 厦门 with what it leaves to the office, so that every sheet is ready to be published. */
function fillProfile(office: BenchOffice, profileCode: string): void {
  const values = { 'disclosure.objectionDays': 15, 'disclosure.supervisionPhones': ['示例街道办事处 0592-1234567'] }
  for (const [key, value] of Object.entries(values)) {
    setPolicyValue(
      office.head,
      { profileCode, key, value, validFrom: '2024-01-01', source: '示例通知', reason: '补录' },
      { login: 'li', password: PASSWORD },
    )
  }
}

/** What the owners pay for rests on what they decided. */
function decideUses(office: BenchOffice): readonly DecisionId[] {
  return office.complexes.map((complexId, index) =>
    recordDecision(office.preparer, {
      complexId,
      kind: 'assembly',
      number: `业大决〔2026〕${index + 1}号`,
      title: '公共收益使用计划',
      decidedOn: parseDate('2026-01-05'),
      sha256: office.paper,
    }),
  )
}

function fillQuarter(office: BenchOffice): void {
  const { ledger, complexes } = office
  const decisions = decideUses(office)
  for (let round = 0; round < VOUCHERS; round += 1) {
    ledger.write(() => {
      // Public income comes every other time around the complexes.
      const start = round * 2 * complexes.length
      for (const [place, decisionId] of decisions.entries()) {
        appendVoucher(ledger, { ...voucherAt(office, start + place, addDays(FIRST_DAY, round * 7)), decisionId })
      }
      logOperation(office.head, 'voucher.post', { kind: 'voucher' }, {})
    })
  }
}

function refuseUnlessAll(rows: readonly BatchRow[]): void {
  const other = rows.find((row) => row.state !== 'done')
  if (other !== undefined) throw new Error(`the batch did not do ${other.label}: ${other.note}`)
}

/** What pdfmake alone takes for the same content, in this thread, with its fonts loaded. */
async function drawBare(office: BenchOffice, complexId: ComplexId): Promise<number> {
  const { definition } = noticePaper(draftDisclosure(office.ledger, office.clock, complexId, QUARTER).preview)
  return millisecondsOf(() => pdfmake.createPdf(definition).getBuffer())
}

function setBareFonts(): void {
  const { regular, bold } = fontFiles()
  pdfmake.setFonts({ [FONT_FAMILY]: { normal: regular, bold, italics: regular, bolditalics: bold } })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => path === regular || path === bold)
}

/** Resident memory with the garbage gone: what stays is what would pile up. */
function residentMegabytes(): number {
  globalThis.gc?.()
  return process.memoryUsage().rss / 1e6
}

type Batch = { readonly notice: number; readonly bare: number; readonly memory: readonly [number, number] }

async function publishAll(office: BenchOffice): Promise<Batch> {
  const renderPool = createRenderPool({ size: 1 })
  const bare: number[] = []
  const notices: number[] = []
  let begun: number | undefined
  let early = 0
  const breathe = async ({ done }: { readonly done: number }): Promise<void> => {
    if (begun !== undefined) notices.push(performance.now() - begun)
    const complexId = office.complexes[done]
    if (done % BARE_EVERY === 0 && complexId !== undefined) bare.push(await drawBare(office, complexId))
    if (done === MEMORY_FROM) early = residentMegabytes()
    begun = performance.now()
  }
  try {
    refuseUnlessAll(await requestNotices(office.preparer, QUARTER, { breathe: () => Promise.resolve() }))
    refuseUnlessAll(await publishNotices({ ...office.reviewer, renderPool }, QUARTER, { breathe }))
    // The first documents load fonts and warm up both threads.
    return {
      notice: median(notices.slice(BARE_EVERY)),
      bare: median(bare.slice(1)),
      memory: [early, residentMegabytes()],
    }
  } finally {
    await renderPool.close()
  }
}

export async function measureNotices(
  folder: string,
  count: number,
  bounds: { ratio: number; growth: number },
): Promise<readonly Measure[]> {
  const office = foundBenchOffice(folder, 'notices', { complexCount: count, profileCode: 'XM-2024' })
  try {
    fillProfile(office, 'XM-2024')
    fillQuarter(office)
    setBareFonts()
    const {
      notice,
      bare,
      memory: [early, late],
    } = await publishAll(office)
    return [
      {
        topic: 'notices',
        what: `publishing ${count} notices in one batch, time per notice against one bare pdfmake document of the same content`,
        measured: times(notice / bare),
        bound: `≤ ${bounds.ratio}×`,
        within: notice <= bounds.ratio * bare,
        medians: `${ms(notice)} against ${ms(bare)}`,
      },
      {
        topic: 'notices',
        what: `memory after ${count} notices against after ${MEMORY_FROM}`,
        measured: times(late / early),
        bound: `≤ ${bounds.growth}×`,
        within: late <= bounds.growth * early,
        medians: `${late.toFixed(0)} MB against ${early.toFixed(0)} MB resident`,
      },
    ]
  } finally {
    office.ledger.close()
  }
}
