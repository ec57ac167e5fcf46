/**
 * Bytes of a text statement to characters: BOM, then strict UTF-8, then GB18030, never silently anything else.
 * Always GB18030, never GBK: a GBK decoder loses four-byte names such as 𬭚.
 */
import { Problem } from '../problem.ts'

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'gb18030'

export const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-8-bom': 'UTF-8（带 BOM）',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  gb18030: 'GB18030（国标中文）',
}

const CONTROL = /[^\P{Cc}\t\r\n\f]/u
/** Control and private-use characters: one look at a long text instead of two. */
const UNUSUAL = /[^\t\n\f\r -~\u00A0-\uDFFF\uF900-\uFFFF]/

/** Throws Problem `encoding.*` or `file.binary`; `chosen` is the encoding the clerk picked in the preview. */
export function decodeText(bytes: Uint8Array, chosen?: Encoding): { text: string; encoding: Encoding } {
  const { encoding, text } = chosen ? { encoding: chosen, text: decodeStrictly(bytes, chosen) } : detectEncoding(bytes)
  const isOdd = UNUSUAL.test(text)
  if (isOdd && CONTROL.test(text)) {
    throw new Problem({
      code: 'file.binary',
      message: '文件里有控制字符，不是银行导出的文本对账单，请从网银重新下载 CSV、TXT 或 Excel 格式',
    })
  }
  if (encoding === 'gb18030' && looksLikeOtherCodePage(bytes)) {
    const first = bytes.findIndex((byte) => byte >= 0x80)
    const line = bytes.subarray(0, first).filter((byte) => byte === 0x0a).length + 1
    throw new Problem({
      code: 'encoding.unlikely',
      row: line,
      message: '文件按 GB18030 解读后几乎没有常用汉字，可能是其他编码，请向银行重新下载，或用 Excel 打开后另存为“CSV UTF-8”',
    })
  }
  return { text: isOdd ? normalisePrivateUse(text) : text, encoding }
}

function detectEncoding(bytes: Uint8Array): { encoding: Encoding; text: string } {
  const marked = encodingOfMark(bytes)
  if (marked) return { encoding: marked, text: decodeStrictly(bytes, marked) }
  refuseNul(bytes)
  try {
    return { encoding: 'utf-8', text: decodeStrictly(bytes, 'utf-8') }
  } catch {
    return { encoding: 'gb18030', text: decodeStrictly(bytes, 'gb18030') }
  }
}

function encodingOfMark(bytes: Uint8Array): Encoding | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8-bom'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  return null
}

/** Text of a bank never holds NUL; half of a UTF-16 file is NUL. */
function refuseNul(bytes: Uint8Array): void {
  if (!bytes.includes(0)) return
  let nuls = 0
  const sample = bytes.subarray(0, 4096)
  for (const byte of sample) if (byte === 0) nuls += 1
  if (nuls * 5 >= sample.length) {
    throw new Problem({
      code: 'encoding.utf16',
      message: '文件像是没有标记（BOM）的 UTF-16 文本，无法可靠识别，请用 Excel 打开后另存为“CSV UTF-8”再导入',
    })
  }
  throw new Problem({
    code: 'file.binary',
    message: '文件里有空字节，不是文本对账单，请从网银重新下载 CSV、TXT 或 Excel 格式',
  })
}

const CTRL_Z = String.fromCharCode(26)

function decodeStrictly(bytes: Uint8Array, encoding: Encoding): string {
  const label = encoding === 'utf-8-bom' ? 'utf-8' : encoding
  try {
    const text = new TextDecoder(label, { fatal: true }).decode(bytes)
    // DOS programs end a text file with Ctrl-Z; it is padding, not content.
    return text.endsWith(CTRL_Z) ? text.slice(0, text.indexOf(CTRL_Z)) : text
  } catch {
    throw new Problem({
      code: 'encoding.invalid',
      message: `文件不能按 ${ENCODING_NAMES[encoding]} 完整解读，可能下载不完整或编码不符，请重新下载，或在预览里换一种编码`,
    })
  }
}

/**
 * CP852, Latin-1 and the like decode "successfully" as GB18030 into rare ideographs. Real statements are mostly
 * GB2312 (both bytes ≥ A1); an odd rare name does not outweigh the headings.
 */
function looksLikeOtherCodePage(bytes: Uint8Array): boolean {
  let common = 0
  let rare = 0
  for (let index = 0; index < bytes.length; index += 1) {
    const lead = bytes[index] ?? 0
    if (lead < 0x80) continue
    const trail = bytes[index + 1] ?? 0
    if (trail >= 0x30 && trail <= 0x39) {
      rare += 1
      index += 3
      continue
    }
    const isCommon = trail >= 0xa1 && ((lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7))
    if (isCommon) common += 1
    else rare += 1
    index += 1
  }
  return rare > common
}

// Old GB18030 tables gave these bytes private-use code points; later editions gave real characters. The same name from
// two exports must compare equal. Order: U+E78D–E796 (bytes A6D9…A6F3) and U+E815–E864 (bytes FE50–FEA0).
const VERTICAL_FORMS = Array.from('\uFE10\uFE12\uFE11\uFE13\uFE14\uFE15\uFE16\uFE17\uFE18\uFE19')
const RARE_IDEOGRAPHS = Array.from(
  '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱' +
    '䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻',
)

/** Real characters for the private-use code points of older GB18030 tables; other text is returned unchanged. */
export function normalisePrivateUse(text: string): string {
  return text.replace(/[\uE78D-\uE796\uE815-\uE864]/g, (character) => {
    const code = character.charCodeAt(0)
    const real = code < 0xe800 ? VERTICAL_FORMS[code - 0xe78d] : RARE_IDEOGRAPHS[code - 0xe815]
    return real ?? character
  })
}
