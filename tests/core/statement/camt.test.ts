/** ISO 20022 camt.052, 053 and 054, in yuan. */
import { describe, expect, it } from 'vitest'
import { errorCodes, parseText, warningCodes } from './statement-files.ts'

const ACCOUNT = '110060149018170012345'

type Entry = {
  amount: string; direction?: string; status?: string; date?: string; reversal?: boolean; inside?: string; ccy?: string,
}

function entryXml(
  {
    amount, direction = 'CRDT', status = '<Sts>BOOK</Sts>', date = '2024-01-05', reversal = false, inside = '', ccy = 'CNY',
  }: Entry,
): string {
  const red = reversal ? '<RvslInd>true</RvslInd>' : ''
  return `<Ntry><Amt Ccy="${ccy}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>${red}${status}` +
    `<BookgDt><Dt>${date}</Dt></BookgDt><AcctSvcrRef>R${amount}</AcctSvcrRef>${inside}</Ntry>`
}

const balanceXml = (code: string, amount: string, direction = 'CRDT') =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd></Bal>`

type Kind = '052' | '053' | '054'
const NAMES: Record<Kind, readonly [string, string]> = {
  '052': ['BkToCstmrAcctRpt', 'Rpt'], '053': ['BkToCstmrStmt', 'Stmt'], '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
}

function statementXml(entries: readonly Entry[], around = '', kind: Kind = '053'): string {
  const [, part] = NAMES[kind]
  return `<${part}><Acct><Id><Othr><Id>${ACCOUNT}</Id></Othr></Id><Ownr><Nm>示例花园业主大会</Nm></Ownr></Acct>${around}\n` +
    `${entries.map(entryXml).join('\n')}</${part}>`
}

function camt(statements: string, kind: Kind = '053', head = '', version = '02'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}` +
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${kind}.001.${version}">\n` +
    `<${NAMES[kind][0]}><GrpHdr><MsgId>1</MsgId></GrpHdr>\n${statements}\n</${NAMES[kind][0]}></Document>`
}

const PARTY = '<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>示例传媒 &amp; 广告公司</Nm></Dbtr>' +
  '<DbtrAcct><Id><Othr><Id>62220000000009</Id></Othr></Id>' +
  '</DbtrAcct></RltdPties><RmtInf><Ustrd>广告费</Ustrd></RmtInf></TxDtls></NtryDtls>'

describe('camt.053', () => {
  it.each(['02', '03', '08', '13'])('version %s is read like any statement', (version) => {
    const statement = parseText(camt(statementXml(
      [{ amount: '12000.00', inside: PARTY }, { amount: '10.50000', direction: 'DBIT', date: '2024-01-22' }],
      balanceXml('OPBD', '1000') + balanceXml('CLBD', '12989.50') + balanceXml('CLAV', '1.00'),
    ), '053', '', version))
    expect(errorCodes(statement)).toEqual([])
    expect(statement).toMatchObject({
      format: 'camt.053', layout: `camt.053.001.${version}`, account: ACCOUNT, accountName: '示例花园业主大会', opening: 100_000,
      closing: 1_298_950, inFen: 1_200_000, outFen: 1_050,
    })
    expect(statement.rows[0]).toMatchObject({
      line: 5, date: '2024-01-05', party: '示例传媒 & 广告公司', partyAccount: '62220000000009', memo: '广告费', serial: 'R12000.00',
    })
  })

  it('a reversal entry is marked and follows its own direction', () => {
    const statement = parseText(
      camt(statementXml([{ amount: '8.00', reversal: true }], balanceXml('OPBD', '0') + balanceXml('CLBD', '8'))),
    )
    expect(errorCodes(statement)).toEqual([])
    expect(statement.rows[0]).toMatchObject({ amountFen: 800, kind: 'reversal' })
  })

  it('an overdrawn balance is negative', () => {
    const around = balanceXml('OPBD', '5.00', 'DBIT') + balanceXml('CLBD', '3.00')
    expect(parseText(camt(statementXml([{ amount: '8.00' }], around)))).toMatchObject({ errors: [], opening: -500, closing: 300 })
  })

  const summary = '<TxsSummry><TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>' +
    '<TtlCdtNtries><NbOfNtries>2</NbOfNtries><Sum>3.00000</Sum></TtlCdtNtries></TxsSummry>'
  it('declared counts and sums must be those of the entries', () => {
    expect(errorCodes(parseText(camt(statementXml([{ amount: '1' }, { amount: '2' }], summary))))).toEqual([])
    expect(errorCodes(parseText(camt(statementXml([{ amount: '1' }], summary))))).toContain('declared.mismatch')
  })

  it('several statements of one account are joined by their balances', () => {
    const first = statementXml([{ amount: '8.85' }], balanceXml('OPBD', '1') + balanceXml('CLBD', '9.85'))
    const second = (opening: string) => statementXml(
      [{ amount: '1', direction: 'DBIT' }], balanceXml('OPBD', opening) + balanceXml('CLBD', '8.85'),
    )
    expect(parseText(camt(first + second('9.85')))).toMatchObject({ errors: [], opening: 100, closing: 885, rows: { length: 2 } })
    expect(errorCodes(parseText(camt(first + second('9.86'))))).toContain('balance.chain')
  })

  it.each([
    [
      'a closing balance that does not follow',
      camt(statementXml([{ amount: '1' }], balanceXml('OPBD', '1') + balanceXml('CLBD', '3'))), 'balance.mismatch', 4,
    ],
    ['dollars', camt(statementXml([{ amount: '1', ccy: 'USD' }])), 'currency.foreign', 5],
    ['an entry not booked yet', camt(statementXml([{ amount: '1', status: '<Sts>PDNG</Sts>' }])), 'row.pending', 5],
    [
      'an entry not booked yet, as newer versions say it',
      camt(statementXml([{ amount: '1', status: '<Sts><Cd>INFO</Cd></Sts>' }])), 'row.pending', 5,
    ],
    ['a fraction of a fen', camt(statementXml([{ amount: '1.00001' }])), 'money.format', 5],
    ['an amount with a sign besides its direction', camt(statementXml([{ amount: '-1.00' }])), 'message.incomplete', 5],
    ['a direction nobody knows', camt(statementXml([{ amount: '1', direction: 'BOTH' }])), 'message.incomplete', 5],
    ['an impossible date', camt(statementXml([{ amount: '1', date: '2024-02-30' }])), 'date.format', 5],
    [
      'two closing balances', camt(statementXml([{ amount: '1' }], balanceXml('CLBD', '1') + balanceXml('CLBD', '1'))),
      'message.incomplete', 4,
    ],
    [
      'one page of several',
      camt(statementXml([{ amount: '1' }], '<StmtPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>')),
      'message.incomplete', 4,
    ],
    ['no statement inside', camt(''), 'message.incomplete', 3],
    ['a document type', camt(statementXml([{ amount: '1' }]), '053', '<!DOCTYPE x [<!ENTITY a "b">]>\n'), 'xml.doctype', 2],
    ['the end cut off', camt(statementXml([{ amount: '1' }])).slice(0, -40), 'file.truncated', 5],
  ])('%s is refused with its line', (_, text, code, line) => {
    const statement = parseText(text)
    expect(statement.errors[0]).toMatchObject({ code, line })
    expect(statement.errors[0]?.message).toContain(`第 ${line} 行`)
    expect(statement.preview.length).toBeGreaterThan(0)
  })
})

it.each(['052', '054'] as const)('camt.%s is read and says that it is not the end of the day', (kind) => {
  const statement = parseText(camt(statementXml([{ amount: '2.00', direction: 'DBIT' }], '', kind), kind))
  expect(errorCodes(statement)).toEqual([])
  expect(statement).toMatchObject({ format: `camt.${kind}`, outFen: 200 })
  expect(warningCodes(statement)).toEqual(expect.arrayContaining(['message.interim', 'check.none']))
})
