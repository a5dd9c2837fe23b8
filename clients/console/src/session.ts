/** Who is signed in, and what this person may do. Kept until the window closes. */
import { reactive } from 'vue'
import type { MerchantShapes } from '@bofen/api'

type Staff = MerchantShapes['schemas']['StaffOut']
const KEY = 'bofen.staff'

export const session = reactive<{ token: string | null; staff: Staff | null }>({
  token: sessionStorage.getItem(KEY),
  staff: null,
})

export function signedIn(token: string, staff: Staff): void {
  session.token = token
  session.staff = staff
  sessionStorage.setItem(KEY, token)
}

export function signedOut(): void {
  session.token = null
  session.staff = null
  sessionStorage.removeItem(KEY)
}

export function may(permission: string): boolean {
  return session.staff?.permissions.includes(permission) ?? false
}
