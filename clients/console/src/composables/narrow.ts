/** Whether the window is as narrow as a phone: menus become drawers, tables become cards. */
import { onUnmounted, ref, type Ref } from 'vue'

export function useNarrow(): Ref<boolean> {
  const query = window.matchMedia('(max-width: 760px)')
  const isNarrow = ref(query.matches)
  const follow = () => {
    isNarrow.value = query.matches
  }
  query.addEventListener('change', follow)
  onUnmounted(() => query.removeEventListener('change', follow))
  return isNarrow
}
