/** Counts down what the server said is left. The device's clock only measures how long ago that was. */
import { computed, ref } from 'vue'

/** Milliseconds that no change of the device's clock moves, where the platform has such. */
const elapsed = (): number => globalThis.performance?.now?.() ?? Date.now()

/** `12:05` */
export const clockOf = (seconds: number): string =>
  [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':')

/** `told` restarts it with the seconds of an answer; `tick` looks at the clock again. */
export function useCountdown(now: () => number = elapsed) {
  const toldS = ref(0)
  const toldAt = ref(now())
  const present = ref(now())
  const left = computed(() => Math.max(0, Math.ceil(toldS.value - (present.value - toldAt.value) / 1000)))
  function tick(): void {
    present.value = now()
  }
  function told(seconds: number): void {
    ;[toldS.value, toldAt.value] = [seconds, now()]
    tick()
  }
  return { left, told, tick }
}
