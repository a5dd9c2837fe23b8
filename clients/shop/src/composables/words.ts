/** States as buyers and affiliates read them. */

import { price } from '@bofen/api'
import type { Affiliate, Buyer } from '@/api'

export { at, SHOWN, sumOf } from '@bofen/kit'

/** The merchant's terms in a few words, as they are in force now. */
export function promisesOf(shop: Buyer['ShopOut']): string[] {
  const isFree = !shop.freight_fen || !shop.freight_free_from_fen
  return [
    isFree ? '全场包邮' : `满 ¥${price(shop.freight_free_from_fen)} 包邮`,
    `${shop.after_sale_days} 天无理由退货`,
    '微信支付',
  ]
}

export const AFTER_SALE: Record<Buyer['AfterSaleStatus'], string> = {
  applied: '等待商家处理',
  returning: '商家已同意，请寄回商品',
  returned: '退货已寄出，等待商家验收',
  refunding: '退款中',
  done: '退款成功',
  refused: '商家已拒绝',
  withdrawn: '已撤销',
}

const OPEN: readonly Buyer['AfterSaleStatus'][] = ['applied', 'returning', 'returned']

/** Whether somebody still has to do something about it. */
export const isOpen = ({ status }: Buyer['MyAfterSaleOut']): boolean => OPEN.includes(status)

export const LEDGER: Record<Affiliate['Reason'], string> = {
  accrued: '预估佣金',
  reversed: '退款扣回',
  released: '佣金结算，转为可提现',
  withdrawal_held: '申请提现',
  withdrawal_paid: '提现到账',
  withdrawal_returned: '提现退回',
  written_off: '欠款核销',
}

export const EARNING: Record<Affiliate['Earning'], string> = {
  suspended: '账户冻结，暂不结算',
  blocked: '售后中，暂不结算',
  pending: '待结算',
  released: '已结算',
  reversed: '已扣回',
}

export const WITHDRAWAL: Record<Affiliate['WithdrawalStatus'], string> = {
  requested: '审核中',
  approved: '处理中',
  waiting_user: '待你确认收款',
  paid: '已到账',
  failed: '失败，已退回余额',
  refused: '已拒绝，已退回余额',
}
