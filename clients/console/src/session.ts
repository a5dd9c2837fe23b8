/** Who is signed in, and what this person may do: the same in every tab of this browser. */
import { reactive } from 'vue'
import type { MerchantShapes } from '@bofen/api'

type Staff = MerchantShapes['schemas']['StaffOut']
export type Permission = MerchantShapes['schemas']['Permission']
const KEY = 'bofen.staff'

export const session = reactive<{
  token: string | null
  staff: Staff | null
  /** Why nobody is signed in any more, for the sign-in page to say; '' when he left by himself. */
  why: string
}>({
  token: localStorage.getItem(KEY),
  staff: null,
  why: '',
})

export function signedIn(token: string, staff: Staff): void {
  session.token = token
  session.staff = staff
  session.why = ''
  localStorage.setItem(KEY, token)
}

export function signedOut(why = ''): void {
  session.why = why
  session.token = null
  session.staff = null
  localStorage.removeItem(KEY)
}

/** Another tab has signed in or out: this one follows. */
window.addEventListener('storage', ({ key, newValue }) => {
  if (key === KEY && newValue !== session.token) [session.token, session.staff] = [newValue, null]
})

export function may(permission: Permission): boolean {
  return session.staff?.permissions.includes(permission) ?? false
}
