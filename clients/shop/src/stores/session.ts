/** Who is signed in. The token lives in the device's storage. */
import { reactive } from 'vue'
import type { BuyerShapes } from '@bofen/api'

type Me = BuyerShapes['schemas']['Me']
const KEY = 'bofen.token'

export const session = reactive<{ token: string | null; me: Me | null }>({
  token: (uni.getStorageSync(KEY) as string) || null,
  me: null,
})

export const token = () => session.token

export function signedIn(given: { token: string; person: Me }): void {
  session.token = given.token
  session.me = given.person
  uni.setStorageSync(KEY, given.token)
}

export function signedOut(): void {
  session.token = null
  session.me = null
  uni.removeStorageSync(KEY)
}

const THEN = 'bofen.then'

/**
 * Goes on only when somebody is signed in; otherwise shows the sign-in page, which comes back here,
 * and goes on to the page `then` if there is one.
 */
export function mustSignIn(then = ''): boolean {
  if (session.token) return true
  uni.setStorageSync(THEN, then)
  uni.navigateTo({ url: '/pages/sign-in/index' })
  return false
}

/** The page that was asked for before signing in, once. */
export function takeThen(): string {
  const then = uni.getStorageSync(THEN) as string
  uni.removeStorageSync(THEN)
  return then
}
