import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import { merchant } from './api'
import { session, signedOut } from './session'

/** `permission` hides the page from staff who may not use it; the server decides all the same. */
const pages: RouteRecordRaw[] = [
  { path: '', component: () => import('./views/overview.vue'), meta: { title: '概览' } },
  {
    path: 'products',
    component: () => import('./views/products/list.vue'),
    meta: { title: '商品', permission: 'products_write' },
  },
  {
    path: 'products/:id',
    component: () => import('./views/products/editor.vue'),
    meta: { permission: 'products_write' },
  },
  {
    path: 'categories',
    component: () => import('./views/products/categories.vue'),
    meta: { title: '分类', permission: 'products_write' },
  },
  {
    path: 'stock',
    component: () => import('./views/stock/list.vue'),
    meta: { title: '库存', permission: 'stock_write' },
  },
  {
    path: 'orders',
    component: () => import('./views/orders/list.vue'),
    meta: { title: '订单', permission: 'orders_read' },
  },
  {
    path: 'orders/:id',
    component: () => import('./views/orders/detail.vue'),
    meta: { permission: 'orders_read' },
  },
  {
    path: 'after-sales',
    component: () => import('./views/orders/after-sales.vue'),
    meta: { title: '售后', permission: 'orders_refund' },
  },
  {
    path: 'rooms',
    component: () => import('./views/live/rooms.vue'),
    meta: { title: '直播间', permission: 'rooms_host' },
  },
  {
    path: 'rooms/:id',
    component: () => import('./views/live/control.vue'),
    meta: { permission: 'rooms_host' },
  },
  {
    path: 'affiliates',
    component: () => import('./views/people/affiliates.vue'),
    meta: { title: '分销员', permission: 'affiliates_review' },
  },
  {
    path: 'withdrawals',
    component: () => import('./views/people/withdrawals.vue'),
    meta: { title: '提现', permission: 'withdrawals_approve' },
  },
  {
    path: 'reports',
    component: () => import('./views/reports/index.vue'),
    meta: { title: '报表', permission: 'reports_read' },
  },
  {
    path: 'staff',
    component: () => import('./views/people/staff.vue'),
    meta: { title: '员工', permission: 'staff_manage' },
  },
]

export const router = createRouter({
  history: createWebHashHistory('/console/'),
  routes: [
    { path: '/sign-in', component: () => import('./views/sign-in.vue') },
    { path: '/', component: () => import('./layouts/shell.vue'), children: pages },
    { path: '/:rest(.*)', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  if (to.path === '/sign-in') return true
  if (session.token && !session.staff)
    session.staff = await merchant.get('/me').catch(() => (signedOut(), null))
  return session.staff ? true : { path: '/sign-in', query: { to: to.fullPath } }
})
