import { describe, expect, it } from 'vitest'
import {
  broadcastTimeMs,
  CALM_MIN_MS,
  chase,
  clockOffsetMs,
  LONG_STALL_MS,
  mediaTimeMs,
  progress,
  progressed,
  RATE_MAX,
  SOUND_AFTER_MS,
  watch,
  watched,
  type Advice,
  type Progress,
} from '../src/index'

const LOOK_MS = 200
/** Plays and stands still for so many milliseconds in turn, capped after the first advice to go down. */
function run(...turns: ['plays' | 'stands', number][]) {
  let state = watched(0)
  let at = 0
  let position = 0
  let isCapped = false
  const said: { at: number; advice: Advice }[] = []
  for (const [how, ms] of turns)
    for (const end = at + ms; at < end; at += LOOK_MS) {
      if (how === 'plays') position += LOOK_MS / 1000
      const [next, advice] = watch(state, at, position, isCapped)
      state = next
      if (advice === 'lowest') isCapped = true
      if (advice === 'higher') isCapped = state.sound === 'left'
      if (advice !== 'stay') said.push({ at, advice })
    }
  return { said, advices: said.map(({ advice }) => advice), state }
}

describe('a live picture on a weak network', () => {
  it('keeps its rung while it plays, and over one short stall', () => {
    expect(run(['plays', 60_000]).advices).toEqual([])
    expect(run(['plays', 5_000], ['stands', 800], ['plays', 60_000]).advices).toEqual([])
  })
  it('takes the lowest rung at the second stall', () => {
    const { said } = run(
      ['plays', 2_000],
      ['stands', 600],
      ['plays', 1_000],
      ['stands', 600],
      ['plays', 2_000],
    )
    expect(said.map(({ advice }) => advice)).toEqual(['lowest'])
    expect(said[0]!.at).toBeLessThan(4_400)
  })
  it('does not wait for a second one when the first is long', () => {
    const { said } = run(['plays', 2_000], ['stands', 2_000])
    expect(said[0]!.advice).toBe('lowest')
    expect(said[0]!.at - 2_000).toBeLessThanOrEqual(1_400)
  })
  it('gives the picture up for its sound when the lowest rung goes on stalling', () => {
    const { said } = run(['plays', 2_000], ['stands', SOUND_AFTER_MS + 4_000])
    const first = said.find(({ advice }) => advice === 'sound')!
    expect(said[0]!.advice).toBe('lowest')
    expect(first.at - said[0]!.at).toBeGreaterThanOrEqual(SOUND_AFTER_MS)
    expect(first.at - said[0]!.at).toBeLessThan(SOUND_AFTER_MS + LONG_STALL_MS + LOOK_MS)
    expect(run(['plays', 2_000], ['stands', 2_000], ['plays', 2_000]).advices).not.toContain('sound')
  })
  it('goes back from the sound to the lowest picture, and then up, when it is calm', () => {
    const { said } = run(['plays', 2_000], ['stands', SOUND_AFTER_MS + 4_000], ['plays', 90_000])
    expect(said.map(({ advice }) => advice).filter((advice) => advice === 'higher')).toHaveLength(2)
  })
  it('is back at the sound at once when the picture that was tried stalls again', () => {
    const { advices } = run(
      ['plays', 2_000],
      ['stands', SOUND_AFTER_MS + 4_000],
      ['plays', CALM_MIN_MS + 1_000],
      ['stands', LONG_STALL_MS + 400],
    )
    expect(advices.slice(-2)).toEqual(['higher', 'sound'])
  })
  it('tries a higher one after a while of calm, and waits twice as long when that fails', () => {
    const weak: ['plays' | 'stands', number] = ['stands', 2_000]
    const { said, state } = run(['plays', 2_000], weak, ['plays', CALM_MIN_MS + 1_000], weak, [
      'plays',
      60_000,
    ])
    expect(said.filter(({ advice }) => advice === 'higher')).toHaveLength(2)
    const [first, second] = said.filter(({ advice }) => advice === 'higher').map(({ at }) => at)
    expect(first! - 4_000).toBeGreaterThanOrEqual(CALM_MIN_MS - 2 * LOOK_MS)
    expect(second! - first!).toBeGreaterThan(2 * CALM_MIN_MS)
    expect(state.calmMs).toBe(2 * CALM_MIN_MS)
  })
})

describe('a picture that stands', () => {
  function after(steps: number[]): [Progress, number] {
    let state = progress(0, 0)
    let at = 0
    for (const step of steps) state = progressed(state, (at += LOOK_MS), state.position + step)
    return [state, at]
  }
  it('plays while its clock goes on', () => {
    const [state, at] = after(Array<number>(100).fill(LOOK_MS / 1000))
    expect(at - state.since).toBeLessThanOrEqual(2_200)
  })
  it('is not taken for playing because its player nudges it, or jumps', () => {
    const nudges = Array.from({ length: 65 }, (_, no) => (no % 10 === 9 ? 0.1 : 0))
    expect(after(nudges)[0].since).toBe(0)
    expect(after([...nudges, 30, 0, 0])[0].since).toBe(0)
  })
})

describe('delay that was lost', () => {
  it('is won back a little faster when near, by a jump within what is loaded when far', () => {
    expect(chase(0.2, 2, 0.7)).toEqual({ rate: 1, jumpS: 0 })
    expect(chase(1, 2.5, 0.7)).toEqual({ rate: 1.1, jumpS: 0 })
    expect(chase(2.9, 3.2, 0.7).rate).toBe(RATE_MAX)
    expect(chase(4.9, 6, 0.7)).toEqual({ rate: 1, jumpS: 4.9 })
  })
  it('never empties the buffer nor jumps beyond it', () => {
    expect(chase(4.9, 5, 0.7).jumpS).toBe(0)
    expect(chase(2, 0.5, 0.7)).toEqual({ rate: 1, jumpS: 0 })
  })
  it('is all won back: from six seconds behind to near within half a minute', () => {
    for (const from of [1, 2, 4, 6, 30]) {
      let behind = from
      for (let s = 0; s < 30; s += 0.25) {
        const { rate, jumpS } = chase(behind, behind + 1.2, 0.7)
        behind -= jumpS + (rate - 1) * 0.25
      }
      expect(behind).toBeLessThanOrEqual(0.35)
    }
  })
})

describe('media time', () => {
  const started = '2026-06-01T12:00:00Z'
  it('is the same for two whose clocks differ, whenever they came in', () => {
    const server = Date.parse('2026-06-01T12:13:00Z')
    for (const device of [server, server - 20 * 60_000, server + 3_600_000]) {
      const offset = clockOffsetMs(new Date(server).toISOString(), device)
      expect(mediaTimeMs(started, device + offset)).toBe(780_000)
    }
  })
  it('does not exist before the broadcast', () => {
    expect(mediaTimeMs(started, Date.parse(started) - 1)).toBeNull()
    expect(mediaTimeMs(null, Date.now())).toBeNull()
  })
  it('goes on over an interruption that the recording leaves out', () => {
    const stretches = [
      { start_ms: 0, end_ms: 30_000 },
      { start_ms: 50_000, end_ms: 80_000 },
    ]
    expect([0, 30_000, 40_000, 60_000, 99_000].map((at) => broadcastTimeMs(stretches, at))).toEqual([
      0, 30_000, 60_000, 80_000, 80_000,
    ])
  })
})
