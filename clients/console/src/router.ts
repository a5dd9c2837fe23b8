/** The console's pages: this one list makes the addresses, the menu, the titles and the doors. */
import type { Component } from 'vue'
import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import {
  AppIcon,
  CartIcon,
  ChartBarIcon,
  DashboardIcon,
  ErrorCircleIcon,
  FactCheckIcon,
  FileIcon,
  GiftIcon,
  HistoryIcon,
  MoneyIcon,
  RollbackIcon,
  SettingIcon,
  ShopIcon,
  StoreIcon,
  TaskIcon,
  TrendingUpIcon,
  UsergroupIcon,
  UserTalkIcon,
  VideoIcon,
} from 'tdesign-icons-vue-next'
import { merchant, sentenceOf } from './api'
import { may, session, type Permission } from './session'

declare module 'vue-router' {
  interface RouteMeta {
    title?: string
    /** In the menu, in the order of `pages`. */
    icon?: Component
    /** Who lacks it is shown "no permission"; the server decides all the same. */
    permission?: Permission
  }
}

export const pages: RouteRecordRaw[] = [
  { path: '', component: () => import('./views/overview.vue'), meta: { title: '概览', icon: DashboardIcon } },
  {
    path: 'rooms',
    component: () => import('./views/live/rooms.vue'),
    meta: { title: '直播间', icon: VideoIcon, permission: 'rooms_read' },
  },
  {
    path: 'rooms/:id',
    component: () => import('./views/live/control/index.vue'),
    meta: { title: '中控台', permission: 'rooms_read' },
  },
  {
    path: 'products',
    component: () => import('./views/products/list.vue'),
    meta: { title: '商品', icon: ShopIcon, permission: 'products_write' },
  },
  {
    path: 'products/:id',
    component: () => import('./views/products/editor/index.vue'),
    meta: { title: '编辑商品', permission: 'products_write' },
  },
  {
    path: 'bulk-changes',
    component: () => import('./views/products/bulk/list.vue'),
    meta: { title: '批量修改记录', permission: 'products_write' },
  },
  {
    path: 'bulk-changes/new',
    component: () => import('./views/products/bulk/new.vue'),
    meta: { title: '批量修改', permission: 'products_write' },
  },
  {
    path: 'bulk-changes/:id',
    component: () => import('./views/products/bulk/result.vue'),
    meta: { title: '批量修改结果', permission: 'products_write' },
  },
  {
    path: 'categories',
    component: () => import('./views/products/categories.vue'),
    meta: { title: '分类', icon: AppIcon, permission: 'products_write' },
  },
  {
    path: 'stock',
    component: () => import('./views/stock/list.vue'),
    meta: { title: '库存', icon: StoreIcon, permission: 'stock_write' },
  },
  {
    path: 'stock-journal',
    component: () => import('./views/stock/journal.vue'),
    meta: { title: '库存流水', icon: HistoryIcon, permission: 'stock_write' },
  },
  {
    path: 'stock-takes',
    component: () => import('./views/stock/takes.vue'),
    meta: { title: '盘点', icon: FactCheckIcon, permission: 'stock_write' },
  },
  {
    path: 'stock-turnover',
    component: () => import('./views/stock/turnover.vue'),
    meta: { title: '补货', icon: TrendingUpIcon, permission: 'stock_write' },
  },
  {
    path: 'stock-takes/:id',
    component: () => import('./views/stock/take/index.vue'),
    meta: { title: '盘点单', permission: 'stock_write' },
  },
  {
    path: 'orders',
    component: () => import('./views/orders/list.vue'),
    meta: { title: '订单', icon: CartIcon, permission: 'orders_read' },
  },
  {
    path: 'orders/:id',
    component: () => import('./views/orders/detail.vue'),
    meta: { title: '订单详情', permission: 'orders_read' },
  },
  {
    path: 'after-sales',
    component: () => import('./views/orders/after-sales.vue'),
    meta: { title: '售后', icon: RollbackIcon, permission: 'orders_refund' },
  },
  {
    path: 'refunds',
    component: () => import('./views/orders/refunds.vue'),
    meta: { title: '退款异常', icon: ErrorCircleIcon, permission: 'orders_refund' },
  },
  {
    path: 'affiliates',
    component: () => import('./views/people/affiliates.vue'),
    meta: { title: '分销员', icon: UserTalkIcon, permission: 'affiliates_review' },
  },
  {
    path: 'plan',
    component: () => import('./views/people/plan/index.vue'),
    meta: { title: '佣金方案', icon: GiftIcon, permission: 'affiliates_review' },
  },
  {
    path: 'withdrawals',
    component: () => import('./views/people/withdrawals.vue'),
    meta: { title: '提现', icon: MoneyIcon, permission: 'withdrawals_approve' },
  },
  {
    path: 'reports',
    component: () => import('./views/reports/index.vue'),
    meta: { title: '报表', icon: ChartBarIcon, permission: 'reports_read' },
  },
  {
    path: 'staff',
    component: () => import('./views/people/staff.vue'),
    meta: { title: '员工', icon: UsergroupIcon, permission: 'staff_manage' },
  },
  {
    path: 'audit',
    component: () => import('./views/settings/audit.vue'),
    meta: { title: '操作记录', icon: FileIcon, permission: 'settings_write' },
  },
  {
    path: 'jobs',
    component: () => import('./views/settings/jobs.vue'),
    meta: { title: '后台任务', icon: TaskIcon, permission: 'settings_write' },
  },
  {
    path: 'settings',
    component: () => import('./views/settings/index.vue'),
    meta: { title: '设置', icon: SettingIcon, permission: 'settings_write' },
  },
]
const doors: RouteRecordRaw[] = [
  {
    path: 'no-permission',
    component: () => import('./views/no-permission.vue'),
    meta: { title: '没有权限' },
  },
  { path: ':rest(.*)', component: () => import('./views/not-found.vue'), meta: { title: '没有这个页面' } },
]

export const router = createRouter({
  history: createWebHashHistory('/console/'),
  routes: [
    { path: '/sign-in', component: () => import('./views/sign-in.vue'), meta: { title: '登录' } },
    { path: '/', component: () => import('./layouts/shell.vue'), children: [...pages, ...doors] },
  ],
})

router.beforeEach(async (to) => {
  if (to.path === '/sign-in') return true
  if (session.token && !session.staff)
    session.staff = await merchant.get('/me').catch((failed) => ((session.why = sentenceOf(failed)), null))
  if (!session.staff) return { path: '/sign-in', query: { to: to.fullPath } }
  const { permission } = to.meta
  if (permission && !may(permission))
    return { path: '/no-permission', query: { to: to.fullPath }, replace: true }
  return true
})
router.afterEach((to) => {
  document.title = `${to.meta.title ?? '播分'} · 播分商家后台`
})
