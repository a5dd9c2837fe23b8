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
/** What WeChat has and uni-app's types lack. */
declare const wx: {
  requestMerchantTransfer(asked: {
    package: string
    success: (answer: unknown) => void
    fail: (error: unknown) => void
  }): void
}
