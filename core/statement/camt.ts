/** ISO 20022 bank-to-customer messages: camt.052 (report), 053 (statement), 054 (notification), versions 1 to 13. */
import { negateFen, type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { readStamp } from './cells.ts'
import { draftOf, messageAmount, type Message, type MessagePart, type Said } from './message.ts'
import type { DraftRow } from './rows.ts'
import type { IssueList, MessageFormat } from './statement.ts'
import { childrenNamed, firstText, nodeAt, textAt, type MessageNode } from './tree.ts'
import { parseXml } from './xml.ts'

const KINDS = [
  { root: /^BkToCstmrStmt(?:V\d\d)?$/, part: 'Stmt', format: 'camt.053' },
  { root: /^BkToCstmrAcctRpt(?:V\d\d)?$/, part: 'Rpt', format: 'camt.052' },
  { root: /^BkToCstmrDbtCdtNtfctn(?:V\d\d)?$/, part: 'Ntfctn', format: 'camt.054' },
] as const

/** Throws Problem with the line for anything that cannot be read, is not booked, or is one page of several. */
export function readCamt(text: string, warnings: IssueList): { format: MessageFormat; message: Message } {
  const root = parseXml(text)
  for (const kind of KINDS) {
    const body = root.children.find((child) => kind.root.test(child.name))
    if (!body) continue
    refusePage(body)
    const parts = childrenNamed(body, kind.part).map((part) => partOf(part, warnings))
    if (parts.length === 0) throw missing(body, `没有对账单内容（${kind.part}）`)
    if (kind.format !== 'camt.053') {
      warnings.add('message.interim', `这是${kind.format === 'camt.052' ? '日间报告' : '收支通知'}（${kind.format}），不是日终对账单，请在日终后核对余额`)
    }
    return { format: kind.format, message: { layout: versionOf(text, kind.format), bank: bankOf(body, kind.part), parts } }
  }
  throw missing(root, '不是银行对账单报文（camt.052、053、054）')
}

/** `camt.053.001.02` */
function versionOf(text: string, fallback: string): string {
  return /camt\.05[234]\.\d{3}\.\d{2}/.exec(text.slice(0, 4000))?.[0] ?? fallback
}

function missing(node: MessageNode, what: string): Problem {
  return new Problem({ code: 'message.incomplete', message: `第 ${node.line} 行：${what}，请从网银重新下载`, row: node.line })
}

function refusePage(body: MessageNode): void {
  for (const holder of [nodeAt(body, 'GrpHdr', 'MsgPgntn'), ...body.children.map((part) => nodeAt(part, 'StmtPgntn'))]) {
    if (holder === undefined) continue
    const number = textAt(holder, 'PgNb')
    if (textAt(holder, 'LastPgInd') === 'true' && Number(number) <= 1) continue
    throw missing(holder, `这只是多页对账单的第 ${number} 页，单页无法核对`)
  }
}

const ACCOUNT_PLACES = [['IBAN'], ['Othr', 'Id'], ['PrtryAcct', 'Id'], ['BBAN']]
const BANK_PLACES = [['Nm'], ['BICFI'], ['BIC'], ['NmAndAdr', 'Nm']]

function bankOf(body: MessageNode, part: string): string {
  return firstText(nodeAt(body, part, 'Acct', 'Svcr', 'FinInstnId'), BANK_PLACES) || 'ISO 20022 报文'
}

function partOf(part: MessageNode, warnings: IssueList): MessagePart {
  const account = nodeAt(part, 'Acct')
  const number = firstText(nodeAt(account, 'Id'), ACCOUNT_PLACES)
  if (!account || number === '') throw missing(account ?? part, '没有写账号')
  const balances = childrenNamed(part, 'Bal')
  const opening = balanceOf(balances, ['OPBD', 'PRCD'])
  const closing = balanceOf(balances, ['CLBD'])
  const entries = childrenNamed(part, 'Ntry')
  return {
    line: part.line,
    rows: entries.map((entry) => entryOf(entry, warnings)),
    account: { text: number, line: account.line },
    accountName: firstText(account, [['Ownr', 'Nm'], ['Nm']]),
    currencies: [
      { text: textAt(account, 'Ccy'), line: account.line },
      ...[opening, closing].flatMap((one) => (one === null ? [] : [one.currency])),
      ...entries.map((entry) => currencyOf(nodeAt(entry, 'Amt') ?? entry)),
    ],
    from: dayIn(nodeAt(part, 'FrToDt', 'FrDtTm') ?? nodeAt(part, 'FrToDt', 'FrDt')),
    to: dayIn(nodeAt(part, 'FrToDt', 'ToDtTm') ?? nodeAt(part, 'FrToDt', 'ToDt')),
    opening: opening?.fen ?? null,
    closing: closing?.fen ?? null,
    totals: totalsOf(nodeAt(part, 'TxsSummry')),
  }
}

function dayIn(node: MessageNode | undefined): Said | null {
  return node === undefined ? null : { text: node.text.slice(0, 10), line: node.line }
}

function currencyOf(amount: MessageNode): Said {
  return { text: amount.attributes['Ccy'] ?? '', line: amount.line }
}

/** The booked balance of the first wanted kind; available and forward balances are no book balances. */
function balanceOf(balances: readonly MessageNode[], kinds: readonly string[]): { fen: Fen; currency: Said } | null {
  for (const kind of kinds) {
    const found = balances.filter((one) => firstText(one, [['Tp', 'CdOrPrtry', 'Cd'], ['Tp', 'Cd']]) === kind)
    const [balance, second] = found
    if (second) throw missing(second, `余额 ${kind} 出现了两次，无法确定用哪一个`)
    if (balance) return { fen: signedAmount(balance), currency: currencyOf(nodeAt(balance, 'Amt') ?? balance) }
  }
  return null
}

function signedAmount(holder: MessageNode): Fen {
  const amount = nodeAt(holder, 'Amt')
  if (!amount) throw missing(holder, '没有金额（Amt）')
  const direction = textAt(holder, 'CdtDbtInd')
  const value = messageAmount(amount.text, { row: amount.line, field: '金额' })
  // Their direction says it; a sign beside it would say it twice, or the contrary.
  if (value < 0) throw missing(amount, `金额“${amount.text}”带负号，与收支方向重复`)
  if (direction === 'CRDT') return value
  if (direction === 'DBIT') return negateFen(value)
  throw missing(holder, `收支方向“${direction}”看不懂`)
}

function totalsOf(summary: MessageNode | undefined): MessagePart['totals'] {
  const said = (...path: readonly string[]): Said | null => {
    const node = nodeAt(summary, ...path)
    return node && node.text !== '' ? { text: node.text, line: node.line } : null
  }
  const money = (...path: readonly string[]): Said | null => {
    const found = said(...path)
    return found && { ...found, text: found.text.replace(/(\.\d{2})0+$/, '$1') }
  }
  const found = {
    count: said('TtlNtries', 'NbOfNtries'),
    inCount: said('TtlCdtNtries', 'NbOfNtries'),
    inFen: money('TtlCdtNtries', 'Sum'),
    outCount: said('TtlDbtNtries', 'NbOfNtries'),
    outFen: money('TtlDbtNtries', 'Sum'),
  }
  const { count, inCount, inFen, outCount, outFen } = found
  return {
    ...(count && { count }), ...(inCount && { inCount }), ...(inFen && { inFen }), ...(outCount && { outCount }),
    ...(outFen && { outFen }),
  }
}

/** ISO 20022 sub-families that say what the booking is, in the words the proposal rules look for. */
const KIND_WORDS: Readonly<Record<string, string>> = { INTR: '利息', CHRG: '手续费', COMM: '手续费', FEES: '手续费' }

function entryOf(entry: MessageNode, warnings: IssueList): DraftRow {
  const { line } = entry
  const status = firstText(entry, [['Sts', 'Cd'], ['Sts', 'Prtry'], ['Sts']])
  if (status !== 'BOOK') {
    throw new Problem({
      code: 'row.pending', row: line,
      message: `第 ${line} 行这一笔的状态是“${status}”，银行还没有入账，请在入账后下载 camt.053`,
    })
  }
  const booked = nodeAt(entry, 'BookgDt') ?? nodeAt(entry, 'ValDt')
  if (!booked) throw missing(entry, '没有记账日期（BookgDt）')
  const stamp = firstText(booked, [['Dt'], ['DtTm']])
  const { date, rest } = readStamp(stamp, { row: booked.line, field: '记账日期' })
  const amountFen = signedAmount(entry)
  const details = childrenNamed(entry, 'NtryDtls').flatMap((one) => childrenNamed(one, 'TxDtls'))
  // A collected booking is one line at the bank; its many parties belong to no single one.
  const detail = details.length === 1 ? details[0] : undefined
  const side = amountFen < 0 ? 'Cdtr' : 'Dbtr'
  const remittance = childrenNamed(nodeAt(detail, 'RmtInf'), 'Ustrd').map((node) => node.text).join(' ')
  return draftOf(
    {
      line, date, amountFen,
      time: /^(\d\d:\d\d:\d\d)/.exec(rest)?.[1] ?? null,
      isRed: textAt(entry, 'RvslInd') === 'true',
      party: firstText(nodeAt(detail, 'RltdPties', side), [['Nm'], ['Pty', 'Nm']]),
      partyAccount: firstText(nodeAt(detail, 'RltdPties', `${side}Acct`, 'Id'), ACCOUNT_PLACES),
      memo: remittance || textAt(detail, 'AddtlTxInf') || textAt(entry, 'AddtlNtryInf'),
      type: KIND_WORDS[textAt(entry, 'BkTxCd', 'Domn', 'Fmly', 'SubFmlyCd')] ?? '',
      serial:
        textAt(entry, 'AcctSvcrRef') || textAt(detail, 'Refs', 'AcctSvcrRef') || textAt(entry, 'NtryRef') ||
        textAt(detail, 'Refs', 'EndToEndId').replace(/^NOTPROVIDED$/, ''),
      raw: [stamp, textAt(entry, 'Amt'), textAt(entry, 'CdtDbtInd'), textAt(entry, 'AddtlNtryInf')],
    },
    warnings,
  )
}
