/** The page's query. On H5 the address can change under an open page: a second link opened in the same tab. */
import { onHide, onLoad, onShow, onUnload } from '@dcloudio/uni-app'

type Query = Record<string, string | undefined>

/**
 * `follow` is told the query when the page opens, and again (`isAgain`) whenever the address of this page
 * changes.
 */
export function useQuery(follow: (query: Query, isAgain: boolean) => unknown): void {
  let isShown = false
  onLoad((query) => {
    follow(query ?? {}, false)
    // #ifdef H5
    here = window.location.hash
    window.addEventListener('hashchange', changed)
    // #endif
  })
  onShow(() => {
    isShown = true
  })
  onHide(() => {
    isShown = false
  })
  // #ifdef H5
  let here = ''
  const pathOf = (hash: string) => hash.split('?')[0]
  function changed() {
    const hash = window.location.hash
    if (!isShown || hash === here || pathOf(hash) !== pathOf(here)) return
    here = hash
    follow(Object.fromEntries(new URLSearchParams(hash.split('?')[1] ?? '')), true)
  }
  // #endif
  onUnload(() => {
    isShown = false
    // #ifdef H5
    window.removeEventListener('hashchange', changed)
    // #endif
  })
}
