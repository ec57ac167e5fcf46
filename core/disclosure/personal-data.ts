/**
 * Finds personal data in text meant for a notice board (个人信息保护法 art. 25, 28: publishing needs separate consent;
 * boards carry company names, bank + last four digits, and 个人).
 */

export type PersonalDataFind = {
  readonly kind: 'phone' | 'id-number' | 'account' | 'name' | 'form-of-address'
  /** Masked, so that the warning does not spread what it warns of. */
  readonly shown: string
  /** False where ordinary words can look the same: two-character names, 先生 in a sentence. */
  readonly certain: boolean
}

const DATE = /(?<!\d)(?:19|20)\d{2}-\d{2}(?:-\d{2})?(?!\d)/g
/** A line of an office (0591-8765 4321) is meant to be called. */
const LANDLINE = /^0\d{9,11}$/
/** Digits people group with spaces or hyphens are one number. */
const DIGIT_RUN = /\d(?:[ -]?\d)*[Xx]?/g
const MOBILE = /^(?:86)?1[3-9]\d{9}$/
const FORM_OF_ADDRESS = /[\u4e00-\u9fff](?:先生|女士|小姐|师傅)/

/** Check digit of GB 11643 (ISO 7064 MOD 11-2). */
export function isIdNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text)) return false
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(text[index]), 0)
  return '10X98765432'[sum % 11] === text.slice(-1).toUpperCase()
}

/** A numbering people give contracts (`HT20250701000012`) is not an account, so `isNumberField` only looks for ID numbers. */
export function findPersonalData(
  text: string,
  options: { readonly personNames?: readonly string[]; readonly isNumberField?: boolean } = {},
): readonly PersonalDataFind[] {
  const finds: PersonalDataFind[] = []
  for (const [run] of text.replace(DATE, '，').matchAll(DIGIT_RUN)) {
    const digits = run.replace(/[ -]/g, '')
    const shown = `${digits.slice(0, 3)}****${digits.slice(-2)}`
    if (isIdNumber(digits)) finds.push({ kind: 'id-number', shown, certain: true })
    else if (options.isNumberField === true) continue
    else if (MOBILE.test(digits)) finds.push({ kind: 'phone', shown, certain: true })
    // Chinese account and card numbers have 12 to 23 digits; dates and amounts stay below.
    else if (/^\d{12,23}$/.test(digits) && !LANDLINE.test(digits)) finds.push({ kind: 'account', shown, certain: true })
  }
  for (const name of options.personNames ?? []) {
    if (name.length < 2 || !text.includes(name)) continue
    finds.push({ kind: 'name', shown: `${name.slice(0, 1)}**`, certain: name.length > 2 })
  }
  const address = FORM_OF_ADDRESS.exec(text)?.[0]
  if (address !== undefined) finds.push({ kind: 'form-of-address', shown: address, certain: false })
  return finds
}
