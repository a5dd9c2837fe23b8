/** The room as its control desk holds it; what no viewer is told is asked for again every few seconds. */
import { onMounted, onUnmounted } from 'vue'
import { useRoomConnection, type OpenSocket } from '@bofen/kit'
import { host, type Host } from '@/api'

const DESK_MS = 5_000

const open: OpenSocket = (url, events) => {
  const socket = new WebSocket(url)
  socket.onopen = events.opened
  socket.onmessage = (message) => events.received(message.data as string)
  socket.onclose = events.lost
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: () => socket.close(),
  }
}

export function useControlRoom(roomId: string) {
  const fetch = () => host.get('/rooms/{room_id}', { path: { room_id: roomId } })
  const { view, error, isConnected, enter, leave } = useRoomConnection<Host['ControlRoom']>({
    fetch,
    open,
    token: () => null,
    isWatching: false,
  })
  async function load(): Promise<void> {
    const fresh = await fetch().catch(() => null)
    if (!fresh || !view.value) return
    const { orders, sales_fen, held, notices, away } = fresh
    view.value = { ...view.value, orders, sales_fen, held, notices, away }
  }
  let asking: ReturnType<typeof setInterval> | undefined
  onMounted(() => {
    enter()
    asking = setInterval(load, DESK_MS)
  })
  onUnmounted(() => {
    clearInterval(asking)
    leave()
  })
  return { view, error, isConnected, enter, load }
}
