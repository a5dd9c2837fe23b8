import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  ApiError,
  addressOf,
  applyTick,
  chosenSku,
  combinations,
  createApi,
  isChoosable,
  parseYuan,
  preselected,
  price,
  yuan,
  type BuyerPaths,
  type RoomView,
  type Tick,
  type Transport,
  type TransportRequest,
} from '../src/index'

const EXAMPLES = join(import.meta.dirname, '../../../tests/rooms/examples')

describe('the room reducer', () => {
  for (const file of readdirSync(EXAMPLES)) {
    for (const example of JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8'))) {
      it(example.name, () => {
        let view: RoomView | 'gap' = example.view
        for (const tick of example.ticks as Tick[]) view = view === 'gap' ? view : applyTick(view, tick)
        expect(view).toEqual(example.expected)
      })
    }
  }
})

describe('money', () => {
  it('is written with separators and two digits, and read back the same', () => {
    for (const fen of [0, 1, 9, 10, 99, 100, 12_345, 100_000, 123_456_789])
      expect(parseYuan(yuan(fen))).toBe(fen)
    expect(yuan(123_456)).toBe('1,234.56')
    expect(yuan(-5)).toBe('-0.05')
  })
  it('drops the zeros on a price tag, and only those behind the point', () => {
    expect([9900, 9990, 9999, 100_000, 5].map(price)).toEqual(['99', '99.9', '99.99', '1,000', '0.05'])
  })
  it('refuses what is no amount', () => {
    for (const text of ['', 'x', '1.234', '-1', '1e3', '.5']) expect(parseYuan(text)).toBeNull()
  })
})

describe('the SKU picker', () => {
  const options = [
    { name: '颜色', values: ['红', '蓝'] },
    { name: '尺码', values: ['M', 'L'] },
  ]
  const skus = combinations(options).map((chosen, at) => ({
    id: String(at),
    options: chosen,
    available: at === 1 ? 0 : 5,
  }))
  it('turns off a combination that is sold out, and nothing else', () => {
    expect(isChoosable(skus, { 颜色: '红' }, '尺码', 'L')).toBe(false)
    expect(isChoosable(skus, { 颜色: '红' }, '尺码', 'M')).toBe(true)
    expect(isChoosable(skus, { 颜色: '蓝' }, '尺码', 'L')).toBe(true)
  })
  it('can always change its mind about an option that was chosen', () => {
    expect(isChoosable(skus, { 颜色: '蓝', 尺码: 'M' }, '颜色', '红')).toBe(true)
  })
  it('names the SKU only when every option has a value', () => {
    expect(chosenSku(skus, ['颜色', '尺码'], { 颜色: '红' })).toBeNull()
    expect(chosenSku(skus, ['颜色', '尺码'], { 颜色: '蓝', 尺码: 'L' })?.id).toBe('3')
    expect(preselected([{ name: '颜色', values: ['红'] }])).toEqual({ 颜色: '红' })
  })
})

describe('the client', () => {
  const answering =
    (status: number, data: unknown, seen: TransportRequest[] = []): Transport =>
    async (request) => (seen.push(request), { status, data })
  it('fills the path, leaves out empty queries and sends the token', async () => {
    const seen: TransportRequest[] = []
    const api = createApi<BuyerPaths>({
      base: '/api/buyer',
      transport: answering(200, { items: [] }, seen),
      token: () => 'T',
    })
    await api.get('/products', { query: { q: '茶 杯', cursor: undefined } })
    expect(seen[0]).toMatchObject({
      method: 'GET',
      url: '/api/buyer/products?q=%E8%8C%B6%20%E6%9D%AF',
      headers: { authorization: 'Bearer T' },
    })
    expect(addressOf('', '/orders/{order_id}', { order_id: 'a/b' })).toBe('/orders/a%2Fb')
  })
  it('turns a refusal into an error with its code, sentence and facts', async () => {
    const message = { zh: '库存不足', en: 'Not enough stock' }
    const api = createApi<BuyerPaths>({
      base: '',
      transport: answering(409, { code: 'out_of_stock', message, facts: { sku_id: 'x' } }),
    })
    await expect(api.get('/hall')).rejects.toMatchObject({
      status: 409,
      code: 'out_of_stock',
      sentence: message,
      facts: { sku_id: 'x' },
    })
  })
  it('says so when nobody answers, and tells when the person must sign in', async () => {
    const told: string[] = []
    const lost = createApi<BuyerPaths>({ base: '', transport: () => Promise.reject(new Error('offline')) })
    await expect(lost.get('/hall')).rejects.toBeInstanceOf(ApiError)
    const out = createApi<BuyerPaths>({
      base: '',
      transport: answering(401, null),
      onSignedOut: (why) => told.push(why.code),
    })
    await expect(out.get('/me')).rejects.toMatchObject({ code: 'unclear' })
    expect(told).toEqual(['unclear'])
  })
})
