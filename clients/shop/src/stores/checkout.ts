/** What goes from a product, a cart or a live room to the page that confirms the order. */
export interface Checkout {
  lines: { sku_id: string; quantity: number }[]
  source: { room_id?: string; pin_id?: string; media_time_ms?: number }
  isFromCart: boolean
}

let asked: Checkout | null = null
let addressId: string | null = null

export function checkOut(checkout: Checkout): void {
  asked = checkout
  uni.navigateTo({ url: '/pages-order/confirm/index' })
}
export const checkout = () => asked
export function chooseAddress(id: string): void {
  addressId = id
}
export const chosenAddress = () => addressId
