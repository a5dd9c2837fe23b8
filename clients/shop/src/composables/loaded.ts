/** What pages load, and when they load it again. */
import { onHide, onShow, onUnload } from '@dcloudio/uni-app'

export { useList, useLoaded } from '@bofen/kit'

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
