import { describe, expect, it } from 'vitest'
import { alignedScales } from '../src/index'

describe('two scales of one chart', () => {
  it.each([
    [
      [0, 1200, 4800],
      [0, 3, 11],
    ],
    [
      [-270, 0, 5000],
      [0, 12, 1],
    ],
    [
      [-900, -100],
      [0, 2],
    ],
    [[0.4, 0.02], [1]],
    [[], []],
  ])('hold everything and have their zeros at one height: %j, %j', (amounts, counts) => {
    const [left, right] = alignedScales(amounts, counts)
    for (const [scale, values] of [
      [left, amounts],
      [right, counts],
    ] as const) {
      expect(Math.min(0, ...values)).toBeGreaterThanOrEqual(scale.min)
      expect(Math.max(0, ...values)).toBeLessThanOrEqual(scale.max)
      expect(Number.isInteger(scale.max / scale.interval)).toBe(true)
    }
    expect(left.min / left.max).toBeCloseTo(right.min / right.max)
    expect(Number.isInteger(right.interval)).toBe(true)
  })
})
