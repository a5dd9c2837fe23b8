import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { clockOf, lastingOf, useCountdown, useNow } from '../src/index'

const TWENTY_MINUTES = 20 * 60_000
let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})
const countdown = () => scope.run(() => useCountdown())!

describe('what is left', () => {
  it.each([-TWENTY_MINUTES, 0, TWENTY_MINUTES])('is what the server says, the device %i ms off', (off) => {
    vi.setSystemTime(new Date('2026-06-01T12:00:00Z').getTime() + off)
    const { left, restart } = countdown()
    restart(900)
    expect(left.value).toBe(900)
    vi.advanceTimersByTime(61_000)
    expect([left.value, clockOf(left.value)]).toEqual([839, '13:59'])
  })

  it('is not moved when somebody sets the clock meanwhile', () => {
    const { left, restart } = countdown()
    restart(900)
    vi.setSystemTime(Date.now() + TWENTY_MINUTES)
    vi.advanceTimersByTime(1_000)
    expect(left.value).toBe(899)
  })

  it('ends at nothing, looks no more, and begins again with the next answer', () => {
    const { left, restart } = countdown()
    restart(2)
    vi.advanceTimersByTime(60_000)
    expect([left.value, vi.getTimerCount()]).toEqual([0, 0])
    restart(30)
    vi.advanceTimersByTime(1_000)
    expect(left.value).toBe(29)
  })

  it('is not counted any more when the page is gone', () => {
    const { restart } = countdown()
    restart(30)
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})

it('the present goes on while it is looked at', () => {
  const now = scope.run(useNow)!
  const before = now.value
  vi.advanceTimersByTime(3_000)
  expect(now.value - before).toBe(3_000)
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})

it.each([
  [0, '00:00'],
  [65, '01:05'],
  [3_599.9, '59:59'],
  [3_725, '1:02:05'],
])('a clock of %d seconds shows %s', (seconds, shown) => expect(clockOf(seconds)).toBe(shown))

it.each([
  [-5, '0 秒'],
  [8_900, '8 秒'],
  [60_000, '1 分 0 秒'],
  [760_000, '12 分 40 秒'],
  [3_900_000, '1 小时 5 分'],
])('%d ms last %s', (ms, said) => expect(lastingOf(ms)).toBe(said))
