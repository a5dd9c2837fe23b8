/** Runs a compiled mini program in a browser, on WeChat's own component framework. */
import { MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import * as glassEasel from 'glass-easel'
import { giveEventsOwnFields, obeyAttributes, passEvents } from './events'
import { Loader, type Bundle } from './modules'
import { makeWx, missing, toasts } from './wx'

const bundle = (window as any).__MP__ as Bundle
const person = new URLSearchParams(location.search).get('person') ?? 'nobody'
const environment = new MiniProgramEnv()
const space = environment.createCodeSpace('', true)
space.getComponentSpace().updateComponentOptions({ useMethodCallerListeners: true, writeIdToDOM: true })
const backend = new glassEasel.CurrentWindowBackendContext()
const roots = environment.associateBackend(backend)
const loader = new Loader(bundle, space)
const screen = document.body.appendChild(document.createElement('div'))

interface Opened {
  root: ReturnType<typeof roots.createRoot>
  page: any
  holder: HTMLElement
}
const pages: Opened[] = []
let app: any = {}

function call(page: any, component: any, name: string, given?: unknown): void {
  const method = page[name] ?? component._$methodMap?.[name]
  method?.call(page, given)
}

function addBars(holder: HTMLElement, route: string): void {
  const config = { ...bundle.app.window, ...bundle.configs[route] }
  if (config.navigationStyle !== 'custom') {
    const bar = document.createElement('div')
    bar.className = 'mp-nav'
    bar.textContent = config.navigationBarTitleText
    holder.prepend(bar)
  }
  const tabs: { pagePath: string; text: string }[] = bundle.app.tabBar?.list ?? []
  if (!tabs.some((tab) => tab.pagePath === route)) return
  const bar = document.createElement('div')
  bar.className = 'mp-tab'
  for (const tab of tabs) {
    const item = bar.appendChild(document.createElement('div'))
    item.textContent = tab.text
    item.onclick = () => travel.clear(`/${tab.pagePath}`)
  }
  holder.append(bar)
}

function open(url: string): void {
  const [route = '', asked = ''] = url.replace(/^\//, '').split('?')
  const query = Object.fromEntries(new URLSearchParams(asked))
  loader.define(route)
  const holder = screen.appendChild(document.createElement('div'))
  holder.className = 'wx-page'
  holder.dataset.route = route
  const place = holder.appendChild(document.createElement('div'))
  addBars(holder, route)
  const root = roots.createRoot('page', space, route)
  const page: any = root.get()
  Object.assign(page, { route, options: query, __route__: route })
  const below = pages.at(-1)
  below?.holder.classList.add('wx-hidden')
  if (below) call(below.page, below.root.getComponent(), 'onHide')
  pages.push({ root, page, holder })
  root.attach(holder as never, place as never)
  const component: any = root.getComponent()
  call(page, component, 'onLoad', query)
  component.triggerPageLifetime?.('show', [])
  call(page, component, 'onShow')
  call(page, component, 'onReady')
}

function close(): void {
  const { root, page, holder } = pages.pop()!
  call(page, root.getComponent(), 'onUnload')
  root.release()
  holder.remove()
}

const travel = {
  push: open,
  replace(url: string) {
    close()
    open(url)
  },
  clear(url: string) {
    while (pages.length) close()
    open(url)
  },
  back(steps: number) {
    while (steps-- > 0 && pages.length > 1) close()
    const top = pages.at(-1)!
    top.holder.classList.remove('wx-hidden')
    call(top.page, top.root.getComponent(), 'onShow')
  },
}

passEvents(backend)
giveEventsOwnFields()
obeyAttributes()
Object.assign(window, {
  wx: makeWx(person, travel),
  global: window,
  App: (definition: any) => (app = definition),
  getApp: () => app,
  getCurrentPages: () => pages.map(({ page }) => page),
  ...loader.globals(),
  mp: { missing, toasts, travel },
})
loader.load('app.js')
const launch = { path: bundle.app.pages[0], query: {}, scene: 1001 }
app.onLaunch?.(launch)
app.onShow?.(launch)
open(location.hash.slice(1) || bundle.app.pages[0])
