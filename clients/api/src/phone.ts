/** A mobile number as 11 digits, however it was typed; other text comes back without its separators. */
export function plainPhone(typed: string): string {
  const digits = typed
    .replace(/[\uff0b\uff10-\uff19]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[^\d+a-z]/gi, '')
  return digits.replace(/^(?:\+|00)?86(?=1[3-9]\d{9}$)/, '')
}

export const isPhone = (typed: string): boolean => /^1[3-9]\d{9}$/.test(plainPhone(typed))
