/** One thing or one list from the server, with its states; an older answer never replaces a newer one. */
import { computed, ref, shallowRef } from 'vue'
import { sentenceOf } from '@bofen/api'

/** `load` never rejects: what went wrong is the sentence in `error`, and the data of before stays. */
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

export interface PageOf<T> {
  items: T[]
  next?: string | null
}

/**
 * A list that is read page by page. `load` begins anew, for instance after a filter was changed;
 * `more` adds the next page, unless the list was begun anew meanwhile: then its answer is dropped.
 */
export function useList<T>(fetch: (cursor?: string) => Promise<PageOf<T>>) {
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
  const more = async (): Promise<void> => {
    if (next.value && !isLoading.value) await read(next.value)
  }
  const isEmpty = computed(() => isLoaded.value && items.value.length === 0)
  return { items, next, error, isLoading, isEmpty, load: () => read(), more }
}
