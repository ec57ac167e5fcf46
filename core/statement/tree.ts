/** A parsed XML or SGML message as plain nodes that know their line. */
import { Problem } from '../problem.ts'

export type MessageNode = {
  readonly name: string
  /** 1-based line of the opening tag. */
  readonly line: number
  text: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: MessageNode[]
}

export function childrenNamed(node: MessageNode | undefined, name: string): readonly MessageNode[] {
  return node?.children.filter((child) => child.name === name) ?? []
}

/** The first node down the path, undefined where a step is missing. */
export function nodeAt(node: MessageNode | undefined, ...path: readonly string[]): MessageNode | undefined {
  return path.reduce<MessageNode | undefined>((at, name) => at?.children.find((child) => child.name === name), node)
}

export function textAt(node: MessageNode | undefined, ...path: readonly string[]): string {
  return nodeAt(node, ...path)?.text ?? ''
}

/** The first of several places that says something. */
export function firstText(node: MessageNode | undefined, paths: readonly (readonly string[])[]): string {
  for (const path of paths) {
    const text = textAt(node, ...path)
    if (text !== '') return text
  }
  return ''
}

/** Line of a character position; positions are asked in rising order. */
export function lineCounter(text: string): (position: number) => number {
  let line = 1
  let counted = 0
  return (position) => {
    for (let at = text.indexOf('\n', counted); at >= 0 && at < position; at = text.indexOf('\n', counted)) {
      line += 1
      counted = at + 1
    }
    return line
  }
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/** The five predefined entities and character numbers; nothing is ever looked up or expanded beyond one character. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,4});/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return NAMED[entity.toLowerCase()] ?? whole
    const code = /^#x/i.test(entity) ? Number.parseInt(entity.slice(2), 16) : Number(entity.slice(1))
    return code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' '
  })
}

/** A document type brings entities that expand without end or name files of this machine; no bank's message has one. */
export function refuseDocumentType(text: string): void {
  const at = text.search(/<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)/i)
  if (at < 0) return
  const line = lineCounter(text)(at)
  throw new Problem({
    code: 'xml.doctype',
    message: `第 ${line} 行带有文档类型或实体声明，银行报文不会有这些内容，不予读取，请从网银重新下载`,
    row: line,
  })
}
