/** Whose link brought this visitor: the newest one, kept for seven days, sent along with quotes and orders. */
const KEY = 'bofen.share'
const LIFE_MS = 7 * 86_400_000

export function keepShare(token: unknown, now = Date.now()): void {
  if (typeof token === 'string' && /^[0-9A-Za-z]{1,12}$/.test(token))
    uni.setStorageSync(KEY, { token, until: now + LIFE_MS })
}

export function keptShare(now = Date.now()): string | null {
  const kept = uni.getStorageSync(KEY) as { token: string; until: number } | ''
  return kept && kept.until > now ? kept.token : null
}
