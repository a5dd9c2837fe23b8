/** What only affiliates may read: who is none yet is taken to the application, and not told of a right. */
import { ApiError } from '@bofen/api'

export async function asAffiliate<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (failed) {
    if (failed instanceof ApiError && failed.code === 'not_permitted')
      uni.redirectTo({ url: '/pages-affiliate/apply/index' })
    throw failed
  }
}
