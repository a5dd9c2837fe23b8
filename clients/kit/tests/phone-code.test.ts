import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useActing, usePhoneCode } from '../src/index'

const said: string[] = []
const toast = { success: (text: string) => said.push(text), failure: (text: string) => said.push(text) }

function form() {
  const sent: string[] = []
  const { act } = useActing(toast)
  const scope = effectScope()
  const made = scope.run(() =>
    usePhoneCode(act, async (phone) => {
      sent.push(phone)
      return { retry_after_s: 60 }
    }),
  )!
  return { ...made, sent, scope }
}

describe('a phone and its code', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('is sent as digits, however it was typed', async () => {
    const { phone, code, sendCode, check, proof, sent } = form()
    phone.value = '+86 138-0013-8000'
    await sendCode()
    code.value = '１２３ 456'
    expect(sent).toEqual(['13800138000'])
    expect(check()).toBe(true)
    expect(proof()).toEqual({ phone: '13800138000', code: '123456' })
  })

  it('says at the phone what is wrong when a code is asked for, and not yet at the code', async () => {
    const { phone, problems, sendCode, sent, check } = form()
    phone.value = '1380013'
    await sendCode()
    expect(sent).toEqual([])
    expect(problems.value.phone).toBe('请填写 11 位手机号')
    expect(problems.value.code).toBeUndefined()
    phone.value = '13800138000'
    expect(check()).toBe(false)
    expect(problems.value).toEqual({ phone: '', code: '请填写短信里的 6 位验证码' })
  })

  it('waits as long as the server says before another code', async () => {
    const { phone, wait, sendCode, sent } = form()
    phone.value = '13800138000'
    await sendCode()
    await sendCode()
    expect([sent.length, wait.value]).toEqual([1, 60])
    vi.advanceTimersByTime(60_000)
    await sendCode()
    expect(sent.length).toBe(2)
  })

  it('stops counting when nobody looks any more', async () => {
    const { phone, wait, sendCode, scope } = form()
    phone.value = '13800138000'
    await sendCode()
    scope.stop()
    vi.advanceTimersByTime(5_000)
    expect(wait.value).toBe(60)
  })
})
