/**
 * Lint rule `mingzhang/room-imports`: keeps the import boundaries of design §1 for static, dynamic, type and re-export
 * imports, whether written `#room/file.ts` or relative. Modules are resolved by path alone, so the rule needs no types.
 */
import { isBuiltin } from 'node:module'
import path from 'node:path'
import { definePlugin, defineRule, type ESTree, type Node } from '@oxlint/plugins'

import { ONLY_IN, OUTSIDE, ROOMS } from './rooms.ts'

type Target =
  | { readonly kind: 'room'; readonly room: string; readonly file: string; readonly relative: boolean }
  | { readonly kind: 'node' }
  | { readonly kind: 'package'; readonly name: string }

/** The first folder of a file below the project, or nothing for files in the root itself. */
function roomOf(root: string, file: string): string | undefined {
  const parts = path.relative(root, file).split(path.sep)
  return parts.length > 1 && parts[0] !== '..' ? parts[0] : undefined
}

/** `@scope/name/deep` → `@scope/name`; `name/deep` → `name`. */
function packageName(source: string): string {
  return source.split('/').slice(0, source.startsWith('@') ? 2 : 1).join('/')
}

function targetOf(root: string, importer: string, source: string): Target | undefined {
  if (source.startsWith('#')) {
    const file = source.slice(1)
    return { kind: 'room', room: file.split('/')[0] ?? '', file, relative: false }
  }
  if (source.startsWith('.') || path.isAbsolute(source)) {
    const file = path.resolve(path.dirname(importer), source)
    const room = roomOf(root, file)
    if (room === undefined) return undefined
    return { kind: 'room', room, file: path.relative(root, file).split(path.sep).join('/'), relative: true }
  }
  // `process` and `buffer` are also names of packages; without `node:` Node takes its own.
  return isBuiltin(source) ? { kind: 'node' } : { kind: 'package', name: packageName(source) }
}

type Complaint = { readonly messageId: string; readonly data: Readonly<Record<string, string>> }

function complaintAbout(from: string, target: Target, typeOnly: boolean): Complaint | undefined {
  const room = ROOMS[from]
  if (target.kind === 'package') {
    const homes = ONLY_IN[target.name]
    const closed = homes !== undefined && !homes.includes(from) && !OUTSIDE.includes(from)
    if (closed) return { messageId: 'home', data: { from, name: target.name, homes: homes.join(', ') } }
    const refused = room !== undefined && room.packages !== 'any' && !room.packages.includes(target.name)
    return refused ? { messageId: 'package', data: { from, name: target.name } } : undefined
  }
  if (room === undefined) return undefined
  if (target.kind === 'node') return room.node ? undefined : { messageId: 'node', data: { from } }
  if (target.room === from) return undefined
  const open = room.rooms.includes(target.room) || room.entries.some((entry) => target.file.startsWith(entry))
  const openForTypes = typeOnly && room.types.includes(target.room)
  if (!open && !openForTypes) {
    const messageId = room.types.includes(target.room) ? 'typesOnly' : 'room'
    return { messageId, data: { from, to: target.room } }
  }
  return target.relative ? { messageId: 'subpath', data: { file: target.file } } : undefined
}

export const roomImports = defineRule({
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      room: '{{from}}/ may not import {{to}}/ (design §1).',
      typesOnly: '{{from}}/ may import only types of {{to}}/: write `import type`.',
      subpath: 'Across rooms import `#{{file}}`, not a relative path.',
      node: '{{from}}/ is pure: no Node modules.',
      package: '{{from}}/ may not import the package {{name}}.',
      home: 'The package {{name}} is imported only in {{homes}}; {{from}}/ asks that room.',
      unreadable: 'An import whose target is computed cannot be checked: write it as a text.',
    },
  },
  create(context) {
    const from = roomOf(context.cwd, context.filename)
    if (from === undefined) return {}

    const check = (node: Node, source: ESTree.Node | null, typeOnly: boolean): void => {
      if (source === null) return
      if (source.type !== 'Literal' || typeof source.value !== 'string') {
        if (ROOMS[from] !== undefined) context.report({ node, messageId: 'unreadable' })
        return
      }
      const target = targetOf(context.cwd, context.filename, source.value)
      const complaint = target && complaintAbout(from, target, typeOnly)
      if (complaint) context.report({ node, messageId: complaint.messageId, data: { ...complaint.data } })
    }

    // `import { type A }` keeps the import at run time: only `import type` counts.
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source, true),
      CallExpression: (node) => {
        const [source] = node.arguments
        if (source !== undefined && 'name' in node.callee && node.callee.name === 'require') check(node, source, false)
      },
    }
  },
})

export default definePlugin({ meta: { name: 'mingzhang' }, rules: { 'room-imports': roomImports } })
