/** Watches over a live picture: a lower rung when it stalls, lost delay won back, a word when it stands still. */
import { chase, progress, progressed, watch, watched } from '@bofen/kit'
import type { Playing } from './live'

const LOOK_MS = 200
/** A picture that stands longer than this does not come back by itself: the way is tried anew. */
const LOST_MS = 12_000

export interface Seen {
  /** The broadcast itself is interrupted: that the picture stands is nobody's network here. */
  isInterrupted(): boolean
  /** The browser plays nothing until it is tapped: that the picture stands is no way's fault. */
  isRefused(): boolean
  /** The picture has stood still, or moves again. */
  still(isStill: boolean): void
  /** A lower rung is shown than there is. */
  low(isLow: boolean): void
  /** There is sound and no picture. */
  sound(isAlone: boolean): void
  /** This way does not work: try another. */
  fail(why: string): void
}

/** Looks a few times a second until the answer is called. A picture that the viewer paused is left alone. */
export function keep(video: HTMLVideoElement, playing: Playing, seen: Seen): () => void {
  let state = watched(performance.now())
  let played = progress(video.currentTime, performance.now())
  /** From an interruption until the first new picture after it. */
  let isInterrupted = false
  function look(): void {
    const now = performance.now()
    if (seen.isInterrupted() || seen.isRefused())
      [isInterrupted, played] = [true, progress(video.currentTime, now)]
    else if (video.currentTime !== state.position) isInterrupted = false
    const isWaitingForTheFirst = !video.played.length || isInterrupted
    if (video.paused || document.hidden || isWaitingForTheFirst) {
      if (state.isStill) seen.still(false)
      const { calmMs, sound } = state
      state = { ...watched(now), position: video.currentTime, calmMs, sound }
      if (!isWaitingForTheFirst) played = progress(video.currentTime, now)
      else if (now - played.since > LOST_MS) seen.fail('silent')
      return
    }
    const { isStill: wasStill, sound: before } = state
    played = progressed(played, now, video.currentTime)
    const [next, advice] = watch(state, now, video.currentTime, playing.isCapped())
    state = next
    if (advice === 'lowest' && !playing.lowest()) return seen.fail('weak')
    if (advice === 'sound' && !playing.sound()) return seen.fail('weak')
    if (advice === 'higher') playing.higher()
    // Sound that was just asked for has its own time to come.
    if (state.sound === 'on' && before !== 'on') played = progress(video.currentTime, now)
    if (advice !== 'stay') {
      seen.low(playing.isCapped())
      seen.sound(state.sound === 'on')
    }
    if (state.isStill !== wasStill) seen.still(state.isStill)
    if (now - played.since > LOST_MS) return seen.fail('still')
    winBack()
  }
  function winBack(): void {
    const { rate, jumpS } = chase(playing.behind(), loaded(video), playing.kept())
    if (jumpS) video.currentTime += jumpS
    else if (Math.abs(video.playbackRate - rate) > 0.01) video.playbackRate = rate
  }
  const looking = setInterval(look, LOOK_MS)
  return () => clearInterval(looking)
}

/** Seconds that are loaded beyond what is shown. */
export function loaded(video: HTMLVideoElement): number {
  const { buffered, currentTime } = video
  for (let at = 0; at < buffered.length; at++)
    if (buffered.start(at) <= currentTime + 0.1 && buffered.end(at) >= currentTime)
      return buffered.end(at) - currentTime
  return 0
}
