/**
 * A live picture on a network that is weak for a while: when to take the lowest rung, when to try a higher
 * one, and how to win lost time back. Pure: whoever plays looks a few times a second and does what is said.
 */

/** So long without a new picture is a stall that a viewer sees. */
const STILL_MS = 400
/** One stall this long says as much as two short ones. */
export const LONG_STALL_MS = 1_200
const TWO_WITHIN_MS = 15_000
/** So long it must be calm before a higher rung is tried; twice as long after each try that failed. */
export const CALM_MIN_MS = 15_000
const CALM_MAX_MS = 120_000
/** A picture that still stalls so long after the lowest rung was taken is given up for the sound alone. */
export const SOUND_AFTER_MS = 8_000

interface Watched {
  /** The player's own seconds, and when they last changed. */
  position: number
  movedAt: number
  isStill: boolean
  stalledAt: number
  /** From here the calm counts: the end of the last stall, or the last change of rung. */
  calmSince: number
  calmMs: number
  triedAt: number
  /** When the lowest rung was taken; from it `SOUND_AFTER_MS` counts. */
  weakSince: number
  /** Sound alone: not heard, heard now, or left for a picture that has yet to prove itself. */
  sound: 'off' | 'on' | 'left'
}
export type Advice = 'stay' | 'lowest' | 'sound' | 'higher'

export const watched = (at: number): Watched => ({
  position: -1,
  movedAt: at,
  isStill: false,
  stalledAt: -Infinity,
  calmSince: at,
  calmMs: CALM_MIN_MS,
  triedAt: -Infinity,
  weakSince: Infinity,
  sound: 'off',
})

/** `at`: milliseconds of any steady clock. `isCapped`: a higher rung than the one allowed now exists. */
export function watch(before: Watched, at: number, position: number, isCapped: boolean): [Watched, Advice] {
  if (position !== before.position) {
    const calmSince = before.isStill ? at : before.calmSince
    const now = { ...before, position, movedAt: at, isStill: false, calmSince }
    const isLow = isCapped || now.sound === 'on'
    if (at - calmSince < now.calmMs) return [now, 'stay']
    if (!isLow) return [{ ...now, weakSince: Infinity, sound: 'off' }, 'stay']
    const sound = now.sound === 'on' ? 'left' : 'off'
    return [{ ...now, calmSince: at, triedAt: at, weakSince: Infinity, sound }, 'higher']
  }
  const stoodMs = at - before.movedAt
  if (stoodMs < STILL_MS) return [before, 'stay']
  if (!before.isStill) {
    const now = { ...before, isStill: true, stalledAt: at }
    return at - before.stalledAt <= TWO_WITHIN_MS ? down(now, at) : [now, 'stay']
  }
  return stoodMs >= LONG_STALL_MS ? down(before, at) : [before, 'stay']
}

/** The lowest rung; the sound alone once that has had its time, at once where it had failed before. */
function down(now: Watched, at: number): [Watched, Advice] {
  const isHopeless = now.sound !== 'off' || at - now.weakSince >= SOUND_AFTER_MS
  const next = weakened(now, at)
  if (isHopeless) return [{ ...next, sound: 'on' }, 'sound']
  return [{ ...next, weakSince: Math.min(at, now.weakSince) }, 'lowest']
}

/** The stall counts anew from here, so that one is told once each `LONG_STALL_MS`. */
function weakened(now: Watched, at: number): Watched {
  const isRelapse = at - now.triedAt < now.calmMs
  const calmMs = isRelapse ? Math.min(CALM_MAX_MS, now.calmMs * 2) : now.calmMs
  return { ...now, movedAt: at, calmSince: at, calmMs, triedAt: -Infinity }
}

/** A look apart, a picture plays no more than this; what is beyond it was a jump. */
const STEP_MAX_S = 0.3
const MOVED_S = 2

export interface Progress {
  position: number
  playedS: number
  /** Since when it has not played `MOVED_S` seconds. */
  since: number
}
export const progress = (position: number, at: number): Progress => ({ position, playedS: 0, since: at })

/** Whether a picture really plays: a player that stands nudges its clock now and then, and that is no picture. */
export function progressed(before: Progress, at: number, position: number): Progress {
  const playedS = before.playedS + Math.min(STEP_MAX_S, Math.max(0, position - before.position))
  return playedS >= MOVED_S ? progress(position, at) : { ...before, position, playedS }
}

export const RATE_MAX = 1.25
const NEAR_S = 0.3
const FAR_S = 3

/**
 * How to win back `behindS` seconds of delay when `aheadS` seconds are loaded: by a jump when far behind, else
 * a little faster. `keptS` stay loaded in any case, or the next hiccup stalls again. A jump stays within what is
 * loaded: one beyond it breaks off what is being fetched, and the player never learns how fast the network is.
 */
export function chase(behindS: number, aheadS: number, keptS: number): { rate: number; jumpS: number } {
  if (behindS > FAR_S && aheadS - behindS >= keptS) return { rate: 1, jumpS: behindS }
  if (behindS <= NEAR_S || aheadS <= keptS) return { rate: 1, jumpS: 0 }
  return { rate: Math.min(RATE_MAX, 1 + Math.round(behindS * 10) / 100), jumpS: 0 }
}

/** The server's clock beside this device's: what to add to `Date.now()`. */
export const clockOffsetMs = (serverNow: string, receivedAt: number): number =>
  Date.parse(serverNow) - receivedAt

/** The broadcast's own time when the picture of this wall time was taken; null before it began. */
export function mediaTimeMs(startedAt: string | null | undefined, wallMs: number): number | null {
  const started = startedAt ? Date.parse(startedAt) : NaN
  return wallMs >= started ? Math.round(wallMs - started) : null
}

interface Stretch {
  start_ms: number
  end_ms: number
}
/** The broadcast's own time of a place in its recording, which leaves the interruptions out. */
export function broadcastTimeMs(stretches: readonly Stretch[], positionMs: number): number {
  let left = positionMs
  for (const { start_ms, end_ms } of stretches) {
    if (left <= end_ms - start_ms) return start_ms + left
    left -= end_ms - start_ms
  }
  return stretches.length ? stretches[stretches.length - 1]!.end_ms : positionMs
}
