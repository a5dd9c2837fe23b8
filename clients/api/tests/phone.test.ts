import { describe, expect, it } from 'vitest'
import { isPhone, plainDigits, plainPhone } from '../src'

describe('a phone number', () => {
  it.each([
    '13812345678',
    '+86 138-1234-5678',
    '0086 13812345678',
    '86 138 1234 5678',
    '１３８１２３４５６７８',
    '\u202d138 1234 5678\u202c',
    '(+86)138.1234.5678',
  ])('is read from %j', (typed) => {
    expect(plainPhone(typed)).toBe('13812345678')
    expect(isPhone(typed)).toBe(true)
  })

  it.each(['', '138000', '+85212345678', '12812345678', '1381234567a'])('is not %j', (typed) => {
    expect(isPhone(typed)).toBe(false)
  })
})

describe('a code of digits', () => {
  it.each(['123456', '１２３４５６', '123 456', '123-456\u200b'])('is read from %j', (typed) => {
    expect(plainDigits(typed)).toBe('123456')
  })
})
