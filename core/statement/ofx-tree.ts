/** OFX 1 (SGML: leaves are not closed) and OFX 2 (XML) to nodes: one reader, since files mix the two. */
import { Problem } from '../problem.ts'
import { decodeEntities, lineCounter, refuseDocumentType, type MessageNode } from './tree.ts'

const TAG = /<(\/?)([A-Za-z][\w.]*)[^<>]*?(\/?)>|<!\[CDATA\[([\s\S]*?)\]\]>|<[?!][^>]*>/g
const MAX_DEPTH = 60

/** The `OFX` element. Throws Problem `message.incomplete` with the line where the file stops making sense. */
export function parseOfx(text: string): MessageNode {
  refuseDocumentType(text)
  const lineAt = lineCounter(text)
  const root: MessageNode = { name: '', line: 1, text: '', attributes: {}, children: [] }
  let open: MessageNode[] = [root]
  let end = 0
  let isValueRead = false
  for (const match of text.matchAll(TAG)) {
    const line = lineAt(match.index)
    const top = open.at(-1) ?? root
    if (top !== root && !isValueRead) appendText(top, decodeEntities(text.slice(end, match.index)))
    end = match.index + match[0].length
    if (match[4] !== undefined && !isValueRead) appendText(top, match[4])
    const name = match[2]?.toUpperCase()
    if (name === undefined) continue
    isValueRead = false
    if (match[1] === '/') {
      const at = open.findLastIndex((node) => node.name === name)
      // A leaf that was closed by the tag after it is closed once more: nothing to do.
      if (at > 0) open = open.slice(0, at)
      continue
    }
    // A leaf with its value ends where the next tag begins.
    const parent = top.text !== '' && top.children.length === 0 && open.length > 1 ? open.at(-2) ?? root : top
    if (parent !== top) open.pop()
    const node: MessageNode = { name, line, text: '', attributes: {}, children: [] }
    parent.children.push(node)
    if (match[3] === '/' || LEAVES.has(name)) {
      if (match[3] !== '/') node.text = valueAfter(text, end)
      isValueRead = true
    } else open.push(node)
    if (open.length > MAX_DEPTH) throw incomplete(line, '标签层层未闭合')
  }
  const last = lineAt(text.length)
  const ofx = root.children.find((node) => node.name === 'OFX')
  if (!ofx) throw incomplete(last, '没有 <OFX> 内容')
  if (open.some((node) => node === ofx)) throw incomplete(last, '没有结尾 </OFX>，文件下载中断')
  return ofx
}

function appendText(node: MessageNode, piece: string): void {
  const text = piece.replace(/\s+/g, ' ').trim()
  if (text !== '') node.text = node.text === '' ? text : `${node.text} ${text}`
}

/** An empty unclosed leaf must not swallow what follows: what these names hold is text up to the next tag. */
const LEAVES: ReadonlySet<string> = new Set([
  'CODE', 'SEVERITY', 'MESSAGE', 'CURDEF', 'BANKID', 'BRANCHID', 'ACCTID', 'ACCTTYPE', 'DTSTART', 'DTEND', 'TRNTYPE', 'DTPOSTED',
  'DTUSER', 'DTAVAIL', 'TRNAMT', 'FITID', 'CHECKNUM', 'REFNUM', 'NAME', 'MEMO', 'BALAMT', 'DTASOF', 'CURSYM', 'CURRATE', 'ORG',
  'FID', 'LANGUAGE', 'DTSERVER', 'TRNUID', 'SIC', 'PAYEEID', 'SRVRTID',
])

function valueAfter(text: string, from: number): string {
  const data = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>/.exec(text.slice(from, from + 4000))
  if (data) return (data[1] ?? '').replace(/\s+/g, ' ').trim()
  const to = text.indexOf('<', from)
  return decodeEntities(text.slice(from, to < 0 ? text.length : to)).replace(/\s+/g, ' ').trim()
}

function incomplete(line: number, what: string): Problem {
  return new Problem({ code: 'message.incomplete', message: `第 ${line} 行：${what}，请从网银重新下载`, row: line })
}
