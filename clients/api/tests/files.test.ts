import { afterEach, describe, expect, it, vi } from 'vitest'
import { createApi, fileTransport, sentenceOf, type MerchantPaths } from '../src/index'

const SENTENCE = { zh: '一次最多导出 366 天，请缩短日期范围。', en: 'At most 366 days.' }

function answering(response: Response) {
  const asked = vi.fn(async () => response)
  vi.stubGlobal('fetch', asked)
  const files = createApi<MerchantPaths>({
    base: '/api/merchant',
    transport: fileTransport,
    token: () => 'secret',
  })
  return { asked, file: () => files.get('/reports/export.csv', { query: { report: 'daily' } }) }
}

afterEach(() => vi.unstubAllGlobals())

describe('a file of the server', () => {
  it('comes as it is, fetched with the token', async () => {
    const { asked, file } = answering(new Response('a,b\n1,2\n'))
    const found: unknown = await file()
    expect(await (found as Blob).text()).toBe('a,b\n1,2\n')
    expect(asked).toHaveBeenCalledWith(
      '/api/merchant/reports/export.csv?report=daily',
      expect.objectContaining({ headers: { authorization: 'Bearer secret' } }),
    )
  })

  it('that is refused says why, as any refusal does', async () => {
    const body = JSON.stringify({ code: 'report_range_too_long', message: SENTENCE, facts: {} })
    const { file } = answering(new Response(body, { status: 422 }))
    expect(sentenceOf(await file().catch((failed: unknown) => failed))).toBe(SENTENCE.zh)
  })

  it('that somebody between answers in words of his own is a busy server', async () => {
    const { file } = answering(new Response('<h1>502</h1>', { status: 502 }))
    expect(sentenceOf(await file().catch((failed: unknown) => failed))).toContain('请稍后再试')
  })
})
