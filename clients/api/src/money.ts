/** Money is a whole number of fen; these are its only ways to and from text. */

/** 123456 → "1,234.56" */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : ''
  const whole = Math.floor(Math.abs(fen) / 100)
  const rest = String(Math.abs(fen) % 100).padStart(2, '0')
  return `${sign}${String(whole).replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`
}

/** 9900 → "99", 9990 → "99.9": as prices stand on a card. */
export function price(fen: number): string {
  return yuan(fen).replace(/\.?0{1,2}$/, '')
}

/** "1,234.5" → 123450; null when it is no amount of money. */
export function parseYuan(text: string): number | null {
  const match = /^(\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim().replace(/[,，¥￥\s]/g, ''))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null
}

/** 1250 → "12.5%" */
export function percent(basisPoints: number): string {
  return `${basisPoints / 100}%`
}
