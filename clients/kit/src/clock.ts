/** Clocks that go while they are looked at, and how long something lasts, as people read it. */
import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const SECOND_MS = 1000

/** Milliseconds that no change of the device's clock moves, where the platform has such. */
const elapsed = (): number => globalThis.performance?.now?.() ?? Date.now()

/** Of this device, looked at once a second as long as the component lives. */
export function useNow(): Readonly<Ref<number>> {
  const now = ref(Date.now())
  const looking = setInterval(() => {
    now.value = Date.now()
  }, SECOND_MS)
  onScopeDispose(() => clearInterval(looking))
  return readonly(now)
}

/** Counts down to 0 the seconds that the server said. The device only measures how long ago that was. */
export function useCountdown() {
  const left = ref(0)
  let endsAt = 0
  let looking: ReturnType<typeof setInterval> | undefined
  function look(): void {
    left.value = Math.max(0, Math.ceil((endsAt - elapsed()) / SECOND_MS))
    if (!left.value) clearInterval(looking)
  }
  function restart(seconds: number): void {
    clearInterval(looking)
    endsAt = elapsed() + seconds * SECOND_MS
    looking = setInterval(look, SECOND_MS)
    look()
  }
  onScopeDispose(() => clearInterval(looking))
  return { left: readonly(left), restart }
}

export const twoDigits = (part: number): string => String(part).padStart(2, '0')

/** `12:05`, and `1:02:05` from an hour on. */
export function clockOf(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${hours ? `${hours}:` : ''}${twoDigits(minutes)}:${twoDigits(Math.floor(seconds) % 60)}`
}

/** `8 秒`, `12 分 40 秒`, `1 小时 5 分`; rounded down. */
export function lastingOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  if (hours) return `${hours} 小时 ${minutes} 分`
  return minutes ? `${minutes} 分 ${seconds % 60} 秒` : `${seconds} 秒`
}
