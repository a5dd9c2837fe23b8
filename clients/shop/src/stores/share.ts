/** Whose link brought this visitor: the newest one, kept for seven days, sent along with quotes and orders. */
import { buyer } from '@/api'
import { session } from './session'

const KEY = 'bofen.share'
const LIFE_MS = 7 * 86_400_000
/** A page and the app are both told of one opening. */
const SAME_OPENING_MS = 10_000

interface Kept {
  token: string
  until: number
  /** Whether the server knows that the person who is signed in opened it. */
  isTold?: boolean
}

const read = (now = Date.now()): Kept | null => {
  const kept = uni.getStorageSync(KEY) as Kept | ''
  return kept && kept.until > now ? kept : null
}

/** A page was entered by a link: it is kept, and told if somebody is signed in. */
export function keepShare(token: unknown, now = Date.now()): void {
  if (typeof token !== 'string' || !/^[0-9A-Za-z]{1,12}$/.test(token)) return
  const before = read(now)
  if (before?.token === token && now < before.until - LIFE_MS + SAME_OPENING_MS) return
  uni.setStorageSync(KEY, { token, until: now + LIFE_MS } satisfies Kept)
  if (session.token) void tellShare()
}

export function keptShare(now = Date.now()): string | null {
  return read(now)?.token ?? null
}

/**
 * Tells the server by whose link the signed-in person came; `isAnew` for a person who has just signed in.
 * A failure is tried again the next time: the link still counts with the order.
 */
export async function tellShare(isAnew = false): Promise<void> {
  const kept = read()
  if (!kept || (kept.isTold && !isAnew)) return
  try {
    await buyer.post('/bindings', { body: { share: kept.token } })
    uni.setStorageSync(KEY, { ...kept, isTold: true } satisfies Kept)
  } catch {
    // the next opening, sign-in or start tells it
  }
}
