/** OFX 1 (SGML) and 2 (XML), in yuan. */
import { describe, expect, it } from 'vitest'
import { errorCodes, parseText, warningCodes } from './statement-files.ts'

const ACCOUNT = '110060149018170012345'
const HEADER = 'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\n\r\n'

type Facts = { entries: readonly string[]; currency?: string; balance?: string; asOf?: string }

function sgml({ entries, currency = 'CNY', balance = '110.00', asOf = '20240131' }: Facts): string {
  return [
    `${HEADER}<OFX>`, '<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><FI><ORG>示例银行</FI></SONRS></SIGNONMSGSRSV1>',
    '<BANKMSGSRSV1><STMTTRNRS><STMTRS>', `<CURDEF>${currency}`,
    `<BANKACCTFROM><BANKID>1<ACCTID>${ACCOUNT}<ACCTTYPE></BANKACCTFROM>`,
    '<BANKTRANLIST><DTSTART>20240101<DTEND>20240131120000[+8:CST]', ...entries, '</BANKTRANLIST>',
    `<LEDGERBAL><BALAMT>${balance}<DTASOF>${asOf}</LEDGERBAL>`, '</STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>', '',
  ].join('\r\n')
}

const trn = (amount: string, rest = '', date = '20240105101522') =>
  `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${date}<TRNAMT>${amount}<FITID>F${amount}${rest}</STMTTRN>`

describe('OFX', () => {
  it('unclosed SGML tags and well-formed XML read the same', () => {
    const one = sgml({ entries: [trn('12.00', '<NAME>示例传媒<MEMO>广告 &amp; 电梯'), trn('-2.00')] })
    const closed = one.replaceAll(/<([A-Z]+)>([^<\r\n]+)/g, '<$1>$2</$1>').replace('<ACCTTYPE>', '<ACCTTYPE></ACCTTYPE>')
      .replace(HEADER, '<?xml version="1.0"?>\r\n<?OFX OFXHEADER="200" VERSION="211"?>\r\n\r\n\r\n')
    for (const [text, layout] of [[one, 'ofx-1'], [closed, 'ofx-2']] as const) {
      const statement = parseText(text)
      expect(errorCodes(statement)).toEqual([])
      expect(statement).toMatchObject({
        format: 'ofx', layout, bank: '示例银行', account: ACCOUNT, periodFrom: '2024-01-01', periodTo: '2024-01-31', inFen: 1200,
        outFen: 200, opening: 10_000, closing: 11_000,
      })
      expect(statement.rows[0]).toMatchObject({
        date: '2024-01-05', time: '10:15:22', amountFen: 1200, party: '示例传媒', memo: '广告 & 电梯', serial: 'F12.00',
      })
    }
  })

  it('an empty unclosed tag swallows nothing', () => {
    const statement = parseText(sgml({ entries: [trn('10.00', '<NAME>\r\n<MEMO>押金')] }))
    expect(statement.rows[0]).toMatchObject({ party: '', memo: '押金', amountFen: 1000 })
  })

  it('today’s balance does not close a list that ended earlier', () => {
    const statement = parseText(sgml({ entries: [trn('10.00')], asOf: '20240315' }))
    expect(statement).toMatchObject({ errors: [], opening: null, closing: null })
    expect(warningCodes(statement)).toEqual(expect.arrayContaining(['balance.later', 'check.none']))
  })

  it.each([
    ['dollars', sgml({ entries: [trn('1.00')], currency: 'USD' }), 'currency.foreign', 8],
    ['a missing date', sgml({ entries: [trn('1.00').replace('<DTPOSTED>20240105101522', '')] }), 'date.missing', 11],
    ['an impossible date', sgml({ entries: [trn('1.00', '', '20240231')] }), 'date.format', 11],
    ['a currency sign as amount', sgml({ entries: [trn('$1.00')] }), 'money.format', 11],
    ['a date outside the declared period', sgml({ entries: [trn('1.00', '', '20240205')] }), 'period.outside', 11],
    ['no transactions', sgml({ entries: [] }), 'rows.none', 7],
    ['the end cut off', sgml({ entries: [trn('1.00')] }).replace('</OFX>', ''), 'message.incomplete', 15],
    ['an investment account', `${HEADER}<OFX><INVSTMTMSGSRSV1></INVSTMTMSGSRSV1></OFX>`, 'format.unsupported', 5],
    ['a credit card', `${HEADER}<OFX><CREDITCARDMSGSRSV1></CREDITCARDMSGSRSV1></OFX>`, 'format.unsupported', 5],
    [
      'a bank that said no',
      `${HEADER}<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500</STATUS></SONRS></SIGNONMSGSRSV1></OFX>`,
      'message.failed', 5,
    ],
    [
      'an entity bomb', sgml({ entries: [trn('1.00')] }).replace(
        '<OFX>', '<!DOCTYPE a [<!ENTITY b "c">]><OFX>',
      ), 'xml.doctype', 5,
    ],
    [
      'two accounts',
      sgml({ entries: [trn('1.00')] }).replace(
        '</STMTTRNRS>', `</STMTTRNRS><STMTTRNRS><STMTRS><CURDEF>CNY<BANKACCTFROM><ACCTID>999</BANKACCTFROM></STMTRS></STMTTRNRS>`,
      ),
      'account.several', 14,
    ],
  ])('%s is refused with its line', (_, text, code, line) => {
    const statement = parseText(text)
    expect(statement.errors[0]).toMatchObject({ code, line })
    expect(statement.errors[0]?.message).toContain(`第 ${line} 行`)
  })
})
