/** What hangs on the board: the frozen figures of a quarter and the facts of one version of its notice. */
import type { BusinessDate } from '#core/calendar.ts'
import type { PrintedText } from '#core/disclosure/texts.ts'
import { printedTexts } from '#core/disclosure/texts.ts'
import type { QuarterSheet } from '#core/disclosure/sheet.ts'
import type { FieldText } from './font.ts'

export type NoticeVersion = {
  /** Day the version was published, or the preview drawn; the file's date. */
  readonly date: BusinessDate
  readonly no: number
  readonly correction: { readonly replaces: number; readonly reason: string } | null
  /** Null for a preview: an unpublished sheet has no digest to check against and carries a watermark. */
  readonly code: string | null
}

export type NoticePosting = {
  /** Null while not planned: the line is left open to be written by hand. */
  readonly from: BusinessDate | null
  /** Null where it hangs until the next quarter's notice. */
  readonly to: BusinessDate | null
  readonly untilNext: boolean
  readonly places: readonly string[]
}

export type NoticeModel = {
  readonly sheet: QuarterSheet
  readonly version: NoticeVersion
  /** The unit that draws the table up and answers for it. */
  readonly preparedByUnit: string
  readonly preparedBy: string | null
  readonly reviewedBy: string | null
  readonly posting: NoticePosting
  readonly objection: {
    readonly until: BusinessDate | null
    /** Offices to call, from the profile: 街道办事处, 住建局; never a person's own number. */
    readonly phones: readonly { readonly office: string; readonly number: string }[]
  }
}

export function noticeTitle(model: NoticeModel): string {
  return `${model.sheet.complex.name}公共收益收支公示表`
}

/** Every text of the notice with the field it comes from. */
export function noticeTexts(model: NoticeModel): readonly FieldText[] {
  const sheetTexts = printedTexts(model.sheet).map(
    ({ field, row, text }: PrintedText): FieldText => ({ field, text, ...(row === undefined ? {} : { row }) }),
  )
  const texts = (field: string, values: readonly (string | null)[]): readonly FieldText[] =>
    values.flatMap((text, index) => (text === null ? [] : [{ field, text, ...(values.length > 1 ? { row: index + 1 } : {}) }]))
  return [
    ...sheetTexts,
    ...texts('更正原因', [model.version.correction?.reason ?? null]),
    ...texts('校验码', [model.version.code]),
    ...texts('编制单位', [model.preparedByUnit]),
    ...texts('编制人', [model.preparedBy]),
    ...texts('审核人', [model.reviewedBy]),
    ...texts('公示地点', model.posting.places),
    ...texts('监督电话', model.objection.phones.map((phone) => `${phone.office}${phone.number}`)),
  ]
}
