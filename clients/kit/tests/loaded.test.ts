import { describe, expect, it } from 'vitest'
import { ApiError } from '@bofen/api'
import { useActing, useList, useLoaded, type PageOf } from '../src/index'

/** A server whose answers come when the test lets them. */
function answers<T>() {
  const asked: { cursor?: string; answer: (value: T) => void; refuse: (error: Error) => void }[] = []
  const fetch = (cursor?: string) =>
    new Promise<T>((answer, refuse) => asked.push({ cursor, answer, refuse }))
  return { asked, fetch }
}
const BUSY = new ApiError(503, 'busy', { zh: '请稍后再试', en: 'Later' })
const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('one thing from the server', () => {
  it('is not replaced by an older answer that comes late', async () => {
    const { asked, fetch } = answers<string>()
    const { data, isLoading, load } = useLoaded(fetch)
    load()
    load()
    asked[1]!.answer('new')
    await settled()
    asked[0]!.answer('old')
    await settled()
    expect([data.value, isLoading.value]).toEqual(['new', false])
  })

  it('stays while a later reading fails, with the sentence of the failure', async () => {
    const { asked, fetch } = answers<string>()
    const { data, error, load } = useLoaded(fetch)
    load()
    asked[0]!.answer('first')
    await settled()
    load()
    asked[1]!.refuse(BUSY)
    await settled()
    expect([data.value, error.value]).toEqual(['first', '请稍后再试'])
  })
})

describe('a list', () => {
  it('grows page by page and says when it is empty', async () => {
    const { asked, fetch } = answers<PageOf<number>>()
    const { items, next, isEmpty, load, more } = useList(fetch)
    load()
    expect(isEmpty.value).toBe(false)
    asked[0]!.answer({ items: [1, 2], next: 'b' })
    await settled()
    more()
    expect(asked[1]!.cursor).toBe('b')
    asked[1]!.answer({ items: [3], next: null })
    await settled()
    expect([items.value, next.value]).toEqual([[1, 2, 3], null])
    load()
    asked[2]!.answer({ items: [] })
    await settled()
    expect(isEmpty.value).toBe(true)
  })

  it('drops the next page of a filter that was changed meanwhile', async () => {
    const { asked, fetch } = answers<PageOf<string>>()
    const { items, next, load, more } = useList(fetch)
    load()
    asked[0]!.answer({ items: ['a1'], next: 'a' })
    await settled()
    more()
    load()
    asked[2]!.answer({ items: ['b1'], next: 'b' })
    await settled()
    asked[1]!.answer({ items: ['a2'], next: 'aa' })
    await settled()
    expect([items.value, next.value]).toEqual([['b1'], 'b'])
  })

  it('reads a page once, however often it is asked for', async () => {
    const { asked, fetch } = answers<PageOf<number>>()
    const { load, more } = useList(fetch)
    load()
    asked[0]!.answer({ items: [1], next: 'b' })
    await settled()
    more()
    more()
    expect(asked).toHaveLength(2)
  })
})

describe('a button', () => {
  it('works once at a time, and says how it went', async () => {
    const said: string[] = []
    const { act, isBusy } = useActing({
      success: (sentence) => said.push(`✓ ${sentence}`),
      failure: (sentence) => said.push(`✗ ${sentence}`),
    })
    let finish = () => {}
    const first = act(() => new Promise<void>((resolve) => (finish = resolve)), '已保存')
    expect(isBusy.value).toBe(true)
    expect(await act(async () => {}, 'never')).toBe(false)
    finish()
    expect(await first).toBe(true)
    expect(await act(() => Promise.reject(BUSY))).toBe(false)
    expect(said).toEqual(['✓ 已保存', '✗ 请稍后再试'])
    expect(isBusy.value).toBe(false)
  })
})
