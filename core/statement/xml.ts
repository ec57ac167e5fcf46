/** XML text to nodes. Values stay text (leading zeros, five decimals); no document type, no entities but the five. */
import { XMLParser } from 'fast-xml-parser'
import { Problem } from '../problem.ts'
import { decodeEntities, lineCounter, refuseDocumentType, type MessageNode } from './tree.ts'

const TEXT = '#text'
const ATTRIBUTES = ':@'

/** Messages nest some fifteen deep. */
const MAX_DEPTH = 60

const parser = new XMLParser({
  preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', parseTagValue: false, parseAttributeValue: false,
  processEntities: false, removeNSPrefix: true, captureMetaData: true, trimValues: true,
  ignoreDeclaration: true, ignorePiTags: true, textNodeName: TEXT, maxNestedTags: MAX_DEPTH,
})

/** The root element. Throws Problem `xml.broken` with the line, or `xml.doctype`. */
export function parseXml(text: string): MessageNode {
  refuseDocumentType(text)
  refuseUnclosed(text)
  const roots = nodesOf(parsed(text), lineCounter(text))
  const [root] = roots
  if (root === undefined || roots.length > 1) throw broken(1)
  return root
}

const MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/!?]+)(?:[^<>"']|"[^"<]*"|'[^'<]*')*>|</g

/** The parser forgives what is not closed; half a message must not look like a whole one. */
function refuseUnclosed(text: string): void {
  const lineAt = lineCounter(text)
  const open: string[] = []
  for (const [markup, slash, name] of matches(text, lineAt)) {
    if (name === undefined) continue
    if (slash === '/' ? open.pop() !== name : false) throw broken(markup)
    if (slash === '') open.push(name)
    if (open.length > MAX_DEPTH) throw broken(markup)
  }
  if (open.length > 0) throw broken(lineAt(text.length))
}

function* matches(text: string, lineAt: (position: number) => number): Generator<[number, string, string | undefined]> {
  for (const match of text.matchAll(MARKUP)) {
    const line = lineAt(match.index)
    if (match[0] === '<') throw broken(line)
    if (!match[0].endsWith('/>')) yield [line, match[1] ?? '', match[2]]
  }
}

function parsed(text: string): unknown {
  try {
    return parser.parse(text)
  } catch {
    throw broken(1)
  }
}

function broken(line: number): Problem {
  return new Problem({
    code: 'file.truncated', message: `第 ${line} 行附近报文结构不完整，文件可能下载中断，请重新下载`, row: line,
  })
}

type Ordered = Readonly<Record<string | symbol, unknown>>

function isOrdered(value: unknown): value is Ordered {
  return typeof value === 'object' && value !== null
}

function nodesOf(value: unknown, lineAt: (position: number) => number): MessageNode[] {
  if (!Array.isArray(value)) return []
  return value.filter(isOrdered).flatMap((entry): MessageNode[] => {
    const name = Object.keys(entry).find((key) => key !== ATTRIBUTES && key !== TEXT)
    if (name === undefined) return []
    const line = lineAt(startOf(entry))
    const inner = entry[name]
    const text = Array.isArray(inner) ? inner.filter(isOrdered).map((child) => child[TEXT]) : []
    return [{
      name, line,
      text: decodeEntities(text.filter((piece) => typeof piece === 'string').join('')).trim(),
      attributes: attributesOf(entry[ATTRIBUTES]),
      children: nodesOf(inner, lineAt),
    }]
  })
}

/** The parser keeps an element's place under its one symbol. */
function startOf(entry: Ordered): number {
  const [symbol] = Object.getOwnPropertySymbols(entry)
  const place = symbol === undefined ? undefined : entry[symbol]
  return isOrdered(place) && typeof place['startIndex'] === 'number' ? place['startIndex'] : 0
}

function attributesOf(value: unknown): Record<string, string> {
  if (!isOrdered(value)) return {}
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, decodeEntities(String(text))]))
}
