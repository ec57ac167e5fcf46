import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { checkLedgerPath, checkNewLedgerPath, ledgerArgument } from '../../electron/ledger-path.ts'

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mingzhang-paths-')))
const ledger = path.join(folder, '房管局 2025.mzdb')
fs.writeFileSync(ledger, 'x')
fs.writeFileSync(path.join(folder, 'secret.txt'), 'x')
fs.mkdirSync(path.join(folder, 'folder.mzdb'))
fs.symlinkSync(ledger, path.join(folder, 'link.mzdb'))
fs.symlinkSync(path.join(folder, 'secret.txt'), path.join(folder, 'disguised.mzdb'))
fs.symlinkSync(path.join(folder, 'nowhere'), path.join(folder, 'dangling.mzdb'))
afterAll(() => fs.rmSync(folder, { recursive: true }))

describe('a ledger named from outside', () => {
  it('is opened by its real path, so that two names of one file are one ledger', () => {
    expect(checkLedgerPath(ledger)).toBe(ledger)
    expect(checkLedgerPath(path.join(folder, 'link.mzdb'))).toBe(ledger)
    expect(checkLedgerPath(path.join(folder, 'folder.mzdb', '..', '房管局 2025.mzdb'))).toBe(ledger)
  })

  it.each([
    ['a share', '//server/ledgers/a.mzdb', '本机'],
    ['a Windows share', '\\\\server\\ledgers\\a.mzdb', '本机'],
    ['a Windows device', '\\\\.\\pipe\\a.mzdb', '本机'],
    ['a NUL', `${ledger}\0.mzdb`, '本机'],
    ['another file type', path.join(folder, 'secret.txt'), '不是账簿文件'],
    ['a link to another file type', path.join(folder, 'disguised.mzdb'), '不是账簿文件'],
    ['a folder', path.join(folder, 'folder.mzdb'), '不是账簿文件'],
    ['a link to nothing', path.join(folder, 'dangling.mzdb'), '找不到'],
    ['a missing file', path.join(folder, 'missing.mzdb'), '找不到'],
    ['nothing', '', '找不到'],
    ['a web address', 'https://evil.example/a.mzdb', '找不到'],
  ])('is refused with a sentence when it is %s', (_what, name, sentence) => {
    expect(() => checkLedgerPath(name)).toThrow(sentence)
  })

  it('is found among the arguments and made absolute from the folder of the call', () => {
    expect(ledgerArgument(['electron', '.', '--flag', 'a.mzdb'], '/x')).toBe(path.resolve('/x/a.mzdb'))
    expect(ledgerArgument(['/opt/mingzhang', ledger], '/x')).toBe(ledger)
    expect(ledgerArgument(['/opt/mingzhang', '--ledger=a.mzdb', 'notes.txt'], '/x')).toBeUndefined()
    expect(ledgerArgument(['/opt/a.mzdb'], '/x')).toBeUndefined()
  })
})

describe('a new ledger', () => {
  it('gets its extension', () => {
    expect(checkNewLedgerPath(path.join(folder, '新账'))).toBe(path.join(folder, '新账.mzdb'))
    expect(checkNewLedgerPath(path.join(folder, 'new.MZDB'))).toBe(path.join(folder, 'new.MZDB'))
  })

  it('never overwrites what is there, whatever the dialog asked', () => {
    expect(() => checkNewLedgerPath(ledger)).toThrow('不会覆盖')
    expect(() => checkNewLedgerPath(ledger.replace('.mzdb', ''))).toThrow('不会覆盖')
    expect(() => checkNewLedgerPath(path.join(folder, 'folder.mzdb'))).toThrow('不会覆盖')
    expect(() => checkNewLedgerPath('//server/ledgers/new')).toThrow('本机')
  })
})
