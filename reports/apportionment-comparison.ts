/** 分摊比对表: a kept sheet beside the same method on today's register, the households that differ row by row. */
import { APPORTIONMENT_BASIS_WORD, type ApportionmentBasis } from '#core/household/apportionment.ts'
import { COMPARED_WORD, type ComparedSide, type ComparedState } from '#core/household/apportionment-compare.ts'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { formatYuan, subtractFen, ZERO_FEN, type Fen } from '#core/money.ts'
import { formatArea } from '#core/register/area.ts'
import { moneyOf, textOf, type DocumentCell, type DocumentRow, type TableDocument } from './table-document.ts'

export type ComparisonModel = {
  readonly office: string
  readonly complex: string
  readonly title: string
  readonly basis: ApportionmentBasis
  /** Day of the kept sheet. */
  readonly asOf: BusinessDate
  readonly printedOn: BusinessDate
  readonly printedBy: string
  readonly totalBeforeFen: Fen
  readonly totalAfterFen: Fen
  readonly rows: readonly {
    readonly address: string
    readonly state: ComparedState
    readonly before: ComparedSide | null
    readonly after: ComparedSide | null
  }[]
}

function cellsOf(side: ComparedSide | null): readonly DocumentCell[] {
  return side === null
    ? [textOf(''), moneyOf(null), moneyOf(null)]
    : [textOf(formatArea(side.areaDm2)), moneyOf(side.heldFen), moneyOf(side.shareFen)]
}

export function apportionmentComparison(model: ComparisonModel): TableDocument {
  const differing = model.rows.filter(({ state }) => state !== 'same')
  const same = model.rows.length - differing.length
  const rows = differing.map(({ address, state, before, after }): DocumentRow => ({
    weight: 'item',
    cells: [
      textOf(address), ...cellsOf(before), ...cellsOf(after),
      moneyOf(subtractFen(after?.shareFen ?? ZERO_FEN, before?.shareFen ?? ZERO_FEN)), textOf(COMPARED_WORD[state]),
    ],
  }))
  return {
    title: '分摊比对表', form: null, issuer: model.office, subject: `小区：${model.complex}　事项：${model.title}`,
    periodText: `${dateInChinese(model.asOf)}的分摊表与${dateInChinese(model.printedOn)}的楼盘表`, unit: '元', date: model.printedOn,
    printedBy: model.printedBy, isLandscape: true,
    tables: [{
      caption: null,
      columns: [
        { label: '户室', holds: 'text' }, { label: '原面积', holds: 'count', width: 52 }, { label: '原余额', holds: 'money' },
        { label: '原分摊', holds: 'money' }, { label: '现面积', holds: 'count', width: 52 }, { label: '现余额', holds: 'money' },
        { label: '现分摊', holds: 'money' }, { label: '相差', holds: 'money' }, { label: '情况', holds: 'text', width: 64 },
      ],
      rows,
      empty: '逐户一致，没有不同的户。',
    }],
    notes: [
      `办法：${APPORTIONMENT_BASIS_WORD[model.basis]}。原分摊 ${formatYuan(model.totalBeforeFen)} 元，按现在的楼盘表和余额重算 ` +
        `${formatYuan(model.totalAfterFen)} 元；${differing.length} 户不同，${same} 户一致（未列出）。`,
      '原分摊表是当时的依据，继续有效；面积、余额和户室以后的变动只影响新编制的分摊表。',
    ],
    signers: ['制表', '复核'], watermark: null,
  }
}
