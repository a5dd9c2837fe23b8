/** The same examples as `tests/kit/test_text.py`: what the server takes, a form takes, and nothing else. */
import { describe, expect, it } from 'vitest'
import EXAMPLES from '../../../tests/kit/examples/typed.json'
import { isPhone, isTrackingNo, plainDigits, plainPhone, plainTrackingNo } from '../src'

const every = (table: Record<string, string[]>) =>
  Object.entries(table).flatMap(([meant, typed]) => typed.map((each) => [each, meant] as const))

describe('a phone number', () => {
  it.each(every(EXAMPLES.phone))('is read from %j', (typed, meant) => {
    expect(plainPhone(typed)).toBe(meant)
    expect(isPhone(typed)).toBe(true)
  })

  it.each(EXAMPLES.no_phone)('is not %j', (typed) => {
    expect(isPhone(typed)).toBe(false)
  })
})

describe('a code of digits', () => {
  it.each(every(EXAMPLES.code))('is read from %j', (typed, meant) => {
    expect(plainDigits(typed)).toBe(meant)
  })
})

describe('a tracking number', () => {
  it.each(every(EXAMPLES.tracking_no))('is read from %j', (typed, meant) => {
    expect(plainTrackingNo(typed)).toBe(meant)
    expect(isTrackingNo(typed)).toBe(true)
  })

  it.each(EXAMPLES.no_tracking_no)('is not %j', (typed) => {
    expect(isTrackingNo(typed)).toBe(false)
  })
})
