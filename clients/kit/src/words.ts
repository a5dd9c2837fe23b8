/** Words and times that staff and buyers read alike. Whoever adds a state is told here by the compiler. */
import type { BuyerShapes } from '@bofen/api'
import { twoDigits } from './clock'

type Buyer = BuyerShapes['schemas']

export const SHOWN: Record<Buyer['Shown'], string> = {
  submitted: '待付款',
  paid: '待发货',
  shipped: '已发货',
  in_transit: '运输中',
  signed: '已签收',
  refunding: '退款中',
  refunded: '已退款',
  cancelled: '已取消',
  completed: '已完成',
}

/** What the sum of an order is: nobody has paid what was never paid. */
export const sumOf = (order: Pick<Buyer['OrderOut'], 'paid_at' | 'closed_at'>): string =>
  order.paid_at ? '实付' : order.closed_at ? '合计' : '应付'

/** "2026-11-23T04:05:06Z" → "11-23 12:05", in the device's own time zone; "" for no time. */
export function at(time: string | null | undefined): string {
  if (!time) return ''
  const date = new Date(time)
  const day = [date.getMonth() + 1, date.getDate()].map(twoDigits).join('-')
  return `${day} ${[date.getHours(), date.getMinutes()].map(twoDigits).join(':')}`
}
