/** What only affiliates may read: who is none yet is taken to the application, and not told of a right. */
import { isRefusal } from '@bofen/api'

export async function asAffiliate<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (failed) {
    if (isRefusal(failed, 'not_permitted')) uni.redirectTo({ url: '/pages-affiliate/apply/index' })
    throw failed
  }
}
