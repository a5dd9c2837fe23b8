/** What each setting is called, in what unit it is shown, and what a change of it does and from when. */
import type { Merchant } from '@/api'

export type Key = Exclude<keyof Merchant['SettingsOut'], 'in_force'>

interface SettingField {
  name: string
  /** "¥": fen, shown and typed in yuan; "": text; "switch": yes or no; any other: a whole number of it. */
  unit: string
  help?: string
  isLong?: boolean
  /** The page of the shop that shows what is in force. */
  shownAt?: string
}
export interface SettingGroup {
  key: Key
  title: string
  /** From when a change counts. */
  counts: string
  fields: Record<string, SettingField>
}
/** The compiler asks for a name of every field that the server keeps, and of no other. */
type GroupOf<K extends Key> = Omit<SettingGroup, 'key' | 'fields'> & {
  key: K
  fields: Record<keyof Merchant[Capitalize<K>], SettingField>
}

const shop: GroupOf<'shop'> = {
  key: 'shop',
  title: '店铺信息',
  counts: '保存后，商城、海报和退货说明马上用新的内容。',
  fields: {
    name: { name: '店铺名称', unit: '', help: '显示在商城、海报和通知里' },
    company: { name: '公司名称', unit: '', help: '与营业执照一致，公示在商城' },
    licence_no: { name: '统一社会信用代码', unit: '', help: '依《电子商务法》第十五条公示在商城' },
    service_phone: { name: '客服电话', unit: '', help: '买家在订单页可以看到' },
    notice: {
      name: '店铺公告',
      unit: '',
      help: '如：春节期间 2 月 8 日起恢复发货；留空不显示',
      isLong: true,
    },
    return_name: { name: '退货收件人', unit: '' },
    return_phone: { name: '退货电话', unit: '' },
    return_address: {
      name: '退货地址',
      unit: '',
      help: '写完整的省市区和街道，同意退货后告诉买家',
      isLong: true,
    },
  },
}
const trade: GroupOf<'trade'> = {
  key: 'trade',
  title: '交易规则',
  counts: '只影响之后提交的订单，已有订单按下单时的规则。',
  fields: {
    pay_within_min: { name: '付款时限', unit: '分钟', help: '超时未付款自动取消，库存放回' },
    confirm_after_shipped_days: { name: '发货后自动收货', unit: '天', help: '从最后一个包裹发出算起' },
    confirm_after_signed_days: { name: '签收后自动收货', unit: '天', help: '不能比「发货后自动收货」长' },
    after_sale_days: { name: '售后期', unit: '天', help: '从收货次日算起；法律规定不少于 7 天' },
    freight_fen: { name: '运费', unit: '¥' },
    freight_free_from_fen: { name: '满额包邮', unit: '¥', help: '优惠后的商品金额达到即包邮；0 为全部包邮' },
    low_stock_below: { name: '库存预警', unit: '件', help: '可售少于这个数时提醒；只用于新建的规格' },
    is_sold_out_hidden: {
      name: '售罄商品自动隐藏',
      unit: 'switch',
      help: '卖完的商品不再出现在商城的列表和搜索里，补货后自动回来；链接一直能打开，显示已售罄。保存后马上生效',
    },
    open_orders_max: { name: '待付款订单上限', unit: '单', help: '同一位买家最多同时占用这么多未付款订单' },
    traces_kept_days: { name: '物流轨迹保存', unit: '天', help: '从签收算起；满期后只留最后一条' },
  },
}
const live: GroupOf<'live'> = {
  key: 'live',
  title: '直播互动',
  counts:
    '保存后马上生效，正在进行的直播也一样。直播录像存在直播服务器的本机磁盘，不会上传到对象存储，请由技术人员另行备份。',
  fields: {
    grace_s: { name: '断流等待', unit: '秒', help: '主播断开后等这么久，仍未恢复就结束这一场' },
    likes_a_second_max: { name: '点赞上限', unit: '次/秒', help: '每位观众每秒最多计这么多' },
    messages_in_ten_s_max: { name: '弹幕上限', unit: '条/10 秒', help: '每位观众在所有直播间合计' },
    messages_kept_days: { name: '弹幕保存', unit: '天', help: '满期的弹幕会自动删除；法规要求至少三年' },
  },
}
const binding: GroupOf<'binding'> = {
  key: 'binding',
  title: '客户绑定',
  counts: '只影响之后的绑定和分享，已有绑定保留当时的天数。',
  fields: {
    binding_days: { name: '绑定有效期', unit: '天', help: '期内买家下单，佣金归绑定的分销员' },
    protection_days: { name: '保护期', unit: '天', help: '期内别人的链接不能抢走客户；不能比有效期长' },
    share_days: { name: '分享链接有效期', unit: '天', help: '打开链接后这么久内下单，优先算给分享的人' },
    clicks_kept_days: { name: '点击记录保存', unit: '天', help: '谁点开过推广链接；点击次数永久保留' },
  },
}
const payout: GroupOf<'payout'> = {
  key: 'payout',
  title: '结算与提现',
  counts: '结算等待天数按确认收货时的设置；提现规则保存后马上生效。',
  fields: {
    holding_days: { name: '结算等待', unit: '天', help: '买家确认收货后等这么久，佣金才可以提现' },
    withdrawal_min_fen: { name: '最低提现', unit: '¥' },
    automatic_max_fen: { name: '自动提现上限', unit: '¥', help: '不超过这个金额自动转账，超过要人工审批' },
  },
}

const policies: GroupOf<'policies'> = {
  key: 'policies',
  title: '用户协议与隐私政策',
  counts: '保存后，登录页和「我的」里马上显示新的内容；法律要求变更前公示的，请先在店铺公告里说明。',
  fields: {
    user_agreement: {
      name: '用户协议',
      unit: '',
      help: '留空用系统自带的文本，里面的店名、电话和天数跟着设置走；要改就从商城的页面复制过来改',
      isLong: true,
      shownAt: '/#/pages/policy/index?name=user_agreement',
    },
    privacy_policy: {
      name: '隐私政策',
      unit: '',
      help: '同上；写明保存哪些信息、为什么、多久，以及怎样查看和删除',
      isLong: true,
      shownAt: '/#/pages/policy/index?name=privacy_policy',
    },
  },
}

export const TABS: { key: string; title: string; groups: SettingGroup[] }[] = [
  { key: 'shop', title: '店铺', groups: [shop] },
  { key: 'trade', title: '交易', groups: [trade] },
  { key: 'live', title: '直播', groups: [live] },
  { key: 'affiliate', title: '分销', groups: [binding, payout] },
  { key: 'policies', title: '协议', groups: [policies] },
]
