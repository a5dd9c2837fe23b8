/** States and times as staff read them. Whoever adds a state is told here by the compiler. */
import { at as timeOf } from '@bofen/kit'
import type { Host, Merchant } from './api'

export { SHOWN } from '@bofen/kit'

export const at = (time: string | null | undefined): string => timeOf(time) || '—'

/** A table of words as the choices of a list's filter; `all` is the choice of no filter. */
export const choices = (words: Record<string, string>, all: string) => [
  { label: all, value: '' },
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
]

/** A table of words as the choices of a form. */
export const choicesOf = <Value extends string>(words: Record<Value, string>) =>
  (Object.entries(words) as [Value, string][]).map(([value, label]) => ({ label, value }))

/** Pieces of a line that open after-sales ask back: they do not leave the house. */
export const askedBack = (line: Merchant['LineOut']): number =>
  line.quantity - line.refunded_quantity - line.refundable_quantity

export const SOURCE: Record<Merchant['Source'], string> = {
  live: '直播',
  affiliate: '分销',
  replay: '回放',
  shop: '商城',
}
export const AFTER_SALE: Record<Merchant['AfterSaleStatus'], string> = {
  applied: '待处理',
  returning: '待买家寄回',
  returned: '待验收',
  refunding: '退款中',
  done: '已退款',
  refused: '已拒绝',
  withdrawn: '已撤销',
}
export const REFUND: Record<Merchant['RefundStatus'], string> = {
  asked: '待发起',
  sent: '处理中',
  succeeded: '已退款',
  abnormal: '没有到账',
  closed: '已关闭',
  refused: '未受理',
  settled: '已线下退款',
}
export const AFFILIATE: Record<Merchant['AffiliateStatus'], string> = {
  pending: '待审核',
  approved: '已通过',
  refused: '已拒绝',
  frozen: '已冻结',
  closed: '已关闭',
}
export const WITHDRAWAL: Record<Merchant['WithdrawalStatus'], string> = {
  requested: '待审批',
  approved: '转账中',
  waiting_user: '待收款人确认',
  paid: '已到账',
  failed: '失败已退回',
  refused: '已拒绝',
}
export const PRODUCT: Record<Merchant['ProductStatus'], string> = {
  draft: '草稿',
  listed: '在售',
  delisted: '已下架',
}
export const BULK: Record<Merchant['BulkKind'], string> = {
  listing: '批量上架',
  delisting: '批量下架',
  category: '批量改分类',
  price_set: '批量定价',
  price_added: '批量加减价',
  price_scaled: '批量按比例调价',
}
export const PART: Record<Merchant['ProductPart'], string> = {
  title: '名称',
  subtitle: '卖点',
  category: '分类',
  brand: '品牌',
  tags: '标签',
  pictures: '图片',
  detail: '详情文字',
  detail_pictures: '详情图片',
  options: '规格项',
  skus: '规格',
  price: '价格',
  strike: '划线价',
  cost: '成本价',
  sku_picture: '规格图片',
}
export const SESSION: Record<Host['SessionStatus'] | Merchant['RoomStatus'], string> = {
  scheduled: '待开播',
  live: '直播中',
  interrupted: '中断重连',
  ended: '已结束',
  idle: '未排期',
}
export const MOVEMENT: Record<Merchant['MovementKind'], string> = {
  receipt: '入库',
  hold: '下单占用',
  release: '释放',
  commit: '售出',
  return: '退货入库',
  stock_take: '盘点',
  damage: '报损',
}
export const TAKE: Record<Merchant['TakeStatus'], string> = {
  open: '盘点中',
  confirmed: '已确认',
  cancelled: '已取消',
}
export const TAKE_ROWS: Record<Exclude<Merchant['Rows'], 'all'>, string> = {
  uncounted: '还没有盘',
  different: '有差异',
  blocked: '不能确认',
}
/** Why a row of a sheet cannot be counted. */
export const SHEET_PROBLEM: Record<Merchant['SheetProblem'], string> = {
  unknown: '这张盘点单里没有这个规格',
  ambiguous: '有几个规格叫这个名字，请写明规格，或用规格编号',
  odd_number: '实盘数应为 0 或更大的整数',
  twice: '同一个规格写了两行，请只留一行',
}
/** Why a number that was counted was not written down. */
export const COUNT_PROBLEM: Record<Merchant['CountProblem'], string> = {
  not_in_take: '不在这张盘点单里',
  counted_meanwhile: '刚刚有人填了别的数，请核对后再填',
}
export const ROLE: Record<Merchant['Role'], string> = {
  owner: '店主',
  operator: '运营',
  warehouse: '仓库',
  finance: '财务',
  reviewer: '审核',
  moderator: '场控',
  host: '主播',
}
export const ROLE_HELP: Record<Merchant['Role'], string> = {
  owner: '全部权限，包括员工与设置',
  operator: '商品、库存、订单、售后、分销员、直播与报表',
  warehouse: '库存，查看订单并发货',
  finance: '查看订单，处理退款与提现，看报表',
  reviewer: '审核分销员',
  moderator: '进入中控台，管理弹幕与禁言',
  host: '开播，在中控台讲解商品、管理弹幕',
}
export const DEED: Record<Merchant['Deed'], string> = {
  signed_in: '登录后台',
  staff_hired: '添加员工',
  staff_changed: '修改员工',
  staff_linked: '员工关联本人',
  debt_written_off: '欠款核销',
  password_changed: '修改密码',
  settings_changed: '修改设置',
  product_added: '新建商品',
  product_changed: '修改商品',
  product_listed: '上架商品',
  product_delisted: '下架商品',
  products_changed: '批量修改商品',
  products_put_back: '撤销批量修改',
  category_written: '保存分类',
  category_removed: '删除分类',
  stock_received: '入库',
  stock_written_off: '报损',
  stock_taken: '盘点',
  stock_take_begun: '新建盘点单',
  stock_take_confirmed: '确认盘点单',
  stock_take_cancelled: '取消盘点单',
  stock_limit_changed: '修改库存预警值',
  order_accepted: '接单',
  order_address_revealed: '查看完整收货信息',
  parcel_sent: '发货',
  tracking_corrected: '更正快递单号',
  after_sale_approved: '同意售后',
  after_sale_refused: '拒绝售后',
  goods_inspected: '验收退货',
  refund_sent_again: '重新发起退款',
  refund_settlement_asked: '登记线下退款',
  refund_settled_by_hand: '确认线下退款',
  affiliate_decided: '审核分销员',
  affiliate_promoted: '调整分销员等级',
  tier_written: '修改分销等级',
  tier_removed: '删除分销等级',
  plan_changed: '修改佣金方案',
  withdrawal_approved: '批准提现',
  withdrawal_refused: '拒绝提现',
  room_opened: '新建直播间',
  room_changed: '修改直播间',
  session_scheduled: '安排直播',
  push_key_issued: '获取推流地址',
  session_ended: '结束直播',
  product_pinned: '讲解商品',
  product_unpinned: '结束讲解',
  shelf_arranged: '调整直播商品',
  message_retracted: '撤回弹幕',
  message_approved: '放行弹幕',
  message_refused: '不予放行弹幕',
  person_muted: '禁言',
  person_unmuted: '解除禁言',
  job_run_again: '重新执行任务',
  job_dropped: '放弃任务',
}
/** What a job does, by the name it is queued under. */
export const JOB: Record<string, string> = {
  send_refund: '向微信支付发起退款',
  transfer_withdrawal: '向分销员转账',
  subscribe_shipment: '订阅物流轨迹',
  keep_wechat_avatar: '保存微信头像',
  tell_rooms_of_sku: '把库存变化告诉直播间',
  tell_rooms_of_product: '把商品变化告诉直播间',
}
/** The first half of an audit's `subject`, as `order:<id>`. */
export const SUBJECT: Record<string, string> = {
  order: '订单',
  product: '商品',
  bulk_change: '批量修改',
  category: '分类',
  stock: '库存',
  sku: '规格',
  after_sale: '售后',
  refund: '退款',
  affiliate: '分销员',
  withdrawal: '提现',
  room: '直播间',
  session: '场次',
  staff: '员工',
  settings: '设置',
  tier: '分销等级',
  plan: '佣金方案',
  job: '后台任务',
}
/** What is written down of a deed, or handed to a job, by its name there. */
export const FACT: Record<string, string> = {
  reason: '原因',
  job: '任务',
  error: '失败原因',
  version: '版本',
  role: '角色',
  login: '账号',
  is_active: '在用',
  new_password: '重设密码',
  is_own: '本人的账号',
  before: '原为',
  after: '改为',
  was: '原单号',
  is: '改为',
  sent_as: '新退款单号',
  provider: '支付渠道',
  out_refund_no: '退款单号',
  tier: '等级',
  rate_bp: '单独比例',
  amount_fen: '金额',
  approvals: '第几人同意',
  is_restocked: '退回库存',
  order_id: '订单',
  withdrawal_id: '提现',
  shipment_id: '包裹',
  sku_id: '规格',
  product_id: '商品',
  product: '商品',
  products: '商品数',
  kind: '方式',
  person: '用户',
  person_id: '用户',
  url: '网址',
  message: '弹幕',
  carrier: '快递公司',
  tracking_no: '单号',
  note: '备注',
  number: '单号',
  skus: '规格数',
  different: '有差异的规格数',
  name: '名称',
}
