/** Cover of a month's bound vouchers (凭证封面): what 会计基础工作规范 art. 55 asks for, on the vouchers' own half A4. */
import type { TableCell } from 'pdfmake/interfaces'
import { dateInChinese, type BusinessDate, type Month } from '#core/calendar.ts'
import { FONT_FAMILY } from './font.ts'
import { headCell, ruledLayout, textCell, type Paper } from './paper.ts'

export type BindingCoverModel = {
  readonly office: string
  readonly book: string
  readonly month: Month
  readonly from: BusinessDate
  readonly to: BusinessDate
  readonly kinds: readonly {
    /** 收, 付, 转, 记 */
    readonly word: string
    readonly count: number
    readonly first: number
    readonly last: number
    readonly attachments: number
  }[]
  /** `第 1 册 共 2 册` */
  readonly volume: number
  readonly volumes: number
  readonly printedOn: BusinessDate
}

export function bindingCoverPaper(model: BindingCoverModel): Paper {
  const { kinds, month } = model
  const total = (pick: (kind: BindingCoverModel['kinds'][number]) => number): string =>
    String(kinds.reduce((sum, kind) => sum + pick(kind), 0))
  const number = (text: string, bold = false): TableCell => ({ text, alignment: 'center', bold })
  const title = `记账凭证封面 ${model.book} ${month} 第${model.volume}册`
  return {
    title,
    date: model.printedOn,
    keywords: null,
    texts: [{ field: '单位', text: model.office }, { field: '账簿', text: model.book }],
    definition: {
      pageSize: { width: 595.28, height: 420.94 },
      pageOrientation: 'landscape',
      pageMargins: [48, 34, 48, 24],
      defaultStyle: { font: FONT_FAMILY, fontSize: 11 },
      content: [
        { text: '会计凭证封面', fontSize: 22, bold: true, alignment: 'center', characterSpacing: 6 },
        { text: model.office, fontSize: 13, alignment: 'center', margin: [0, 8, 0, 0] },
        {
          columns: [
            { text: `账簿：${model.book}`, width: '*' },
            { text: `${month.slice(0, 4)}年${Number(month.slice(5))}月`, width: 'auto', fontSize: 13, bold: true },
            { text: `第 ${model.volume} 册　共 ${model.volumes} 册`, width: '*', alignment: 'right' },
          ],
          margin: [0, 14, 0, 6],
        },
        {
          table: {
            widths: ['*', '*', '*', '*', '*'],
            body: [
              ['凭证种类', '张数', '起号', '止号', '附件张数'].map((text) => headCell(text)),
              ...kinds.map((kind) => [
                textCell(`${kind.word}字`, { center: true }),
                ...[kind.count, kind.first, kind.last, kind.attachments].map((value) => number(String(value))),
              ]),
              [
                textCell('合计', { center: true, bold: true }),
                number(total(({ count }) => count), true),
                number('—'),
                number('—'),
                number(total(({ attachments }) => attachments), true),
              ],
            ],
          },
          layout: ruledLayout({ x: 4, y: 5 }),
        },
        {
          text: `凭证日期：${dateInChinese(model.from)}至${dateInChinese(model.to)}`,
          margin: [0, 10, 0, 0],
        },
        {
          columns: ['会计主管', '审核', '装订人', '装订日期'].map((word) => ({ text: `${word}：`, width: '*' })),
          margin: [0, 34, 0, 0],
        },
      ],
    },
  }
}
