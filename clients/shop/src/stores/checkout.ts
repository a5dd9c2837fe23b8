/** What goes from a product, a cart or a live room to the page that confirms the order; a reload keeps it. */
import { mustSignIn } from './session'

interface Checkout {
  lines: { sku_id: string; quantity: number }[]
  source: {
    room_id?: string
    pin_id?: string
    media_time_ms?: number
    replay_session_id?: string
    is_from_cart?: boolean
  }
  isFromCart: boolean
}

const KEY = 'bofen.checkout'
const CONFIRM = '/pages-order/confirm/index'
let addressId: string | null = null

/** Who is not signed in yet signs in first, and then comes to the order and not back to the choice. */
export function checkOut(checkout: Checkout): void {
  uni.setStorageSync(KEY, checkout)
  if (mustSignIn(CONFIRM)) uni.navigateTo({ url: CONFIRM })
}
export const checkout = (): Checkout | null => (uni.getStorageSync(KEY) as Checkout | '') || null
export const forgetCheckout = (): void => uni.removeStorageSync(KEY)
export function chooseAddress(id: string): void {
  addressId = id
}
export const chosenAddress = () => addressId
