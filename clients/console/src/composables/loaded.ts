/** One thing or one list from the server, with its states; an older answer never replaces a newer one. */
import { computed, ref, shallowRef } from 'vue'
import { DialogPlugin, MessagePlugin } from 'tdesign-vue-next'
import { sentenceOf } from '@/api'

export function useLoaded<T>(fetch: () => Promise<T>) {
  const data = shallowRef<T | null>(null)
  const error = ref('')
  const isLoading = ref(false)
  let asked = 0
  async function load(): Promise<void> {
    const mine = ++asked
    isLoading.value = true
    try {
      const found = await fetch()
      if (mine === asked) [data.value, error.value] = [found, '']
    } catch (failed) {
      if (mine === asked) error.value = sentenceOf(failed)
    } finally {
      if (mine === asked) isLoading.value = false
    }
  }
  return { data, error, isLoading, load }
}

export function useList<T>(fetch: (cursor?: string) => Promise<{ items: T[]; next?: string | null }>) {
  const items = shallowRef<T[]>([])
  const { data, error, isLoading, load } = useLoaded(async () =>
    fetch().then((page) => ((items.value = page.items), page)),
  )
  const next = computed(() => data.value?.next ?? null)
  async function more(): Promise<void> {
    if (!next.value) return
    const page = await fetch(next.value).catch((failed) => (MessagePlugin.error(sentenceOf(failed)), null))
    if (page) [items.value, data.value] = [[...items.value, ...page.items], page]
  }
  return { items, next, error, isLoading, load, more }
}

/** A button's work: once at a time, its refusal shown, its success said. */
export function useActing() {
  const isBusy = ref(false)
  async function act(work: () => Promise<unknown>, done = ''): Promise<boolean> {
    if (isBusy.value) return false
    isBusy.value = true
    try {
      await work()
      if (done) MessagePlugin.success(done)
      return true
    } catch (failed) {
      MessagePlugin.error({ content: sentenceOf(failed), duration: 5000 })
      return false
    } finally {
      isBusy.value = false
    }
  }
  return { isBusy, act }
}

export function confirmed(
  header: string,
  body: string,
  theme: 'warning' | 'danger' = 'warning',
): Promise<boolean> {
  return new Promise((resolve) => {
    const dialog = DialogPlugin.confirm({
      header,
      body,
      theme,
      onConfirm: () => (dialog.hide(), resolve(true)),
      onClose: () => (dialog.hide(), resolve(false)),
    })
  })
}
