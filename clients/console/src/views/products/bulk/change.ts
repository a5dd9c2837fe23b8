/** A bulk change while somebody makes it, and how it is said. */
import { parseYuan, percent, yuan } from '@bofen/api'
import { limits, type Merchant } from '@/api'

export type Change = Merchant['BulkPreviewIn']['change']
export type Doing = 'listing' | 'delisting' | 'price' | 'category'
export type Pricing = 'set' | 'more' | 'less' | 'dearer' | 'cheaper'

export const DOING: Record<Doing, string> = {
  listing: '上架',
  delisting: '下架',
  price: '改价',
  category: '改分类',
}
export const PRICING: Record<Pricing, string> = {
  set: '统一定为',
  more: '加价',
  less: '减价',
  dearer: '按比例涨',
  cheaper: '按比例降',
}
export const isPart = (pricing: Pricing): boolean => pricing === 'dearer' || pricing === 'cheaper'

export interface Draft {
  doing: Doing
  pricing: Pricing
  /** Yuan, or per cent. */
  amount: string
  categoryId: string
}

const { minimum: LEAST_BP, maximum: MOST_BP } = limits.PriceScaledIn.change_bp

/** "5.5" → 550; null for what is no part of a price. */
const partOf = (text: string): number | null =>
  /^\d{1,4}(\.\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text.trim()) * 100) : null

export function amountProblem({ doing, pricing, amount }: Draft): string {
  if (doing !== 'price') return ''
  if (!isPart(pricing)) return parseYuan(amount) ? '' : '请填大于 0 的金额，最多两位小数'
  const [bp, most] = [partOf(amount), pricing === 'dearer' ? MOST_BP : -LEAST_BP]
  return bp && bp <= most ? '' : `请填大于 0、不超过 ${most / 100} 的数，最多两位小数`
}

export const categoryProblem = ({ doing, categoryId }: Draft): string =>
  doing === 'category' && !categoryId ? '请选择分类' : ''

/** What the server is asked; only for a draft without problems. */
export function changeOf({ doing, pricing, amount, categoryId }: Draft): Change {
  if (doing === 'category') return { kind: 'category', category_id: categoryId }
  if (doing !== 'price') return { kind: doing }
  const [fen, bp] = [parseYuan(amount) ?? 0, partOf(amount) ?? 0]
  if (pricing === 'set') return { kind: 'price_set', amount_fen: fen }
  if (isPart(pricing)) return { kind: 'price_scaled', change_bp: pricing === 'dearer' ? bp : -bp }
  return { kind: 'price_added', amount_fen: pricing === 'more' ? fen : -fen }
}

/** What was done, as a title: 批量降价 10%. */
export function titleOf(made: Merchant['BulkChangeOut']): string {
  switch (made.kind) {
    case 'listing':
      return '批量上架'
    case 'delisting':
      return '批量下架'
    case 'category':
      return `批量改到分类「${made.category || '已删除'}」`
    case 'price_set':
      return `批量定价 ¥${yuan(made.amount_fen)}`
    case 'price_added':
      return `批量${made.amount_fen < 0 ? '减价' : '加价'} ¥${yuan(Math.abs(made.amount_fen))}`
    case 'price_scaled':
      return `批量${made.change_bp < 0 ? '降价' : '涨价'} ${percent(Math.abs(made.change_bp))}`
  }
}
