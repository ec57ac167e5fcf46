/**
 * Personal data on paper and screen (个人信息保护法 art. 6, 25, 28, 51): a notice board shows none, a household's own
 * slip shows it masked, officials' exports are full and logged elsewhere.
 */

// Two-character surnames in living use: cutting 欧阳 after 欧 would print a given name's character.
const COMPOUND_SURNAMES = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 ' +
    '太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 ' +
    '漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 西门 第五 南荣 ' +
    '东里 东宫 仲长 即墨 达奚 褚师 纳兰'
  ).split(' '),
)

/** `欧阳**`, `王**`: the surname, and two stars whatever the length of the given name. */
export function maskName(name: string): string {
  const characters = Array.from(name.trim())
  if (characters.length === 0) return ''
  const pair = characters.slice(0, 2).join('')
  const surname = characters.length > 2 && COMPOUND_SURNAMES.has(pair) ? pair : (characters[0] ?? '')
  return `${surname}**`
}

/** `138****5678`; a number of any other length shows only its last two digits. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  if (digits.length === 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`
  return digits.length > 4 ? `****${digits.slice(-2)}` : '****'
}

/** `************0123`: twelve stars whatever the length, so that the length tells nothing. */
export function maskAccount(account: string): string {
  const digits = account.replace(/[\s-]/g, '')
  return `************${digits.length >= 8 ? digits.slice(-4) : ''}`
}

/** `**************012X`: fourteen stars whatever the length; a number too short to hide shows nothing. */
export function maskIdentityNumber(number: string): string {
  const plain = number.replace(/[\s-]/g, '')
  return `**************${plain.length >= 12 ? plain.slice(-4) : ''}`
}

/** `尾号0123`, the only form a notice board carries, and only for the complex's own account. */
export function accountTail(account: string): string {
  const digits = account.replace(/[\s-]/g, '')
  return digits.length >= 8 ? `尾号${digits.slice(-4)}` : '尾号****'
}

/** `3-1201` → `3幢12层(汇总)`: a board groups by storey; a room it cannot read is grouped by building. */
export function roomGroupForBoard(room: string): string {
  const parts = room.trim().split('-')
  const building = parts[0] ?? ''
  const number = /^(\d{1,2})\d{2}$/.exec(parts.at(-1) ?? '')
  if (parts.length < 2 || building === '') return '全小区(汇总)'
  return number ? `${building}幢${Number(number[1])}层(汇总)` : `${building}幢(汇总)`
}

export type PersonalData = {
  readonly name: string
  readonly phone: string
  readonly account: string
  readonly room: string
}

export type ShownPersonalData = {
  readonly name: string | null
  readonly phone: string | null
  readonly account: string
  readonly room: string
}

/** Publishing needs separate consent (art. 25), so a board names nobody. */
export function personalDataForBoard(data: PersonalData): ShownPersonalData {
  return { name: null, phone: null, account: accountTail(data.account), room: roomGroupForBoard(data.room) }
}

/** A household's own slip: enough for the owner to recognise it, little for whoever finds it. */
export function personalDataForSlip(data: PersonalData): ShownPersonalData {
  return {
    name: maskName(data.name),
    phone: maskPhone(data.phone),
    account: maskAccount(data.account),
    room: data.room,
  }
}
