/** OFX bank statements. Investment and card statements are no bank account's and are refused by name. */
import { parseDate } from '../calendar.ts'
import { type Fen } from '../money.ts'
import { Problem } from '../problem.ts'
import { draftOf, messageAmount, type Message, type MessagePart, type Said } from './message.ts'
import { parseOfx } from './ofx-tree.ts'
import type { DraftRow } from './rows.ts'
import type { IssueList } from './statement.ts'
import { childrenNamed, firstText, nodeAt, textAt, type MessageNode } from './tree.ts'

/** Throws Problem with the line for what cannot be read or is no bank statement. */
export function readOfx(text: string, warnings: IssueList): { format: 'ofx'; message: Message } {
  const root = parseOfx(text)
  const signOn = nodeAt(root, 'SIGNONMSGSRSV1', 'SONRS')
  const code = textAt(signOn, 'STATUS', 'CODE')
  if (signOn && code !== '' && code !== '0') {
    const said = textAt(signOn, 'STATUS', 'MESSAGE')
    throw refused(signOn, 'message.failed', `银行没有给出明细（代码 ${code}${said === '' ? '' : `：${said}`}），请重新登录网银下载`)
  }
  const statements = childrenNamed(root, 'BANKMSGSRSV1')
    .flatMap((one) => childrenNamed(one, 'STMTTRNRS'))
    .flatMap((one) => childrenNamed(one, 'STMTRS'))
  if (statements.length === 0) throw noStatement(root)
  const parts = statements.map((statement) => partOf(statement, warnings))
  const layout = /OFXHEADER\s*=\s*"200"/.test(text) ? 'ofx-2' : 'ofx-1'
  return { format: 'ofx', message: { layout, bank: textAt(signOn, 'FI', 'ORG') || 'OFX 文件', parts } }
}

function refused(node: MessageNode, code: string, what: string): Problem {
  return new Problem({ code, message: `第 ${node.line} 行：${what}`, row: node.line })
}

function noStatement(root: MessageNode): Problem {
  const investment = nodeAt(root, 'INVSTMTMSGSRSV1')
  if (investment) return refused(investment, 'format.unsupported', '这是投资账户的对账单，请改为下载专户的账户明细')
  const card = nodeAt(root, 'CREDITCARDMSGSRSV1')
  if (card) return refused(card, 'format.unsupported', '这是信用卡账单，请改为下载专户的账户明细')
  return refused(root, 'message.incomplete', '文件里没有账户明细（STMTRS），请在网银里选择账户和日期后重新下载')
}

function partOf(statement: MessageNode, warnings: IssueList): MessagePart {
  const account = nodeAt(statement, 'BANKACCTFROM')
  const number = textAt(account, 'ACCTID')
  if (!account || number === '') throw refused(account ?? statement, 'message.incomplete', '没有写账号（ACCTID），请重新下载')
  const list = nodeAt(statement, 'BANKTRANLIST')
  const rows = childrenNamed(list, 'STMTTRN').map((entry) => entryOf(entry, warnings))
  if (nodeAt(statement, 'BANKTRANLISTP')) {
    warnings.add('message.pending', '文件另附尚未入账的交易，只读取已入账的', nodeAt(statement, 'BANKTRANLISTP')?.line ?? null)
  }
  const to = dayOf(nodeAt(list, 'DTEND'))
  const currency = nodeAt(statement, 'CURDEF')
  return {
    line: statement.line, rows,
    account: { text: number, line: account.line },
    accountName: '',
    currencies: [
      { text: currency?.text ?? '', line: currency?.line ?? statement.line },
      ...childrenNamed(list, 'STMTTRN').map((entry) => currencyOf(entry)),
    ],
    from: dayOf(nodeAt(list, 'DTSTART')), to,
    opening: null,
    closing: closingOf(nodeAt(statement, 'LEDGERBAL'), to, rows, warnings),
    totals: {},
  }
}

function currencyOf(entry: MessageNode): Said {
  const foreign = nodeAt(entry, 'CURRENCY', 'CURSYM')
  return { text: foreign?.text ?? '', line: foreign?.line ?? entry.line }
}

/** `20240105120000.000[+8:CST]`: the day as the bank wrote it. */
function dayOf(node: MessageNode | undefined): Said | null {
  if (!node || node.text === '') return null
  const text = /^(\d{4})(\d{2})(\d{2})/.exec(node.text)
  return { text: text ? `${text[1] ?? ''}-${text[2] ?? ''}-${text[3] ?? ''}` : node.text, line: node.line }
}

/** The ledger balance is today's at the bank; it closes the list only when taken on the list's last day. */
function closingOf(
  ledger: MessageNode | undefined,
  to: Said | null,
  rows: readonly DraftRow[],
  warnings: IssueList,
): Fen | null {
  const balance = nodeAt(ledger, 'BALAMT')
  if (!balance || balance.text === '') return null
  const taken = dayOf(nodeAt(ledger, 'DTASOF'))
  const last = to?.text ?? rows.map((row) => String(row.date)).toSorted().at(-1)
  if (taken !== null && last !== undefined && taken.text !== last) {
    warnings.add('balance.later', `第 ${balance.line} 行的余额是 ${taken.text} 的，不是明细截止日的，不作期末余额`, balance.line)
    return null
  }
  return messageAmount(balance.text, { row: balance.line, field: '余额' })
}

const KIND_WORDS: Readonly<Record<string, string>> = { INT: '利息', FEE: '手续费', SRVCHG: '手续费' }

function entryOf(entry: MessageNode, warnings: IssueList): DraftRow {
  const posted = nodeAt(entry, 'DTPOSTED')
  const day = dayOf(posted)
  if (!posted || day === null) throw refused(entry, 'date.missing', '这一笔没有入账日期（DTPOSTED），请重新下载')
  const amount = nodeAt(entry, 'TRNAMT')
  if (!amount) throw refused(entry, 'amount.missing', '这一笔没有金额（TRNAMT），请重新下载')
  const time = /^\d{8}(\d{2})(\d{2})(\d{2})/.exec(posted.text)
  const name = firstText(entry, [['NAME'], ['PAYEE', 'NAME']])
  const memo = textAt(entry, 'MEMO')
  const check = textAt(entry, 'CHECKNUM')
  return draftOf(
    {
      line: entry.line,
      date: parseDate(day.text, { row: day.line, field: '入账日期' }),
      time: time ? clockOf(time) : null,
      amountFen: messageAmount(amount.text, { row: amount.line, field: '金额' }),
      isRed: false,
      party: name === memo ? '' : name,
      partyAccount: textAt(entry, 'BANKACCTTO', 'ACCTID'),
      memo: memo === '' ? name : memo,
      type: KIND_WORDS[textAt(entry, 'TRNTYPE').toUpperCase()] ?? '',
      serial: textAt(entry, 'FITID') || textAt(entry, 'REFNUM') || check,
      raw: [posted.text, amount.text, name, memo],
    },
    warnings,
  )
}

/** Midnight and noon are what banks write where they keep no time. */
function clockOf([, hour = '', minute = '', second = '']: RegExpExecArray): string | null {
  const time = `${hour}:${minute}:${second}`
  return time === '00:00:00' || time === '12:00:00' || hour > '23' || minute > '59' || second > '59' ? null : time
}
