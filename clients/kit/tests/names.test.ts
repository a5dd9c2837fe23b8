import { afterEach, describe, expect, it, vi } from 'vitest'

const NAMES: [name: string, whole: string, withoutSegmenter: string][] = [
  ['小葵', '小', '小'],
  ['  小葵', '小', '小'],
  ['🌻小葵', '🌻', '🌻'],
  ['𠮷野家', '𠮷', '𠮷'],
  ['👩‍🍳阿姨', '👩‍🍳', '👩'],
  ['🇨🇳店', '🇨🇳', '🇨'],
  ['e\u0301t', 'e\u0301', 'e'],
  ['', '', ''],
]

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe('the first character of a name', () => {
  it.each(NAMES)('of %s is %s', async (name, whole) => {
    const { initialOf } = await import('../src/names')
    expect(initialOf(name)).toBe(whole)
  })

  it.each(NAMES)('of %s is never half a code point in a mini program', async (name, _, point) => {
    vi.stubGlobal('Intl', undefined)
    const { initialOf } = await import('../src/names')
    expect(initialOf(name)).toBe(point)
  })
})
