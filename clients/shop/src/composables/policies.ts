/** The texts that a buyer agrees to, and the way to them. */
import type { Buyer } from '@/api'

export const POLICIES: [policy: Buyer['Policy'], title: string][] = [
  ['user_agreement', '用户协议'],
  ['privacy_policy', '隐私政策'],
]

export function readPolicy(policy: Buyer['Policy']): void {
  uni.navigateTo({ url: `/pages/policy/index?name=${policy}` })
}
