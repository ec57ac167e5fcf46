/** A previewed voucher as the sheet that is shown before writing. */
import { ruleText } from '../../messages/rule.ts'
import type { Sheet } from '../../parts/voucher-sheet.tsx'
import type { Answers } from '../../records.ts'

type Preview = Answers['deposit']['placePreview']

type Made = {
  readonly rule: 'deposit.place' | 'deposit.withdraw' | 'deposit.rollOver' | 'deposit.withdrawEarly' | 'deposit.draw'
  readonly attachmentCount: number
  readonly preparer: string
}

export function sheetOf({ bookName, date, lines }: Preview, { rule, attachmentCount, preparer }: Made): Sheet {
  return {
    bookName, kind: 'general', number: null, date, lines, attachmentCount, preparer, rule: ruleText(JSON.stringify({ by: rule })),
  }
}
