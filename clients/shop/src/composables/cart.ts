/** Puts goods in the cart, which remembers the broadcast that they were chosen in. */
import { buyer, type Buyer } from '@/api'
import { say } from '@/composables/acting'
import { mustSignIn } from '@/stores/session'

const QUANTITY_MAX = 99

export async function toCart(sku_id: string, quantity: number, source?: Buyer['ClaimIn']): Promise<boolean> {
  if (!mustSignIn()) return false
  const { items } = await buyer.get('/cart')
  const held = items.find((item) => item.sku_id === sku_id)?.quantity ?? 0
  const body = { quantity: Math.min(QUANTITY_MAX, held + quantity), source }
  await buyer.put('/cart/{sku_id}', { path: { sku_id }, body })
  say('已加入购物车')
  return true
}
