/** What is wrong with a form: said at its fields once somebody has tried to send it, never by a pale button. */
import { computed, ref } from 'vue'
import { isTrackingNo } from '@bofen/api'

export type Problems<F extends string> = Partial<Record<F, string>>

/** `check` answers whether the form may be sent, and shows from then on what is still wrong. */
export function useProblems<F extends string>(find: () => Problems<F>) {
  const isAsked = ref(false)
  const problems = computed<Problems<F>>(() => (isAsked.value ? find() : {}))
  function check(): boolean {
    isAsked.value = true
    return !Object.values(find()).some(Boolean)
  }
  const forget = (): void => {
    isAsked.value = false
  }
  return { problems, check, forget }
}

export interface TextLimits {
  readonly minLength?: number
  readonly maxLength?: number
}

/** Why this text will not be taken, by the limits of the server; "" when it will. */
export function textProblem(name: string, text: string, { minLength = 0, maxLength }: TextLimits): string {
  const length = [...text.trim()].length
  if (minLength && !length) return `请填写${name}`
  if (length < minLength) return `${name}至少 ${minLength} 个字`
  if (maxLength !== undefined && length > maxLength) return `${name}最多 ${maxLength} 个字`
  return ''
}

export const trackingNoProblem = (typed: string): string =>
  isTrackingNo(typed) ? '' : '请填写快递单号：6–32 位字母或数字'
