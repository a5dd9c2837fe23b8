/** The part of WeChat's `wx` that our shop touches, over the browser's own means. */

type Asked = Record<string, any> | undefined
interface Travel {
  push(url: string): void
  replace(url: string): void
  clear(url: string): void
  back(steps: number): void
}

/** Names that were asked for and are not here: a test wants none. */
export const missing = new Set<string>()
export const toasts: string[] = []

const stored = new Map<string, unknown>()

function done(asked: Asked, result: object = {}): void {
  const answer = { errMsg: 'ok', ...result }
  asked?.success?.(answer)
  asked?.complete?.(answer)
}
function failed(asked: Asked, why: string): void {
  asked?.fail?.({ errMsg: why })
  asked?.complete?.({ errMsg: why })
}

function request(asked: any) {
  const method = asked.method ?? 'GET'
  const body = method === 'GET' || asked.data === undefined ? undefined : JSON.stringify(asked.data)
  const read = async (answer: Response) => {
    const text = await answer.text()
    let data: unknown = text
    try {
      data = JSON.parse(text)
    } catch {
      // An answer that is no JSON stays text, as in WeChat.
    }
    done(asked, { statusCode: answer.status, data, header: Object.fromEntries(answer.headers) })
  }
  const headers = { 'content-type': 'application/json', ...asked.header }
  fetch(asked.url, { method, headers, body })
    .then(read)
    .catch((error) => failed(asked, `request:fail ${error.message}`))
  return { abort() {}, onHeadersReceived() {}, offHeadersReceived() {} }
}

function connectSocket(asked: any) {
  const socket = new WebSocket(asked.url)
  done(asked)
  return {
    send(message: any) {
      socket.send(message.data)
      done(message)
    },
    close(given: any) {
      socket.close(given?.code, given?.reason)
      done(given)
    },
    onOpen: (hear: any) => (socket.onopen = () => hear({})),
    onMessage: (hear: any) => (socket.onmessage = (message) => hear({ data: message.data })),
    onClose: (hear: any) => (socket.onclose = (end) => hear({ code: end.code })),
    onError: (hear: any) => (socket.onerror = () => hear({ errMsg: 'error' })),
  }
}

function showToast(asked: any): void {
  toasts.push(asked.title)
  const shown = Object.assign(document.createElement('div'), {
    className: 'mp-toast',
    textContent: asked.title,
  })
  document.body.appendChild(shown)
  setTimeout(() => shown.remove(), asked.duration ?? 1500)
  done(asked)
}

const windowInfo = () => ({
  windowWidth: innerWidth,
  windowHeight: innerHeight,
  screenWidth: innerWidth,
  screenHeight: innerHeight,
  screenTop: 0,
  pixelRatio: devicePixelRatio,
  statusBarHeight: 20,
  safeArea: {
    top: 20,
    left: 0,
    right: innerWidth,
    bottom: innerHeight,
    width: innerWidth,
    height: innerHeight - 20,
  },
})
const deviceInfo = () => ({ platform: 'devtools', brand: 'devtools', model: 'glass-easel', system: 'iOS 17' })
const baseInfo = () => ({
  SDKVersion: '3.8.0',
  language: 'zh_CN',
  version: '8.0.50',
  theme: 'light',
  host: { env: 'WeChat' },
})
const launch = () => ({ path: '', query: {}, scene: 1001 })

function plain(person: string): Record<string, unknown> {
  return {
    request,
    connectSocket,
    showToast,
    login: (asked: Asked) => done(asked, { code: `code-${person}.${crypto.randomUUID()}` }),
    showModal: (asked: Asked) => done(asked, { confirm: true, cancel: false }),
    getWindowInfo: windowInfo,
    getDeviceInfo: deviceInfo,
    getAppBaseInfo: baseInfo,
    getSystemInfoSync: () => ({ ...windowInfo(), ...deviceInfo(), ...baseInfo() }),
    getLaunchOptionsSync: launch,
    getEnterOptionsSync: launch,
    getMenuButtonBoundingClientRect: () => ({
      ...{ top: 24, bottom: 56, width: 87, height: 32 },
      left: innerWidth - 97,
      right: innerWidth - 10,
    }),
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
    setStorage(asked: any) {
      stored.set(asked.key, asked.data)
      done(asked)
    },
    removeStorageSync: (key: string) => void stored.delete(key),
    nextTick: (work: () => void) => Promise.resolve().then(work),
    canIUse: () => true,
    createSelectorQuery: () => ({ in: (component: any) => component.createSelectorQuery() }),
    createIntersectionObserver: (component: any, given: any) => component.createIntersectionObserver(given),
    createLivePlayerContext: () => ({ play: done, stop: done, mute: done, pause: done, resume: done }),
  }
}

const QUIET = ['stopPullDownRefresh', 'setNavigationBarTitle', 'setClipboardData', 'preloadAssets']
const HEARD = ['onAppShow', 'onAppHide', 'onError', 'onUnhandledRejection', 'onPageNotFound', 'onThemeChange']

export function makeWx(person: string, travel: Travel): Record<string, unknown> {
  const go = (how: 'push' | 'replace' | 'clear') => (asked: any) => {
    try {
      travel[how](asked.url)
      done(asked)
    } catch (error) {
      failed(asked, String(error))
      throw error
    }
  }
  const known: Record<string, unknown> = {
    ...plain(person),
    ...Object.fromEntries(QUIET.map((name) => [name, done])),
    ...Object.fromEntries(HEARD.map((name) => [name, () => {}])),
    navigateTo: go('push'),
    redirectTo: go('replace'),
    reLaunch: go('clear'),
    switchTab: go('clear'),
    navigateBack(asked: any) {
      travel.back(asked?.delta ?? 1)
      done(asked)
    },
  }
  return new Proxy(known, {
    get(have, name) {
      if (typeof name === 'string' && !(name in have)) missing.add(name)
      return have[name as string]
    },
  })
}
