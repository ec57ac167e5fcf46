/**
 * What owners are handed before they vote (表决告知书): what is asked, of whom, how it is counted, what becomes of silence, and a slip
 * to answer on. Its delivery is what a vote by objection stands on, so it says so in plain words and at a size old people read.
 */
import { dateInChinese, type BusinessDate } from '#core/calendar.ts'
import type { Fen } from '#core/money.ts'
import { formatArea } from '#core/register/area.ts'
import type { RepairSheet } from './repair-sheet.ts'

export type VoteNoticeModel = {
  readonly office: string
  readonly number: string
  readonly complex: string
  readonly scope: string
  readonly title: string
  readonly matter: string
  /** `异议表决`. */
  readonly method: string
  readonly amountFen: Fen | null
  readonly registerOn: BusinessDate
  readonly returnBy: BusinessDate
  readonly total: { readonly areaDm2: number; readonly heads: number }
  /** When it passes. */
  readonly counting: string
  /** What becomes of who says nothing. */
  readonly silence: string
  readonly basis: string
  /** What may be ticked on the slip, in its order. */
  readonly choices: readonly string[]
  readonly printedOn: BusinessDate
  readonly printedBy: string
}

export function voteNotice(model: VoteNoticeModel): RepairSheet {
  const { total, returnBy } = model
  return {
    title: '业主表决告知书', office: model.office, number: model.number, printedOn: model.printedOn, printedBy: model.printedBy,
    readAt: 'board', isLandscape: false,
    blocks: [
      {
        kind: 'paragraph',
        text: `${model.complex}的业主：下列事项请您表决。请在${dateInChinese(returnBy)}以前（含当日）交回下面的回执。`,
      },
      {
        kind: 'facts',
        rows: [
          [{ label: '表决事项', value: model.title }],
          [{ label: '事项类别', value: model.matter }],
          [{ label: '表决范围', value: model.scope }],
          [{
            label: '清册',
            value: `${model.registerOn}，专有部分面积 ${formatArea(total.areaDm2)} ㎡，${total.heads} 人`,
          }],
        ],
      },
      ...(model.amountFen === null ? [] : [{ kind: 'amount' as const, label: '提请使用', fen: model.amountFen }]),
      { kind: 'box', label: '表决方式', text: `${model.method}。${model.counting}。`, signed: '', room: 40 },
      { kind: 'box', label: '没有表态的', text: `${model.silence}。`, signed: '', room: 40 },
      { kind: 'facts', rows: [[{ label: '依据', value: model.basis }]] },
      { kind: 'paragraph', text: '……………………………　回　执　（沿此线剪下交回）　……………………………' },
      {
        kind: 'facts',
        rows: [[{ label: '编号', value: model.number }, { label: '户室', value: '' }], [{ label: '表决事项', value: model.title }]],
      },
      {
        kind: 'box', label: '我的意见', text: `${model.choices.map((choice) => `□ ${choice}`).join('　　　')}\n理由：\n\n`, room: 84,
        signed: '业主签名：　　　　　　　　　　　　年　　月　　日',
      },
      {
        kind: 'box', label: '送达签收', text: '已收到本告知书和表决材料。', room: 52,
        signed: '签收人：　　　　　送达人：　　　　　　年　　月　　日',
      },
    ],
  }
}
