/** Numbers that people type and paste, read as `bofen/kit/text.py` does: one file of examples holds both to it. */

const KEPT = /[\p{Nd}\p{L}+]/gu
const DIGIT = /\p{Nd}/u
/** Letters that nobody sees. */
const FILLERS = /[\u115f\u1160]/g

/** Every script has its ten digits in a row, from nought on, and rows follow one another whole. */
function digit(char: string): string {
  const code = char.codePointAt(0)!
  let first = code
  while (first > 0 && DIGIT.test(String.fromCodePoint(first - 1))) first--
  return String((code - first) % 10)
}

/** Digits of any script as 0-9, without what people put between them; letters and a plus stay. */
export const plainDigits = (typed: string): string =>
  (typed.normalize('NFKC').replace(FILLERS, '').match(KEPT) ?? [])
    .map((char) => (DIGIT.test(char) ? digit(char) : char))
    .join('')

/** A mobile number as 11 digits, however it was typed; other text comes back without its separators. */
export const plainPhone = (typed: string): string =>
  plainDigits(typed).replace(/^\+?(?:00)?86(?=1[3-9]\d{9}$)/, '')

export const isPhone = (typed: string): boolean => /^1[3-9]\d{9}$/.test(plainPhone(typed))

/** A tracking number as couriers print it, out of whatever stood around it. */
export const plainTrackingNo = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\p{C}\p{Z}]/gu, '')
    .replace(/[\u2010-\u2015\u2043\u2212]/g, '-')
    .toUpperCase()
    .replace(/^[^0-9A-Z]+|[^0-9A-Z]+$/g, '')

export const isTrackingNo = (typed: string): boolean => /^[0-9A-Z-]{6,32}$/.test(plainTrackingNo(typed))
