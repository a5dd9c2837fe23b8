/** A room as a viewer holds it, and the viewer's likes. */
import { onUnmounted } from 'vue'
import { useRoomConnection, type OpenSocket } from '@bofen/kit'
import { buyer, type Buyer } from '@/api'
import { token } from '@/stores/session'

const LIKES_A_FRAME = 20

const open: OpenSocket = (url, events) => {
  // With `complete`, uni-app answers the task itself and not a promise.
  const task = uni.connectSocket({ url, complete: () => {} })
  task.onOpen(events.opened)
  task.onMessage((message) => events.received(message.data as string))
  task.onClose(events.lost)
  task.onError(events.lost)
  return {
    send: (data) => task.send({ data, fail: () => {} }),
    close: () => task.close({}),
  }
}

export function useLiveRoom(roomId: () => string) {
  const { view, send, leave, ...room } = useRoomConnection<Buyer['Snapshot']>({
    fetch: () => buyer.get('/rooms/{room_id}', { path: { room_id: roomId() } }),
    open,
    token,
  })
  let likes = 0
  let liking: ReturnType<typeof setTimeout> | undefined

  /** Taps are counted and sent once a second. */
  function like() {
    likes += 1
    if (view.value) view.value = { ...view.value, likes: view.value.likes + 1 }
    liking ??= setTimeout(() => {
      send({ type: 'like', times: Math.min(LIKES_A_FRAME, likes) })
      likes = 0
      liking = undefined
    }, 1000)
  }
  onUnmounted(leave)
  return { view, leave, like, ...room }
}
