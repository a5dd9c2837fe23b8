/** The newest broadcast of a room that can be watched again; looked for while the room is off the air. */
import { onUnmounted, shallowRef, watch } from 'vue'
import { buyer, type Buyer } from '@/api'

/** The recording is closed a few seconds after the end. */
const LOOK_AGAIN_MS = [4_000, 15_000]

export function useReplays(roomId: () => string) {
  const newest = shallowRef<Buyer['ReplayCard'] | null>(null)
  let looking: ReturnType<typeof setTimeout> | undefined

  async function look(room_id: string, waits: readonly number[]): Promise<void> {
    clearTimeout(looking)
    const found = await buyer.get('/rooms/{room_id}/replays', { path: { room_id } }).catch(() => null)
    if (roomId() !== room_id) return
    newest.value = found?.items[0] ?? null
    const [wait, ...later] = waits
    if (wait !== undefined) looking = setTimeout(() => look(room_id, later), wait)
  }
  watch(
    roomId,
    (room_id) => {
      clearTimeout(looking)
      newest.value = null
      if (room_id) look(room_id, LOOK_AGAIN_MS)
    },
    { immediate: true },
  )
  onUnmounted(() => clearTimeout(looking))
  return newest
}
