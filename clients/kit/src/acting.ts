/** A button's work: once at a time, its refusal said, its success too when there is something to say. */
import { ref } from 'vue'
import { sentenceOf } from '@bofen/api'

/** How a client says a short sentence that goes away by itself. */
interface Toast {
  success(sentence: string): void
  failure(sentence: string): void
}

/** `act` answers whether the work was done; a second call while it runs does nothing. */
export function useActing(toast: Toast) {
  const isBusy = ref(false)
  async function act(work: () => Promise<unknown>, done = ''): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    try {
      await work()
      if (done) toast.success(done)
      return true
    } catch (failed) {
      toast.failure(sentenceOf(failed))
      return false
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, act }
}
