interface ImportMeta {
  readonly env: { readonly VITE_BOFEN_URL?: string }
}
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
/** What uni-app adds to a page and its types lack. */
declare namespace Page {
  interface PageInstanceBaseProps {
    readonly $page?: { readonly fullPath?: string }
  }
}
/** What WeChat's browser adds to a page. */
interface Window {
  readonly WeixinJSBridge?: {
    invoke(name: string, given: object, done: (answer: { err_msg: string }) => void): void
  }
}
/** What WeChat has and uni-app's types lack. */
declare const wx: {
  requestMerchantTransfer(asked: {
    package: string
    success: (answer: unknown) => void
    fail: (error: unknown) => void
  }): void
}
