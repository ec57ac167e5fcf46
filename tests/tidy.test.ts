/** The house rules no compiler checks. A failing line names the file, the line and what is wrong with it. */
import fs from 'node:fs'
import path from 'node:path'

import { parseSync, Visitor } from 'vite'
import { describe, expect, it } from 'vitest'

import { inProject, root } from '../scripts/paths.ts'

const PRODUCT = ['core', 'db', 'services', 'reports', 'server', 'electron', 'renderer']
const FOLDERS = [...PRODUCT, 'assets', 'bench', 'docs', 'scripts', 'tests']
const MAX_LINES = 320
const MAX_WIDTH = 130

/** Files below `folders` whose extension is one of `extensions`, as paths from the root. */
function filesIn(folders: readonly string[], extensions: readonly string[]): string[] {
  return folders
    .flatMap((folder) => fs.readdirSync(inProject(folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && extensions.includes(path.extname(entry.name)))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort()
}

function textOf(file: string): string {
  return fs.readFileSync(inProject(file), 'utf8')
}

function linesOf(file: string): string[] {
  return textOf(file).replace(/\n$/, '').split('\n')
}

/** `file:line what` for every line of `files` that matches. */
function linesMatching(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    linesOf(file).flatMap((line, index) => {
      const found = pattern.exec(line)
      return found ? [`${file}:${index + 1} ${found[0]}`] : []
    }),
  )
}

/** String literals, templates and JSX text of a source file with Chinese characters in them; comments are exempt. */
function chineseTexts(file: string, text: string): string[] {
  const found: { readonly at: number; readonly words: string }[] = []
  const note = (at: number, words: string) => {
    if (/\p{Script=Han}/u.test(words)) found.push({ at, words })
  }
  const visitor = new Visitor({
    Literal: ({ start, value }) => typeof value === 'string' && note(start, value),
    TemplateElement: ({ start, value }) => note(start, value.cooked ?? value.raw),
    JSXText: ({ start, value }) => note(start, value),
  })
  visitor.visit(parseSync(file, text).program)
  return found
    .sort((a, b) => a.at - b.at)
    .map(({ at, words }) => `${file}:${text.slice(0, at).split('\n').length} ${words.trim()}`)
}

const code = filesIn(FOLDERS, ['.ts', '.tsx', '.js', '.sh', '.sql', '.css'])
const scripts = filesIn(FOLDERS, ['.ts', '.tsx'])
// Written in two halves, so that this file passes its own checks.
const unfinished = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((word) => `\\b${word}\\b`).join('|'))
const silencers = new RegExp(['eslint-' + 'disable', 'oxlint-' + 'disable', '@ts-' + 'ignore', '@ts-' + 'nocheck'].join('|'))
const focused = new RegExp('\\b(it|test|describe|suite)\\.' + 'only\\b')

describe('a tidy house', () => {
  it(`has no product file above ${MAX_LINES} lines`, () => {
    const long = filesIn(PRODUCT, ['.ts', '.tsx']).filter((file) => linesOf(file).length > MAX_LINES)
    expect(long.map((file) => `${file} ${linesOf(file).length}`)).toEqual([])
  })

  it(`has no line wider than ${MAX_WIDTH} characters`, () => {
    const wide = scripts.flatMap((file) =>
      linesOf(file).flatMap((line, index) => (line.length > MAX_WIDTH ? [`${file}:${index + 1}`] : [])),
    )
    expect(wide).toEqual([])
  })

  it('names files and folders after what is in them', () => {
    const isVague = (part: string): boolean => /^(utils?|helpers?|commons?|misc)$/i.test(part)
    const vague = code.filter((file) => file.split(/[/.]/).some(isVague))
    expect(vague).toEqual([])
  })

  it('leaves nothing marked as unfinished', () => {
    expect(linesMatching([...code, ...filesIn(FOLDERS, ['.md'])], unfinished)).toEqual([])
  })

  it('silences no tool', () => {
    expect(linesMatching(code, silencers)).toEqual([])
  })

  it('focuses no test', () => {
    expect(linesMatching(scripts, focused)).toEqual([])
  })

  it('names no path of one machine', () => {
    const anywhere = new RegExp('/' + 'work/(main|shared)|/' + 'root/')
    expect(linesMatching([...code, ...filesIn(FOLDERS, ['.md', '.json'])], anywhere)).toEqual([])
    const ofOnePerson = /\/(home|Users)\/\w+\/|[A-Z]:\\+Users\\/
    expect(linesMatching(filesIn(PRODUCT, ['.ts', '.tsx', '.sql']), ofOnePerson)).toEqual([])
  })

  it('explains every folder in a README', () => {
    expect(FOLDERS.filter((folder) => !fs.existsSync(inProject(folder, 'README.md')))).toEqual([])
  })

  it('numbers every migration once', () => {
    const migrations = filesIn(['db'], ['.sql']).filter((file) => file.startsWith('db/migrations/'))
    const badlyNamed = migrations.filter((file) => !/^\d{3,4}[-_][a-z0-9_-]+\.sql$/.test(path.basename(file)))
    expect(badlyNamed).toEqual([])
    const numbers = migrations.map((file) => Number.parseInt(path.basename(file), 10))
    expect(numbers).toEqual([...new Set(numbers)])
    expect(migrations.length).toBeGreaterThan(0)
  })

  it('takes every text of the page from the message catalogue', () => {
    const pages = filesIn(['renderer'], ['.ts', '.tsx']).filter((file) => !file.startsWith('renderer/messages/'))
    expect(pages.flatMap((file) => chineseTexts(file, textOf(file)))).toEqual([])
  })

  it('sees a hard-coded text wherever it stands, and not in comments', () => {
    const sample = `// 注释\nconst a = '文字' /* 注释 */\nconst b = \`共 \${n} 户\`\nconst c = <p title="标题">正文 {/* 注释 */}</p>`
    expect(chineseTexts('page.tsx', sample)).toEqual([
      'page.tsx:2 文字', 'page.tsx:3 共', 'page.tsx:3 户', 'page.tsx:4 标题', 'page.tsx:4 正文',
    ])
  })
})
