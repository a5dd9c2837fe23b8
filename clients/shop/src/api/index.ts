/** The server as the shop sees it: buyers' and affiliates' APIs over `uni.request`, which works on H5 and in WeChat. */
import {
  createApi,
  type AffiliatePaths,
  type BuyerPaths,
  type BuyerShapes,
  type AffiliateShapes,
  type Transport,
} from '@bofen/api'
import { origin } from './origin'
import { signedOut, token } from '@/stores/session'

export { sentenceOf } from '@bofen/api'

export type Buyer = BuyerShapes['schemas']
export type Affiliate = AffiliateShapes['schemas']

const transport: Transport = ({ method, url, headers, body }) =>
  new Promise((resolve, reject) => {
    uni.request({
      url,
      method: method as 'GET',
      header: headers,
      data: body as object | undefined,
      timeout: 15_000,
      success: (answer) => resolve({ status: answer.statusCode, data: answer.data }),
      fail: (error) => reject(new Error(error.errMsg)),
    })
  })

const shared = { transport, token, onSignedOut: signedOut }
export const buyer = createApi<BuyerPaths>({ base: `${origin()}/api/buyer`, ...shared })
export const affiliate = createApi<AffiliatePaths>({ base: `${origin()}/api/affiliate`, ...shared })

/** Pictures come as paths of the server. */
export function pictureAt(path: string | null | undefined): string {
  return path ? (path.startsWith('/') ? origin() + path : path) : ''
}
