/** A button's work: once at a time, with its refusal shown. */
import { ref } from 'vue'
import { sentenceOf } from '@/api'

export function say(title: string): void {
  uni.showToast({ title, icon: 'none', duration: 2500 })
}

export function useActing() {
  const isBusy = ref(false)
  async function act(work: () => Promise<void>): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    try {
      await work()
    } catch (failed) {
      say(sentenceOf(failed))
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, act }
}

export function confirmed(title: string, content: string): Promise<boolean> {
  return new Promise((resolve) =>
    uni.showModal({
      title,
      content,
      success: (answer) => resolve(answer.confirm),
      fail: () => resolve(false),
    }),
  )
}
