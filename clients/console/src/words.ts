/** States and times as staff read them. */
export function at(time: string | null | undefined): string {
  if (!time) return '—'
  return new Date(time).toLocaleString('zh-CN', {
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
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
export const SOURCE: Record<string, string> = {
  live: '直播',
  affiliate: '分销',
  replay: '回放',
  shop: '商城',
}
export const AFTER_SALE: Record<string, string> = {
  applied: '待处理',
  returning: '待买家寄回',
  returned: '待验收',
  refunding: '退款中',
  done: '已退款',
  refused: '已拒绝',
  withdrawn: '已撤销',
}
export const AFFILIATE: Record<string, string> = {
  pending: '待审核',
  approved: '已通过',
  refused: '已拒绝',
  frozen: '已冻结',
  closed: '已关闭',
}
export const WITHDRAWAL: Record<string, string> = {
  requested: '待审批',
  approved: '转账中',
  waiting_user: '待收款人确认',
  paid: '已到账',
  failed: '失败已退回',
  refused: '已拒绝',
}
export const PRODUCT: Record<string, string> = { draft: '草稿', listed: '在售', delisted: '已下架' }
export const SESSION: Record<string, string> = {
  scheduled: '待开播',
  live: '直播中',
  interrupted: '中断重连',
  ended: '已结束',
  none: '未排期',
}
export const MOVEMENT: Record<string, string> = {
  receipt: '入库',
  hold: '下单占用',
  release: '释放',
  commit: '售出',
  return: '退货入库',
  stock_take: '盘点',
  damage: '报损',
}
export const ROLE: Record<string, string> = {
  owner: '店主',
  operator: '运营',
  warehouse: '仓库',
  finance: '财务',
  reviewer: '审核',
  moderator: '场控',
  host: '主播',
}
