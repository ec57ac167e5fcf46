/**
 * Checks a notice somebody holds in hand (核验公示): is this code ours, is the file the one we published, and does the
 * ledger still say what the paper says?
 */
import { quarterInChinese } from '#core/calendar.ts'
import { codeMatches, parseShortCode } from '#core/disclosure/digest.ts'
import { sheetDifferences, type SheetDifference } from '#core/disclosure/difference.ts'
import { Problem } from '#core/problem.ts'
import type { Ledger } from '#db/ledger.ts'
import { sha256Of } from '../attachment.ts'
import type { Clock } from '../context.ts'
import { figuresDigest } from './disclosure.ts'
import {
  frozenNotice,
  latestNotice,
  noticeVersion,
  noticeVersionNamed,
  type FrozenNotice,
  type NoticeVersion,
} from './disclosure-version.ts'
import type { DisclosureId } from '#core/id.ts'
import { codeInPdf, isPdf } from './notice-file.ts'
import { quarterSheet } from '../income/quarter.ts'

/**
 * `unknown`: no such notice was published here. `wrongDigest`: there is one, but its figures give another code: the paper or
 * the code was altered. `noCode`: the PDF carries no code.
 */
export type NoticeCheck =
  | { readonly kind: 'noCode' }
  | { readonly kind: 'unknown'; readonly code: string }
  | { readonly kind: 'wrongDigest'; readonly code: string; readonly version: NoticeVersion }
  | {
      readonly kind: 'known'
      readonly version: NoticeVersion
      /** Newer than this one; null while this is the latest. */
      readonly supersededBy: number | null
      /** `notGiven` when only a code was typed; `altered`: the file is not byte for byte what was published. */
      readonly paper: 'same' | 'altered' | 'notGiven'
      /** `damaged`: the frozen version itself no longer matches its own hash. */
      readonly ledger: 'same' | 'changed' | 'damaged'
      readonly differences: readonly SheetDifference[]
    }

/** Published, unaltered, and the ledger agrees. */
export function isGenuine(check: NoticeCheck): boolean {
  return check.kind === 'known' && check.paper !== 'altered' && check.ledger === 'same'
}

type Paper = Extract<NoticeCheck, { kind: 'known' }>['paper']

function againstLedger(ledger: Ledger, clock: Clock, version: NoticeVersion, paper: Paper): NoticeCheck {
  const latest = latestNotice(ledger, version.complexId, version.quarter)
  const supersededBy = latest === null || latest.version === version.version ? null : latest.version
  const known = { kind: 'known', version, supersededBy, paper } as const
  let frozen: FrozenNotice
  try {
    frozen = frozenNotice(ledger, version.id)
  } catch (error) {
    if (error instanceof Problem && error.code === 'disclosure.damaged') return { ...known, ledger: 'damaged', differences: [] }
    throw error
  }
  // The model and its hash may have been changed together: the digest on the paper is a third witness.
  if (figuresDigest(frozen.sheet) !== version.figuresSha256) return { ...known, ledger: 'damaged', differences: [] }
  const now = quarterSheet(ledger, clock, version.complexId, version.quarter)
  const isSame = figuresDigest(now) === version.figuresSha256
  return { ...known, ledger: isSame ? 'same' : 'changed', differences: isSame ? [] : sheetDifferences(frozen.sheet, now) }
}

/** A code typed from the paper or read from its QR code. Throws `short-code.format`. */
export function checkNoticeCode(ledger: Ledger, clock: Clock, text: string): NoticeCheck {
  return checkCode(ledger, clock, text, 'notGiven')
}

function checkCode(ledger: Ledger, clock: Clock, text: string, paper: 'altered' | 'notGiven'): NoticeCheck {
  const code = parseShortCode(text)
  const version = noticeVersionNamed(ledger, code)
  if (version === null) return { kind: 'unknown', code: text.trim() }
  if (!codeMatches(code, version.figuresSha256)) return { kind: 'wrongDigest', code: text.trim(), version }
  return againstLedger(ledger, clock, version, paper)
}

export const NOTICE_BY_FILE = 'SELECT id FROM disclosure INDEXED BY disclosure_by_file WHERE pdf_sha256 = ?'

/** A notice's PDF. Throws `notice.notPdf`. */
export function checkNoticeFile(ledger: Ledger, clock: Clock, bytes: Uint8Array): NoticeCheck {
  if (!isPdf(bytes)) {
    throw new Problem({ code: 'notice.notPdf', message: '这不是 PDF 文件：请选择公示表的 PDF，或直接输入校验码', field: 'file' })
  }
  const own = ledger.prepare<[string], { id: DisclosureId }>(NOTICE_BY_FILE).get(sha256Of(bytes))
  if (own !== undefined) return againstLedger(ledger, clock, noticeVersion(ledger, own.id), 'same')
  const code = codeInPdf(bytes)
  return code === null ? { kind: 'noCode' } : checkCode(ledger, clock, code, 'altered')
}

/** What the check found, for the screen and the command line: the verdict first, then what to do. */
export function noticeCheckText(check: NoticeCheck): readonly string[] {
  switch (check.kind) {
    case 'noCode':
      return ['文件里没有校验码：它是预览稿、扫描件，或不是本账簿的公示表。请输入纸面页脚的校验码核对。']
    case 'unknown':
      return [`本账簿没有公示过校验码为 ${check.code} 的表：请核对校验码，或确认打开的是编制单位的账簿。`]
    case 'wrongDigest':
      return [
        `校验码与本账簿的公示不符：${nameOf(check.version)}的校验码是 ${check.version.code}。`,
        '纸面上的数字或校验码可能被改过，请以本账簿为准，重新张贴。',
      ]
    case 'known':
      return knownText(check)
  }
}

function nameOf(version: NoticeVersion): string {
  return `${version.complexName} ${quarterInChinese(version.quarter)}第 ${version.version} 版`
}

const PAPER_TEXT = {
  same: '文件与公示时逐字节相同。',
  altered: '文件与公示时不同：内容可能被改动，或由别的程序重新保存过。请以本账簿重新打印的为准。',
  notGiven: '校验码属实。纸面内容请与本账簿的公示表逐项对照。',
} as const
const LEDGER_TEXT = {
  same: '账上现在的数字与公示的一致。',
  changed: '公示之后账上的数字有变动，请查明原因，必要时更正公示。',
  damaged: '账簿里保存的这一版公示被改动过，请运行校验并从备份恢复。',
} as const

function knownText(check: Extract<NoticeCheck, { kind: 'known' }>): readonly string[] {
  const { version, supersededBy } = check
  return [
    `${nameOf(version)}，${version.publishedOn} 由${version.publishedByName}公示，校验码 ${version.code}。`,
    PAPER_TEXT[check.paper],
    LEDGER_TEXT[check.ledger],
    ...(supersededBy === null ? [] : [`这一版已由第 ${supersededBy} 版更正代替。`]),
  ]
}
