/** Property registers on their way in: the template, reading a file (job), what was read, importing it (job). */
import type { BusinessDate } from '#core/calendar.ts'
import type { ComplexId, UserId } from '#core/id.ts'
import { Problem } from '#core/problem.ts'
import { householdAddress } from '#core/register/household.ts'
import { maskName } from '#core/masking.ts'
import { TEMPLATE_COLUMNS, titleOfColumn, type RegisterColumn } from '#core/register/columns.ts'
import type { RegisterRow } from '#core/register/register.ts'
import type { Encoding } from '#core/statement/encoding.ts'
import { SPREADSHEET_MEDIA_TYPE, writeWorkbook, type WorkbookCell } from '#reports/workbook.ts'
import type { ServiceContext } from '#services/context.ts'
import {
  importRegister, previewRegister, type ImportProgress, type RegisterPreview,
} from '#services/register/household-import.ts'
import type { JobResult, JobSteps } from './jobs.ts'
import { readRegisterAside } from './register-thread.ts'
import type { Staging } from './staging.ts'

export type RegisterDesk = ServiceContext & { readonly staging: Staging }

export type RegisterUpload = {
  readonly complexId: ComplexId
  readonly token: string
  readonly building?: string
  readonly encoding?: Encoding
}

/** The last file each person read; it holds names in clear, so it goes with its import, and with the program. */
const readFiles = new WeakMap<Staging, Map<UserId, { readonly token: string; readonly preview: RegisterPreview }>>()

function keptOf({ staging }: RegisterDesk): Map<UserId, { readonly token: string; readonly preview: RegisterPreview }> {
  const known = readFiles.get(staging)
  if (known !== undefined) return known
  const fresh = new Map<UserId, { readonly token: string; readonly preview: RegisterPreview }>()
  readFiles.set(staging, fresh)
  return fresh
}

async function walk<Result>(work: Generator<ImportProgress, Result>, { breathe }: JobSteps): Promise<Result> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    await breathe(step.value)
  }
}

/** Reads and compares; nothing is written. What was read is then asked for with `readRegisterFile`. */
export async function readRegisterJob(desk: RegisterDesk, upload: RegisterUpload, steps: JobSteps): Promise<JobResult> {
  const { complexId, token, ...options } = upload
  const staged = desk.staging.find(desk.actor.userId, token)
  await steps.breathe({ done: 0, total: 0, label: '打开文件' })
  const reading = await readRegisterAside(staged.path, options, steps)
  const file = { name: staged.name, hash: staged.sha256, reading }
  const preview = await walk(previewRegister(desk.ledger, complexId, file), steps)
  keptOf(desk).set(desk.actor.userId, { token, preview })
  return { summary: `读到 ${preview.reading.sums.households} 户。`, documents: [], rows: [], reference: null }
}

/** Throws `register.unread`. */
function keptPreview(desk: RegisterDesk, token: string): RegisterPreview {
  const kept = keptOf(desk).get(desk.actor.userId)
  if (kept?.token === token) return kept.preview
  throw new Problem({ code: 'register.unread', message: '文件还没有读取，或已经导入：请重新选择文件' })
}

const SHOWN = 500

function shownRow({ line, building, facts, opening, owners }: RegisterRow) {
  return {
    line, ...facts, ...(opening ?? { paidFen: null, interestFen: null, balanceFen: null }),
    address: householdAddress(/^\d/.test(building) ? `${building}幢` : building, facts.entrance, facts.room),
    owners: owners.map(({ name, kind }) => (kind === 'organisation' ? name : maskName(name))).join('、'),
  }
}

/** What the page draws: counts, sums, the first errors and rows; names masked, as everywhere on screen. */
export function readRegisterFile(desk: RegisterDesk, token: string) {
  const { reading, errors, newRows, newBuildings, ...facts } = keptPreview(desk, token)
  return {
    ...facts, newBuildings, newCount: newRows.length,
    format: reading.format, encoding: reading.encoding, columns: reading.columns, sums: reading.sums,
    errorCount: errors.length, errors: errors.slice(0, SHOWN),
    warningCount: reading.warnings.length, warnings: reading.warnings.slice(0, SHOWN),
    rows: newRows.slice(0, SHOWN).map(shownRow),
  }
}

export async function importRegisterJob(
  desk: RegisterDesk,
  { token, ...entry }: { readonly token: string; readonly effectiveOn: BusinessDate; readonly reason: string },
  steps: JobSteps,
): Promise<JobResult> {
  const preview = keptPreview(desk, token)
  const imported = await walk(importRegister(desk, preview, entry), steps)
  keptOf(desk).delete(desk.actor.userId)
  await desk.staging.discard(desk.actor.userId, token)
  const known = imported.known === 0 ? '' : `，另有 ${imported.known} 户以前已在册`
  return {
    summary: `新增 ${imported.households} 户、${imported.buildings} 幢、${imported.owners} 位业主${known}。`,
    documents: [], rows: [], reference: imported.changeId,
  }
}

/** One row that shows how each column is filled in. */
const EXAMPLE: Readonly<Record<RegisterColumn, string>> = {
  building: '1', entrance: '1', floor: '3', room: '301', owner: '示例一、示例二', identity: '', share: '1/2、1/2', phone: '',
  nature: '商品房', use: '住宅', area: '89.50', price: '', lift: '电梯', rate: '75', due: '6712.50', paid: '6712.50', interest: '0.00',
  balance: '6712.50', excluded: '否', developer: '否',
}

const NOTES = [
  '每户一行，第一行是列名；示例行请删去。不要合并单元格。',
  '必填：幢号、房号、建筑面积（平方米，两位小数）。其余不详时留空。',
  '同一户有几位产权人：写在一个单元格里，用顿号分开；证件号、产权份额按同样的顺序。份额留空即各占等份。',
  '身份证号请先把整列设为“文本”格式，否则末几位会变成 0。',
  '房屋用途：住宅、商铺、办公、车库、储藏室、物管用房（不参与分摊）、其他。房屋性质：商品房、已售公房。',
  '交存标准：每平方米多少元，也可以写成 01_电梯_75元/㎡。应交资金留空时按面积 × 标准计算。',
  '账户余额留空时按实交本金加实交利息。',
]

/** The template, with its titles in order, one example and notes on a second sheet. */
export async function registerTemplate(desk: RegisterDesk): Promise<{ readonly id: string; readonly name: string }> {
  const title = (text: string): WorkbookCell => ({ text, bold: true, border: true, align: 'center' })
  const bytes = await writeWorkbook({
    title: '楼盘表导入模板',
    date: desk.clock.today(),
    sheets: [
      {
        name: '楼盘表', landscape: true, headRows: 1,
        widths: TEMPLATE_COLUMNS.map((column) => (column === 'owner' || column === 'identity' ? 22 : 11)),
        rows: [
          TEMPLATE_COLUMNS.map((column) => title(titleOfColumn(column))),
          TEMPLATE_COLUMNS.map((column) => ({ text: EXAMPLE[column] })),
        ],
      },
      { name: '填写说明', widths: [100], rows: NOTES.map((text) => [{ text, wrap: true }]) },
    ],
  })
  const name = '楼盘表导入模板.xlsx'
  const { token } = await desk.staging.putDocument(desk.actor.userId, { name, mediaType: SPREADSHEET_MEDIA_TYPE, bytes })
  return { id: token, name }
}
