/** One thing or one list from the server, with its states; an older answer never replaces a newer one. */
import { onHide, onShow, onUnload } from '@dcloudio/uni-app'
import { computed, ref, shallowRef } from 'vue'
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
  const next = ref<string | null>(null)
  const error = ref('')
  const isLoading = ref(false)
  const isLoaded = ref(false)
  let asked = 0
  async function read(cursor?: string): Promise<void> {
    const mine = ++asked
    isLoading.value = true
    try {
      const page = await fetch(cursor)
      if (mine !== asked) return
      items.value = cursor ? [...items.value, ...page.items] : page.items
      next.value = page.next ?? null
      error.value = ''
      isLoaded.value = true
    } catch (failed) {
      if (mine === asked) error.value = sentenceOf(failed)
    } finally {
      if (mine === asked) isLoading.value = false
    }
  }
  const more = async () => {
    if (next.value && !isLoading.value) await read(next.value)
  }
  const isEmpty = computed(() => isLoaded.value && items.value.length === 0)
  return { items, error, isLoading, isEmpty, next, load: () => read(), more }
}

/** Runs `work` when the page is shown and every `ms` while it stays in front. */
export function useEvery(ms: number, work: () => unknown): void {
  let ticking: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(ticking)
  onShow(() => {
    work()
    stop()
    ticking = setInterval(work, ms)
  })
  onHide(stop)
  onUnload(stop)
}
