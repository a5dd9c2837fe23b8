/** A phone and the code that was sent to it: typed as people type, and taken as the server takes them. */
import { computed, ref } from 'vue'
import { isPhone, plainDigits, plainPhone } from '@bofen/api'
import { useCountdown } from './clock'
import { useProblems } from './problems'

export const phoneProblem = (typed: string): string => (isPhone(typed) ? '' : '请填写 11 位手机号')
const codeProblem = (typed: string): string =>
  /^\d{6}$/.test(plainDigits(typed)) ? '' : '请填写短信里的 6 位验证码'

type Act = (work: () => Promise<unknown>, done?: string) => Promise<boolean>

/** `send` asks the server for a code. `wait` counts the seconds until the next may be asked for. */
export function usePhoneCode(act: Act, send: (phone: string) => Promise<{ retry_after_s: number }>) {
  const [phone, code] = [ref(''), ref('')]
  const { left: wait, restart } = useCountdown()
  const number = useProblems(() => ({ phone: phoneProblem(phone.value) }))
  const both = useProblems(() => ({ phone: phoneProblem(phone.value), code: codeProblem(code.value) }))
  const problems = computed(() => ({ ...number.problems.value, ...both.problems.value }))

  const sendCode = async () => {
    if (wait.value > 0 || !number.check()) return
    await act(async () => restart((await send(plainPhone(phone.value))).retry_after_s), '验证码已发送')
  }
  /** What was typed, as the server takes it. */
  const proof = () => ({ phone: plainPhone(phone.value), code: plainDigits(code.value) })
  function forget() {
    phone.value = ''
    code.value = ''
    number.forget()
    both.forget()
  }
  return { phone, code, wait, problems, sendCode, check: both.check, proof, forget }
}
