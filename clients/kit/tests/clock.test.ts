import { afterEach, describe, expect, it, vi } from 'vitest'
import { clockOf, useCountdown } from '../src/index'

const TWENTY_MINUTES = 20 * 60_000
afterEach(() => vi.useRealTimers())

describe('what is left to pay', () => {
  it.each([-TWENTY_MINUTES, 0, TWENTY_MINUTES])('is what the server says, the device %i ms off', (off) => {
    vi.useFakeTimers({ now: new Date('2026-06-01T12:00:00Z').getTime() + off })
    const { left, told, tick } = useCountdown()
    told(900)
    expect(left.value).toBe(900)
    vi.advanceTimersByTime(61_000)
    tick()
    expect([left.value, clockOf(left.value)]).toEqual([839, '13:59'])
  })

  it('is not moved when somebody sets the clock meanwhile', () => {
    vi.useFakeTimers()
    const { left, told, tick } = useCountdown()
    told(900)
    vi.setSystemTime(Date.now() + TWENTY_MINUTES)
    tick()
    expect(left.value).toBe(900)
  })

  it('ends at nothing, and begins again with the next answer', () => {
    let now = 0
    const { left, told, tick } = useCountdown(() => now)
    told(2)
    now = 60_000
    tick()
    expect(left.value).toBe(0)
    told(30)
    expect(left.value).toBe(30)
  })
})
