/** The server as staff see it. */
import {
  ApiError,
  createApi,
  fetchTransport,
  fileTransport,
  type BuyerPaths,
  type HostPaths,
  type HostShapes,
  type MerchantPaths,
  type MerchantShapes,
} from '@bofen/api'
import { session, signedOut } from './session'

export { hostLimits, merchantLimits as limits, sentenceOf } from '@bofen/api'

export type Merchant = MerchantShapes['schemas']
export type Host = HostShapes['schemas']

const shared = {
  transport: fetchTransport,
  token: () => session.token,
  onSignedOut: (why: ApiError) => session.token && signedOut(why.sentence.zh),
}
export const merchant = createApi<MerchantPaths>({ base: '/api/merchant', ...shared })
export const host = createApi<HostPaths>({ base: '/api/host', ...shared })
/** What every visitor of the shop may ask, as nobody. */
export const shop = createApi<BuyerPaths>({ base: '/api/buyer', transport: fetchTransport })

/** So many seconds to wait before it is asked again; 0 for anything but a rate limit. */
export function waitOf(error: unknown): number {
  return error instanceof ApiError ? Number(error.facts.retry_after_s ?? 0) : 0
}

export function uploadPicture(file: File): Promise<Merchant['PictureOut']> {
  const body = new FormData()
  body.append('file', file)
  return merchant.post('/pictures', { body })
}

const files = createApi<MerchantPaths>({ base: '/api/merchant', ...shared, transport: fileTransport })
type Query<Path extends keyof MerchantPaths> = MerchantPaths[Path] extends {
  get: { parameters: { query?: infer Asked } }
}
  ? NonNullable<Asked>
  : never

/** A file that only staff may have: fetched with the token, then handed to the browser. */
function handOver(file: unknown, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file as Blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** Throws ApiError. */
export async function downloadReport(query: Query<'/reports/export.csv'>): Promise<void> {
  const file = await files.get('/reports/export.csv', { query })
  handOver(file, `${query.report}-${query.from}-${query.to}.csv`)
}

/** Every line that these filters show. Throws ApiError. */
export async function downloadJournal(query: Query<'/stock/movements.csv'>): Promise<void> {
  handOver(await files.get('/stock/movements.csv', { query }), '库存流水.csv')
}

/** A stock-take's sheet, to print, to fill in and to read again. Throws ApiError. */
export async function downloadSheet(take: Merchant['TakeOut']): Promise<void> {
  const path = { take_id: take.id }
  handOver(await files.get('/stock-takes/{take_id}/sheet.csv', { path }), `盘点单 ${take.number}.csv`)
}

/** What will not last another month. Throws ApiError. */
export async function downloadPurchaseList(): Promise<void> {
  handOver(await files.get('/stock/purchase-list.csv'), '采购清单.csv')
}
