/** Digits of any width, without what people put between them; other letters stay. */
export function plainDigits(typed: string): string {
  return typed
    .replace(/[\uff0b\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[^\d+a-z]/gi, '')
}

/** A mobile number as 11 digits, however it was typed; other text comes back without its separators. */
export const plainPhone = (typed: string): string =>
  plainDigits(typed).replace(/^(?:\+|00)?86(?=1[3-9]\d{9}$)/, '')

export const isPhone = (typed: string): boolean => /^1[3-9]\d{9}$/.test(plainPhone(typed))
