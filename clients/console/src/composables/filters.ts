/** Filters, tabs and search of a list live in the address: going back, reloading and a bookmark keep them. */
import { reactive, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'

/** `none` names every filter with its value when it is off; what is off is not in the address. */
export function useFilters<F extends Record<string, string>>(none: F): F {
  const [route, router] = [useRoute(), useRouter()]
  const home = route.path
  const names = Object.keys(none)
  const asked = () =>
    Object.fromEntries(names.map((name) => [name, String(route.query[name] ?? none[name])])) as F
  const filters = reactive({ ...asked() }) as F
  watch(filters, (now) => {
    const query = Object.fromEntries(
      Object.entries({ ...route.query, ...now }).filter(([name, value]) => value !== none[name]),
    )
    router.replace({ query })
  })
  watch(
    () => route.query,
    () => {
      if (route.path === home) Object.assign(filters, asked())
    },
  )
  return filters
}
