/** What only WeChat can do: sign in, pay, confirm a transfer. On H5 the same over the page's address. */
import { buyer, type Buyer } from './index'
import { signedIn } from '@/stores/session'
import { tellShare } from '@/stores/share'

const RETURN = 'bofen.return'

/** Signs in by WeChat: at once in the mini program; on H5 by way of WeChat's authorize page. */
export async function signInByWeChat(): Promise<boolean> {
  let isDone = false
  // #ifdef H5
  const page = await buyer.get('/sessions/wechat-h5', { query: { return_to: '/' } })
  uni.setStorageSync(RETURN, previousPage())
  window.location.href = page.url
  // #endif
  // #ifdef MP-WEIXIN
  const { code } = await uni.login()
  signedIn(await buyer.post('/sessions', { body: { kind: 'wechat', code } }))
  isDone = true
  // #endif
  return isDone
}

/** The hash of the page below the sign-in page, to come back to. */
function previousPage(): string {
  const pages = getCurrentPages()
  return pages.length > 1 ? `#${pages[pages.length - 2]?.$page?.fullPath ?? '/'}` : '#/'
}

// #ifdef H5
/** Ends what `signInByWeChat` began, when the authorize page has sent us back; true: the page is loaded anew. */
export async function finishSignIn(): Promise<boolean> {
  const asked = new URLSearchParams(window.location.search)
  const [code, state] = [asked.get('code'), asked.get('state')]
  if (!code || !state) return false
  const hash = (uni.getStorageSync(RETURN) as string) || '#/'
  try {
    signedIn(await buyer.post('/sessions', { body: { kind: 'wechat_h5', code, state } }))
    await tellShare(true)
  } finally {
    window.location.replace(`${window.location.pathname}${hash}`)
  }
  return true
}
// #endif

/** Shows WeChat's cashier. Against the sandbox, H5 pays at the address that the sandbox gave. */
export async function payByWeChat(sheet: Buyer['PaySheetOut']): Promise<void> {
  if (sheet.sandbox_pay_url) {
    await askSandbox(sheet.sandbox_pay_url, { pay_sheet: sheet.pay_sheet })
    return
  }
  const {
    timeStamp,
    nonceStr,
    package: prepaid,
    signType,
    paySign,
    appId,
  } = sheet.pay_sheet as Record<string, string>
  let paid: Promise<unknown> = Promise.reject(new Error('请在微信中打开'))
  // #ifdef H5
  const bridge = window.WeixinJSBridge
  if (bridge) {
    paid.catch(() => {})
    paid = new Promise<void>((resolve, reject) =>
      bridge.invoke(
        'getBrandWCPayRequest',
        { appId, timeStamp, nonceStr, package: prepaid, signType, paySign },
        (answer) => (answer.err_msg.endsWith(':ok') ? resolve() : reject(new Error(answer.err_msg))),
      ),
    )
  }
  // #endif
  // #ifdef MP-WEIXIN
  paid.catch(() => {})
  paid = uni.requestPayment({
    provider: 'wxpay',
    timeStamp,
    nonceStr,
    package: prepaid,
    signType: signType as 'RSA',
    paySign,
    orderInfo: {},
  } as never)
  // #endif
  await paid
}

export function askSandbox(url: string, data: object): Promise<void> {
  return new Promise((resolve, reject) => {
    uni.request({
      url,
      method: 'POST',
      data,
      success: (answer) => (answer.statusCode < 400 ? resolve() : reject(new Error('sandbox refused'))),
      fail: reject,
    })
  })
}
