/** Times and states as people read them. */

/** "2026-11-23T04:05:06Z" → "11-23 12:05", in the device's own time zone. */
export function at(time: string | null | undefined): string {
  if (!time) return ''
  const date = new Date(time)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

export const SHOWN: Record<string, string> = {
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

export const AFTER_SALE: Record<string, string> = {
  applied: '等待商家处理',
  returning: '商家已同意，请寄回商品',
  returned: '退货已寄出，等待商家验收',
  refunding: '退款中',
  done: '退款成功',
  refused: '商家已拒绝',
  withdrawn: '已撤销',
}

export const LEDGER: Record<string, string> = {
  accrued: '佣金入账',
  reversed: '退款扣回',
  released: '佣金解冻',
  withdrawal_held: '申请提现',
  withdrawal_paid: '提现到账',
  withdrawal_returned: '提现退回',
  written_off: '欠款核销',
}

export const WITHDRAWAL: Record<string, string> = {
  requested: '审核中',
  approved: '处理中',
  sending: '处理中',
  waiting_user: '待你确认收款',
  paid: '已到账',
  failed: '失败，已退回余额',
  refused: '已拒绝，已退回余额',
}
