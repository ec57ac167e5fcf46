/**
 * The three papers of an apportionment: 分摊清册 (who bears what), 业主意见表 (what the owners are asked, with room to sign) and
 * 征缴通知书 (what a household still has to pay in). One model, so that the three can never differ.
 */
import { formatArea } from '#core/register/area.ts'
import { APPORTIONMENT_BASIS_WORD, type ApportionmentBasis, type DrawOrder } from '#core/household/apportionment.ts'
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import { addFen, formatYuan, ZERO_FEN, type Fen } from '#core/money.ts'
import { moneyOf, textOf, type DocumentRow, type DocumentTable, type TableDocument } from './table-document.ts'

export type ApportionmentPaperRow = {
  readonly address: string
  readonly areaDm2: number
  readonly isDeveloperHeld: boolean
  readonly heldFen: Fen
  readonly shareFen: Fen
  /** Of sold public housing, the selling unit's. */
  readonly sellerShareFen: Fen
  readonly drawnFen: Fen
  readonly shortFen: Fen
}

export type ApportionmentPaperModel = {
  readonly office: string
  readonly complex: string
  readonly title: string
  readonly basis: ApportionmentBasis
  readonly drawOrder: DrawOrder
  /** Plans and repairs draw on the accounts; a distribution or a bill only divides. */
  readonly drawsOnAccounts: boolean
  readonly asOf: BusinessDate
  readonly printedOn: BusinessDate
  readonly printedBy: string
  readonly askedFen: Fen
  readonly totalFen: Fen
  readonly rows: readonly ApportionmentPaperRow[]
}

const DRAW_WORD: Readonly<Record<DrawOrder, string>> = { interestFirst: '先扣利息，再扣本金', principalFirst: '先扣本金，再扣利息' }

function sumOf(rows: readonly ApportionmentPaperRow[], amount: (row: ApportionmentPaperRow) => Fen): Fen {
  return rows.reduce((sum, row) => addFen(sum, amount(row)), ZERO_FEN)
}

function documentOf(
  model: ApportionmentPaperModel, title: string, table: DocumentTable, notes: readonly string[],
): TableDocument {
  return {
    title, form: null, issuer: model.office, subject: `小区：${model.complex}　事项：${model.title}`,
    periodText: dateInChinese(model.asOf), unit: '元', date: model.printedOn, printedBy: model.printedBy, isLandscape: false,
    tables: [table], notes, signers: [], watermark: null,
  }
}

function methodNote(model: ApportionmentPaperModel): string {
  const reduced = model.totalFen < model.askedFen
    ? `；申请 ${formatYuan(model.askedFen)} 元，以各户余额为限，不需业主自筹`
    : ''
  return `分摊办法：${APPORTIONMENT_BASIS_WORD[model.basis]}，${model.rows.length} 户，合计 ${formatYuan(model.totalFen)} 元${reduced}。` +
    '尾差按最大余数法分配。'
}

function addressOf({ address, isDeveloperHeld }: ApportionmentPaperRow): string {
  return isDeveloperHeld ? `${address}（未售）` : address
}

/** 分摊清册. */
export function apportionmentList(model: ApportionmentPaperModel): TableDocument {
  const hasSeller = model.rows.some(({ sellerShareFen }) => sellerShareFen > 0)
  const cellsOf = (row: ApportionmentPaperRow) => [
    moneyOf(row.shareFen), ...(hasSeller ? [moneyOf(row.sellerShareFen)] : []),
    ...(model.drawsOnAccounts ? [moneyOf(row.heldFen), moneyOf(row.drawnFen), moneyOf(row.shortFen)] : []),
  ]
  const rows = model.rows.map((row, index): DocumentRow => ({
    weight: 'item', cells: [textOf(String(index + 1)), textOf(addressOf(row)), textOf(formatArea(row.areaDm2)), ...cellsOf(row)],
  }))
  const total: ApportionmentPaperRow = {
    address: '', isDeveloperHeld: false, areaDm2: model.rows.reduce((sum, { areaDm2 }) => sum + areaDm2, 0),
    heldFen: sumOf(model.rows, (row) => row.heldFen), shareFen: sumOf(model.rows, (row) => row.shareFen),
    sellerShareFen: sumOf(model.rows, (row) => row.sellerShareFen), drawnFen: sumOf(model.rows, (row) => row.drawnFen),
    shortFen: sumOf(model.rows, (row) => row.shortFen),
  }
  const table: DocumentTable = {
    caption: null,
    columns: [
      { label: '序号', holds: 'text', width: 30 }, { label: '户室', holds: 'text' }, { label: '建筑面积', holds: 'count', width: 56 },
      { label: '分摊金额', holds: 'money' }, ...(hasSeller ? [{ label: '售房单位分摊', holds: 'money' as const }] : []),
      ...(model.drawsOnAccounts
        ? [{ label: '账面余额', holds: 'money' as const }, { label: '账户列支', holds: 'money' as const },
            { label: '应自筹', holds: 'money' as const }]
        : []),
    ],
    rows: [
      ...rows,
      { weight: 'total', cells: [textOf(''), textOf('合计'), textOf(formatArea(total.areaDm2)), ...cellsOf(total)] },
    ],
    empty: '',
  }
  const notes = [
    methodNote(model),
    ...(model.drawsOnAccounts ? [`各户账户${DRAW_WORD[model.drawOrder]}，不透支；未售房屋不足部分由开发建设单位承担。`] : []),
  ]
  const title = model.drawsOnAccounts ? '维修资金分摊清册' : '分摊清册'
  return { ...documentOf(model, title, table, notes), signers: ['制表', '复核', '负责人'] }
}

/** 业主意见表: asked before anything is spent (民法典 art. 278, 281). */
export function ownerOpinionSheet(model: ApportionmentPaperModel): TableDocument {
  const table: DocumentTable = {
    caption: null,
    columns: [
      { label: '户室', holds: 'text', width: 104 }, { label: '建筑面积', holds: 'count', width: 52 },
      { label: '预分摊', holds: 'money' }, { label: '其中自筹', holds: 'money' },
      { label: '意见', holds: 'text', width: 110 }, { label: '业主签名、日期', holds: 'text' },
    ],
    rows: model.rows.map((row): DocumentRow => ({
      weight: 'item',
      cells: [
        textOf(addressOf(row)), textOf(formatArea(row.areaDm2)), moneyOf(addFen(row.shareFen, row.sellerShareFen)),
        moneyOf(row.shortFen), textOf('□同意　□不同意'), textOf(''),
      ],
    })),
    empty: '',
  }
  return {
    ...documentOf(model, '使用维修资金业主意见表', table, [
      methodNote(model),
      '由专有部分面积占比三分之二以上且人数占比三分之二以上的业主参与表决，经参与表决面积过半数且人数过半数的业主同意（民法典第278条）。',
      '预分摊金额以决算后的实际分摊为准。未签名的不作为参与表决。',
    ]),
    signers: ['组织单位', '监督人', '日期'],
  }
}

/** 征缴通知书: only households that still have to pay in, one line each with what it is made of. */
export function collectionNotice(model: ApportionmentPaperModel): TableDocument {
  const owing = model.rows.filter(({ shortFen }) => shortFen > 0)
  const rows = owing.map((row): DocumentRow => ({
    weight: 'item',
    cells: [
      textOf(addressOf(row)), moneyOf(addFen(row.shareFen, row.sellerShareFen)), moneyOf(row.drawnFen), moneyOf(row.shortFen),
      textOf(row.isDeveloperHeld ? '开发建设单位' : row.sellerShareFen > 0 ? '业主、售房单位' : '业主'),
    ],
  }))
  const table: DocumentTable = {
    caption: null,
    columns: [
      { label: '户室', holds: 'text' }, { label: '应分摊', holds: 'money' }, { label: '账户已列支', holds: 'money' },
      { label: '应交金额', holds: 'money' }, { label: '交款人', holds: 'text', width: 90 },
    ],
    rows: owing.length === 0
      ? []
      : [...rows, {
          weight: 'total',
          cells: [
            textOf(`合计　${owing.length} 户`), moneyOf(sumOf(owing, (row) => addFen(row.shareFen, row.sellerShareFen))),
            moneyOf(sumOf(owing, (row) => row.drawnFen)), moneyOf(sumOf(owing, (row) => row.shortFen)), textOf(''),
          ],
        }],
    empty: '各户余额足够，没有需要自筹的户室。',
  }
  return {
    ...documentOf(model, '维修资金自筹征缴通知书', table, [
      `${model.complex}实施“${model.title}”，上列户室的维修资金余额不足以承担应分摊的费用。请将“应交金额”交存至本小区维修资金专户，交款时注明户室。`,
      methodNote(model),
    ]),
    signers: ['通知单位（盖章）', '经办人', '送达日期'],
  }
}
